import { FRESH_CONNECTION } from './connection.ts';
import { signatureHeaders } from './signing.ts';

export type Failure = 'http_timeout' | 'connection_failed' | 'http_error';

/** What the bot answered to a request of Slack's. */
export interface Delivered {
  /** Absent when there was no answer. */
  status?: number;
  body: string;
  headers: Headers;
  /** Why Slack takes it as failed: no 2xx in time. */
  failure?: Failure;
}

/** Posts signed requests to the bot. */
export interface Delivery {
  /** Where the bot listens; nothing is delivered before this is known. */
  url: string | undefined;
  secret: string;
  post(body: string, contentType: string, headers?: Record<string, string>): Promise<Delivered>;
}

const TICK_MS = 100;

/**
 * `now` in milliseconds is the real time: the bot compares it with its own clock. An answer is waited for `patience`
 * milliseconds; those in which this process did not get to run do not count, as Slack does not share its machine.
 */
export function createDelivery(secret: string, now: () => number, patience: number): Delivery {
  return {
    url: undefined,
    secret,
    async post(body, contentType, headers = {}) {
      const nothing = { body: '', headers: new Headers() };
      if (!this.url) return { ...nothing, failure: 'connection_failed' };
      const over = new AbortController();
      let waited = 0;
      const ticking = setInterval(() => {
        waited += TICK_MS;
        if (waited >= patience) over.abort();
      }, TICK_MS);
      try {
        const response = await fetch(this.url, {
          method: 'POST',
          headers: {
            ...FRESH_CONNECTION,
            'content-type': contentType,
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            ...signatureHeaders(this.secret, body, now()),
            ...headers,
          },
          body,
          signal: over.signal,
        });
        const answer = { status: response.status, body: await response.text(), headers: response.headers };
        return response.ok ? answer : { ...answer, failure: 'http_error' };
      } catch {
        return { ...nothing, failure: over.signal.aborted ? 'http_timeout' : 'connection_failed' };
      } finally {
        clearInterval(ticking);
      }
    },
  };
}

/** Interactions and commands come as forms, with the payload as JSON in one field. */
export function formBody(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

export const FORM = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';
