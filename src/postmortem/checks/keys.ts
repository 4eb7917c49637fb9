/** Keys for words of a text: the first `43 hrs` is `prefix:43 hrs`, the next `prefix:43 hrs:2`. */
export function occurrenceKeys(prefix: string): (words: string) => string {
  const seen = new Map<string, number>();
  return (words) => {
    const count = (seen.get(words) ?? 0) + 1;
    seen.set(words, count);
    return count === 1 ? `${prefix}:${words}` : `${prefix}:${words}:${count}`;
  };
}
