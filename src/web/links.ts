import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../time/types.ts';

export const DRAFT_FORMS = ['md', 'html', 'json', 'txt'] as const;
export type DraftForm = (typeof DRAFT_FORMS)[number];

/**
 * Who follows a link: anybody who has it, anybody while the postmortem is published, the person it was made for,
 * anybody who has one to the public form, or somebody whose link's time is over.
 */
export type Visitor =
  | { kind: 'reader' }
  | { kind: 'workspace' }
  | { kind: 'editor'; userId: string }
  | { kind: 'outsider' }
  | { kind: 'late' };

/** Addresses of drafts that nobody can guess and that end: id, person and end with an HMAC-SHA256 of them. */
export interface Links {
  /** For reading, by anybody who has it, for `linkDays`. */
  page(postmortemId: string, now: Instant, form?: DraftForm): string;
  /** For reading, by anybody who has it, as long as the postmortem is published: it has no end of its own. */
  published(postmortemId: string, form?: DraftForm): string;
  /** The same of the draft without names and internal links: it opens nothing else. */
  publicPage(postmortemId: string, now: Instant, form?: DraftForm): string;
  /** A person's own link: with it they may edit, for thirty days or `linkDays`, whichever is less. `rest`: a page of it. */
  personal(postmortemId: string, userId: string, now: Instant, rest?: string): string;
  /** Null: the signature is wrong. */
  visitor(postmortemId: string, query: URLSearchParams, now: Instant): Visitor | null;
  /** Where our pages are: host, with the port where it is none of the usual. */
  host: string;
}

/** A person's own link ends after so many days at the latest. */
const LONGEST_OWN_DAYS = 30;
const DAY_S = 24 * 3600;

export const ownLinkDays = (linkDays: number): number => Math.min(LONGEST_OWN_DAYS, linkDays);

export function createLinks(baseUrl: string, secret: string, linkDays: number): Links {
  const signed = (what: string, ...parts: string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([what, ...parts]))
      .digest('base64url')
      .slice(0, 32);
  const sign = (...parts: string[]) => signed('postmortem', ...parts);
  // In whole days: what is rendered twice on one day has the same link.
  const ending = (now: Instant, days: number) => String((Math.floor(now / 1000 / DAY_S) + 1 + days) * DAY_S);
  const address = (id: string, rest: string) => `${baseUrl}/postmortems/${id}${rest}`;
  const dot = (form?: DraftForm) => (form ? `.${form}` : '');
  return {
    host: new URL(baseUrl).host,
    publicPage(id, now, form) {
      const expires = ending(now, linkDays);
      return `${address(id, `/public${dot(form)}`)}?e=${expires}&s=${signed('public form', id, expires)}`;
    },
    page(id, now, form) {
      const expires = ending(now, linkDays);
      return `${address(id, dot(form))}?e=${expires}&s=${sign(id, expires)}`;
    },
    published: (id, form) => `${address(id, dot(form))}?p=1&s=${signed('published', id)}`,
    personal(id, userId, now, rest = '') {
      const expires = ending(now, ownLinkDays(linkDays));
      return `${address(id, rest)}?u=${userId}&e=${expires}&s=${sign(id, userId, expires)}`;
    },
    visitor(id, query, now) {
      if (query.has('p'))
        return same(query.get('s') ?? '', signed('published', id)) ? { kind: 'workspace' } : null;
      const [userId, expires] = [query.get('u'), query.get('e') ?? ''];
      const signature = query.get('s') ?? '';
      const outsider = userId === null && same(signature, signed('public form', id, expires));
      const expected = userId === null ? sign(id, expires) : sign(id, userId, expires);
      if (!outsider && !same(signature, expected)) return null;
      if (!(Number(expires) * 1000 > now)) return { kind: 'late' };
      if (outsider) return { kind: 'outsider' };
      return userId === null ? { kind: 'reader' } : { kind: 'editor', userId };
    },
  };
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Where the public form is: for the person to read over, and for others; a private incident's for that person only. */
export function publicLinks(
  links: Links,
  id: string,
  userId: string,
  of: { private: boolean },
  now: Instant,
) {
  return {
    readOver: links.personal(id, userId, now, '/public'),
    page: of.private ? null : links.publicPage(id, now),
    downloads: DRAFT_FORMS.map((form) => ({
      form,
      url: of.private ? links.personal(id, userId, now, `/public.${form}`) : links.publicPage(id, now, form),
    })),
  };
}
