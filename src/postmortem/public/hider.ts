import type { PostmortemSource } from '../postmortem.ts';
import { cleanText } from '../text/clean.ts';
import { decode } from '../text/references.ts';
import { ADDRESS, isInternalHost, isInternalUrl } from './addresses.ts';
import { createRoles, namesWithin, type Roles } from './names.ts';

/** Leaves out of texts what outsiders must not read. */
export interface Hider extends Roles {
  /** Plain text without names, ids, channels, internal addresses, e-mail addresses and telephone numbers. */
  text(plain: string): string;
  /** The same of text as Slack sends it. */
  slack(mrkdwn: string): string;
  /** Whether a link must go; its text may stay. */
  hidesLink(url: string): boolean;
}

const WORD = /[\p{L}\p{N}]+/gu;
const REFERENCE = /<([^<>\n]{1,3000})>/;
const SLACK_ID = '[ABCDEFGTUW](?=[A-Z]*\\d)[A-Z0-9]{8,11}';
const CHANNEL = '#(?!entry-\\d)(?=[\\p{L}\\p{N}_-]*\\p{L})[\\p{L}\\p{N}_-]+';
const PHONE = '\\+\\d[\\d ().-]{6,18}\\d|\\(?\\d{3}\\)?[-. ]\\d{3}[-. ]\\d{4}|0\\d{2,4}[ /-]\\d{5,9}';
const TRAILING = /[.,;:!?'*_~)\]}]{1,20}$/;

/** So many letters tell whether a sentence begins behind them, or the text does. */
const NEAR = 9;

/** `ownHost`: the host of our pages, port included; null: they have none. */
export function createHider(source: PostmortemSource, ownHost: string | null): Hider {
  const { people, channels, incident } = source.record;
  const { role, roles } = createRoles(source.record);
  const said = textsIn([{ ...source.record, people: {}, channels: {} }, source.edits, source.publication]);
  const words = new Set(clean(said.join('\n')).match(WORD) ?? []);
  const names = namesWithin(people, words);
  const ids = [...Object.keys(people), ...Object.keys(channels), incident.teamId].filter((id) =>
    words.has(id),
  );
  const channelNames = Object.values(channels).filter((name) => name !== '');
  const known = [...names.keys(), ...ids, ...channelNames].sort((a, b) => b.length - a.length).map(escaped);
  const alone = (pattern: string) => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`;
  const knownWords = known.length > 0 ? new RegExp(alone(known.join('|')), 'u') : null;
  const secret = new RegExp([CHANNEL, ...known, SLACK_ID, PHONE].map(alone).join('|'), 'gu');

  const called = (found: string): string => {
    const id = names.get(found.replace(/\s+/g, ' '));
    if (id) return role(id);
    if (id === null) return 'a responder';
    if (found.startsWith('#') || channelNames.includes(found)) return 'a channel';
    return /^[+(\d]/.test(found) ? '(phone)' : '(id)';
  };
  const plainWords = (part: string, before: string): string =>
    part.replace(secret, (found, at: number) =>
      begun(called(found), at >= NEAR ? part.slice(at - NEAR, at) : before + part.slice(0, at)),
    );
  const hidesLink = (url: string): boolean =>
    isInternalUrl(url, ownHost) || knownWords?.test(decoded(url).replaceAll('_', ' ')) === true;

  const address = (part: string, before: string): string => {
    const end = TRAILING.exec(part)?.[0] ?? '';
    const bare = part.slice(0, part.length - end.length);
    if (/^mailto:|^[^/]+@/.test(bare)) return `(email)${end}`;
    if (bare.includes('://')) return hidesLink(bare) ? `(internal link)${end}` : part;
    // A host without a scheme; or a figure, a file, a full stop with no space after it.
    const [host = ''] = bare.split(/[:/]/);
    const inside = isInternalHost(host) || bare === ownHost || bare.startsWith(`${ownHost}/`);
    return inside ? `(internal address)${end}` : plainWords(part, before);
  };
  const text = (plain: string, before = ''): string =>
    joined(clean(plain).split(ADDRESS), before, (part, at, near) =>
      (at % 2 === 0 ? plainWords : address)(part, near),
    );

  const reference = (inside: string, before: string): string => {
    const bar = inside.indexOf('|');
    const target = bar < 0 ? inside : inside.slice(0, bar);
    const label = bar < 0 ? '' : inside.slice(bar + 1);
    const user = /^@([UW][A-Z0-9]+)$/.exec(target)?.[1];
    if (user) return begun(role(user), before);
    if (/^#[CGD][A-Z0-9]+$/.test(target)) return 'a channel';
    if (target.startsWith('!subteam^')) return 'a group';
    if (/^!(?:date\^|here$|channel$|everyone$)/.test(target)) return `<${target}|>`;
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return encode(text(decode(`<${inside}>`), before));
    const shown = encode(text(decode(label), before));
    if (!hidesLink(decode(target))) return shown === '' ? `<${target}>` : `<${target}|${shown}>`;
    return shown === '' ? encode(text(decode(target), before)) : shown;
  };

  return {
    role,
    roles,
    text: (plain) => text(plain),
    hidesLink,
    slack: (mrkdwn) =>
      joined(clean(mrkdwn).split(REFERENCE), '', (part, at, near) =>
        at % 2 === 0 ? encode(text(decode(part), near)) : reference(part, near),
      ),
  };
}

const clean = (text: string): string => cleanText(text).normalize('NFC');

const encode = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const escaped = (literal: string): string =>
  literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s+');

/** Puts pieces together, each made from a part and what stands just before it: enough to see a sentence's beginning. */
function joined(
  parts: readonly string[],
  before: string,
  make: (part: string, at: number, near: string) => string,
): string {
  let near = before.slice(-NEAR);
  return parts
    .map((part, at) => {
      const piece = make(part, at, near);
      near = (near + piece).slice(-NEAR);
      return piece;
    })
    .join('');
}

/** Every text within, whatever field it stands in. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A role's words with a capital where a sentence begins. */
function begun(words: string, before: string): string {
  const near = before.slice(1 - NEAR);
  const first = near === before ? /^[\s*_~>]*$/.test(near) : false;
  return first || /[.!?]\s+$|\n[\s*_~•>-]*$/.test(near)
    ? words.charAt(0).toUpperCase() + words.slice(1)
    : words;
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url).normalize('NFC');
  } catch (error) {
    if (error instanceof URIError) return url;
    throw error;
  }
}
