import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../time/types.ts';

export type DraftForm = 'md' | 'html' | 'json' | 'txt';

/** Who follows a link: anybody who has it, the person it was made for, or somebody whose link's time is over. */
export type Visitor = { kind: 'reader' } | { kind: 'editor'; userId: string } | { kind: 'late' };

/** Addresses of drafts that nobody can guess and that end: id, person and end with an HMAC-SHA256 of them. */
export interface Links {
  /** For reading, by anybody who has it, for `linkDays`. */
  page(postmortemId: string, now: Instant, form?: DraftForm): string;
  /** A person's own link: with it they may edit, for thirty days or `linkDays`, whichever is less. */
  personal(postmortemId: string, userId: string, now: Instant): string;
  /** Null: the signature is wrong. */
  visitor(postmortemId: string, query: URLSearchParams, now: Instant): Visitor | null;
}

/** A person's own link ends after so many days at the latest. */
const LONGEST_OWN_DAYS = 30;
const DAY_S = 24 * 3600;

export const ownLinkDays = (linkDays: number): number => Math.min(LONGEST_OWN_DAYS, linkDays);

export function createLinks(baseUrl: string, secret: string, linkDays: number): Links {
  const sign = (...parts: string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['postmortem', ...parts]))
      .digest('base64url')
      .slice(0, 32);
  // In whole days: what is rendered twice on one day has the same link.
  const ending = (now: Instant, days: number) => String((Math.floor(now / 1000 / DAY_S) + 1 + days) * DAY_S);
  return {
    page(id, now, form) {
      const expires = ending(now, linkDays);
      const path = `${baseUrl}/postmortems/${id}${form ? `.${form}` : ''}`;
      return `${path}?e=${expires}&s=${sign(id, expires)}`;
    },
    personal(id, userId, now) {
      const expires = ending(now, ownLinkDays(linkDays));
      return `${baseUrl}/postmortems/${id}?u=${userId}&e=${expires}&s=${sign(id, userId, expires)}`;
    },
    visitor(id, query, now) {
      const [userId, expires] = [query.get('u'), query.get('e') ?? ''];
      const expected = userId === null ? sign(id, expires) : sign(id, userId, expires);
      if (!same(query.get('s') ?? '', expected)) return null;
      if (!(Number(expires) * 1000 > now)) return { kind: 'late' };
      return userId === null ? { kind: 'reader' } : { kind: 'editor', userId };
    },
  };
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
