import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../time/types.ts';

const TEN_MINUTES_MS = 10 * 60_000;

export type StateFault = 'forged, or of another browser' | 'expired';

/** The state that goes to Slack and back: signed, for ten minutes, for the one browser that has the cookie. */
export interface InstallStates {
  /** `id` and `browser` are random. */
  make(id: string, browser: string, now: Instant): string;
  read(
    state: string,
    browser: string,
    now: Instant,
  ): { id: string; expiresAt: Instant } | { fault: StateFault };
}

export function createInstallStates(secret: string): InstallStates {
  const sign = (...parts: string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['install', ...parts]))
      .digest();
  return {
    make(id, browser, now) {
      const expires = String(now + TEN_MINUTES_MS);
      return `${id}.${expires}.${sign(id, expires, browser).toString('base64url')}`;
    },
    read(state, browser, now) {
      const [id = '', expires = '', signature = ''] = state.split('.');
      const [given, expected] = [Buffer.from(signature, 'base64url'), sign(id, expires, browser)];
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return { fault: 'forged, or of another browser' };
      return Number(expires) > now ? { id, expiresAt: Number(expires) } : { fault: 'expired' };
    },
  };
}
