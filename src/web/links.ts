import { createHmac, timingSafeEqual } from 'node:crypto';

export type DraftForm = 'md' | 'html' | 'json';

/** Addresses of drafts that nobody can guess: the id with an HMAC-SHA256 of it. */
export interface Links {
  page(postmortemId: string, form?: DraftForm): string;
  /** Whether `signature` belongs to `postmortemId`. */
  holds(postmortemId: string, signature: string): boolean;
}

export function createLinks(baseUrl: string, secret: string): Links {
  const sign = (id: string) =>
    createHmac('sha256', secret).update(`postmortem:${id}`).digest('base64url').slice(0, 32);
  return {
    page: (id, form) => `${baseUrl}/postmortems/${id}${form ? `.${form}` : ''}?s=${sign(id)}`,
    holds(id, signature) {
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(id))];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
