import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { TokenKeyError } from '../usecases/edges.ts';
import { NotInstalled } from './connections.ts';

/** What to do about an error of Slack's, decided in one place. */
export type Verdict =
  /** Try again, after `afterMs` when Slack says so. The call may have had its effect all the same. */
  | { kind: 'retry'; afterMs: number | null; code: string }
  /** The token is no good any more: nothing can be done until somebody installs the app again. */
  | { kind: 'stop'; code: string }
  /** Slack says no and will say no again. */
  | { kind: 'refused'; code: string }
  /** Not Slack's: our own fault or the database's. */
  | { kind: 'unknown' };

const TRANSIENT = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
]);
// The code in the body of an answer of 200 or of 429.
const LIMITED = new Set(['ratelimited', 'rate_limited']);
// How the SDK, in plain words only, says 429 without a number of seconds.
const NO_RETRY_AFTER = /^Retry header did not contain a valid timeout/;
const WAIT_UNSAID_S = 10;
const TOKEN = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'org_login_required',
  'invalid_refresh_token',
]);

export function verdictOn(error: unknown): Verdict {
  if (error instanceof NotInstalled) return { kind: 'stop', code: 'not_installed' };
  // This process has an old TOKEN_KEY: another one, or its next start, has the right one.
  if (error instanceof TokenKeyError) return { kind: 'retry', afterMs: null, code: 'token_key' };
  if (error instanceof WebAPIRateLimitedError) return limited(error.retryAfter);
  if (error instanceof Error && NO_RETRY_AFTER.test(error.message)) return limited(undefined);
  if (error instanceof WebAPIHTTPError) {
    // Too many, too slow or their fault: later. Any other 4xx (an unknown method is 404) stays as it is.
    const later = error.statusCode >= 500 || error.statusCode === 429 || error.statusCode === 408;
    const code = `http_${error.statusCode}`;
    return later ? { kind: 'retry', afterMs: null, code } : { kind: 'refused', code };
  }
  if (error instanceof WebAPIRequestError) return { kind: 'retry', afterMs: null, code: error.code };
  if (error instanceof WebAPIPlatformError) {
    const code = String(error.data.error);
    // A page of HTML from something in between: the SDK hands its text over as if it were Slack's code.
    if (!/^[a-z0-9_.-]{1,100}$/i.test(code)) return { kind: 'retry', afterMs: null, code: 'not_slack' };
    if (LIMITED.has(code)) return limited(error.data.response_metadata?.retryAfter);
    if (TRANSIENT.has(code)) return { kind: 'retry', afterMs: null, code };
    return { kind: TOKEN.has(code) ? 'stop' : 'refused', code };
  }
  return { kind: 'unknown' };
}

const limited = (seconds: number | undefined): Verdict => ({
  kind: 'retry',
  afterMs: Math.max(1, seconds ?? WAIT_UNSAID_S) * 1000,
  code: 'ratelimited',
});

/** Whether Slack certainly did nothing of what the call asked for. */
export function hadNoEffect(error: unknown): boolean {
  const verdict = verdictOn(error);
  if (verdict.kind === 'retry') return verdict.code === 'ratelimited';
  return verdict.kind !== 'unknown';
}

/** Slack's error code when it refused; null for every other error. */
export function refusedWith(error: unknown): string | null {
  const verdict = verdictOn(error);
  return verdict.kind === 'refused' ? verdict.code : null;
}

/** Resolves to Slack's code where that refusal is as good as success, or means that there is nothing to do. */
export async function allowing(codes: readonly string[], call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const code = refusedWith(error);
    if (code !== null && codes.includes(code)) return code;
    throw error;
  }
}

/** What a call gives, or `instead` where Slack refuses it (so): for what is good to have and may be missing. */
export async function unlessRefused<T, Instead>(
  call: Promise<T>,
  instead: Instead,
  so: (code: string) => boolean = () => true,
): Promise<T | Instead> {
  try {
    return await call;
  } catch (error) {
    const code = refusedWith(error);
    if (code === null || !so(code)) throw error;
    return instead;
  }
}
