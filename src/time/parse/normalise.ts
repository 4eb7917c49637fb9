/**
 * One word as we read it: NFKC, digits of any script as 0–9, any dash or minus as `-`, invisible characters (direction
 * marks, zero width) gone. The text itself is never changed by this; only its reading is.
 */
export function normalise(word: string): string {
  return word
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\p{Nd}/gu, digit);
}

/** Unicode keeps decimal digits in runs of ten that start at the zero. NFKC has dealt with the runs that touch. */
function digit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1)) && before < 9) before++;
  return String(before);
}
