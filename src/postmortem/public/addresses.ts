const INNER_NAME =
  /(?:^|\.)(?:internal|local|localhost|corp|lan|intranet|home\.arpa|slack\.com|slack-[a-z-]+\.com)$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const PRIVATE_IPV4 =
  /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/**
 * Whether what is at that host is not for outsiders: Slack, private and local addresses, IPv6 literals, names of a
 * single label or of an inner domain.
 */
export function isInternalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[') || !name.includes('.')) return true;
  return IPV4.test(name) ? PRIVATE_IPV4.test(name) : INNER_NAME.test(name);
}

/** The same of a whole address. One that is not http or https, or that holds a password, is internal too. */
export function isInternalUrl(raw: string, ownHost: string | null): boolean {
  if (!URL.canParse(raw)) return true;
  const { protocol, hostname, host, username, password } = new URL(raw);
  if (protocol !== 'http:' && protocol !== 'https:') return true;
  return username + password !== '' || host === ownHost || isInternalHost(hostname);
}

const URL_OR_MAIL = '(?:[A-Za-z][A-Za-z0-9+.-]{0,19}:\\/\\/|mailto:)[^\\s<>"`|]+';
const MAIL = "[\\p{L}\\p{N}._%+'-]{1,64}@(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,}";
const HOST =
  '(?<![\\p{L}\\p{N}.-])(?:localhost(?=:\\d)|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)(?::\\d+)?(?:\\/[^\\s<>"`|]*)?';

/** Splits text at what may be an address, with or without a scheme: every second part is one. */
export const ADDRESS = new RegExp(`(${URL_OR_MAIL}|${MAIL}|${HOST})`, 'u');
