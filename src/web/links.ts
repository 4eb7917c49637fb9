import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../time/types.ts';

export type DraftForm = 'md' | 'html' | 'json' | 'txt';

/** Who follows a link: anybody who has it, or the person it was made for. */
export type Visitor = { kind: 'reader' } | { kind: 'editor'; userId: string };

/** Addresses of drafts that nobody can guess: the id with an HMAC-SHA256 of it. */
export interface Links {
  page(postmortemId: string, form?: DraftForm): string;
  /** A person's own link: with it they may edit, for thirty days. */
  personal(postmortemId: string, userId: string, now: Instant): string;
  /** Null: the signature is wrong. An own link whose time is over is for reading. */
  visitor(postmortemId: string, query: URLSearchParams, now: Instant): Visitor | null;
}

const THIRTY_DAYS_S = 30 * 24 * 3600;

export function createLinks(baseUrl: string, secret: string): Links {
  const sign = (...parts: string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['postmortem', ...parts]))
      .digest('base64url')
      .slice(0, 32);
  return {
    page: (id, form) => `${baseUrl}/postmortems/${id}${form ? `.${form}` : ''}?s=${sign(id)}`,
    personal(id, userId, now) {
      const expires = String(Math.floor(now / 1000) + THIRTY_DAYS_S);
      return `${baseUrl}/postmortems/${id}?u=${userId}&e=${expires}&s=${sign(id, userId, expires)}`;
    },
    visitor(id, query, now) {
      const [userId, expires] = [query.get('u'), query.get('e')];
      const own = userId !== null && expires !== null;
      const expected = own ? sign(id, userId, expires) : sign(id);
      if (!same(query.get('s') ?? '', expected)) return null;
      return own && Number(expires) * 1000 > now ? { kind: 'editor', userId } : { kind: 'reader' };
    },
  };
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
