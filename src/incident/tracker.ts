/** Longest address of a ticket, as Slack counts it: with `&` as `&amp;`. */
export const LONGEST_TRACKER = 2000;

/** What was typed after `tracker`. */
export type TrackerTyped =
  | { kind: 'asked' }
  | { kind: 'none' }
  | { kind: 'address'; url: string }
  | { kind: 'too-long'; length: number }
  /** No web address (http or https), or one with a user name or password in it. */
  | { kind: 'refused'; why: 'no-address' | 'password' };

/**
 * Reads `URL`, `none` or nothing. Slack sends an address as `<https://…>` or `<https://…|…>`, with `&` as `&amp;`; what
 * stands behind the bar is only how it was typed. The address comes back in its normal form.
 */
export function parseTracker(text: string): TrackerTyped {
  const typed = text.trim();
  if (typed === '') return { kind: 'asked' };
  if (/^none$/i.test(typed)) return { kind: 'none' };
  const address = (/^<([^<>|]+)(?:\|[^<>]*)?>$/.exec(typed)?.[1] ?? typed).replaceAll('&amp;', '&');
  if (!/^https?:\/\/[^\s<>]+$/i.test(address) || !URL.canParse(address))
    return { kind: 'refused', why: 'no-address' };
  const { href, username, password } = new URL(address);
  if (username + password !== '') return { kind: 'refused', why: 'password' };
  // In Slack's links a bar would end the address.
  const url = href.replaceAll('|', '%7C');
  const { length } = url.replaceAll('&', '&amp;');
  return length > LONGEST_TRACKER ? { kind: 'too-long', length } : { kind: 'address', url };
}
