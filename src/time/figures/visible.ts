// Zero-width characters, and Markdown's escapes of signs that mean nothing more once they are plain.
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]|\\(?=[:.,\-+~*_#&'"!?>%;()=])/gu;

/** Text as it is seen, without zero-width characters and escapes, and the way back to the original. */
export interface Visible {
  text: string;
  /** The piece of the original from and to these indices of `text`, and where it begins. */
  original: (start: number, end: number) => { text: string; index: number };
}

export function visibleText(original: string): Visible {
  const text = original.replace(INVISIBLE, '');
  if (text.length === original.length) {
    return { text, original: (start, end) => ({ text: original.slice(start, end), index: start }) };
  }
  const places = placesOf(original);
  return {
    text,
    original: (start, end) => {
      const index = places[start] ?? original.length;
      return { index, text: original.slice(index, (places[end - 1] ?? original.length - 1) + 1) };
    },
  };
}

/** For each visible unit its index in the original. */
function placesOf(original: string): number[] {
  const places: number[] = [];
  let next = 0;
  const take = (until: number) => {
    for (; next < until; next += 1) places.push(next);
  };
  for (const match of original.matchAll(INVISIBLE)) {
    take(match.index);
    next = match.index + match[0].length;
  }
  take(original.length);
  return places;
}
