import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../src/slack/bolt.ts';
import { allowing, hadNoEffect, refusedWith, unlessRefused, verdictOn } from '../../src/slack/slackErrors.ts';
import { keptLog } from './fakes.ts';

const platform = (error: string) => new WebAPIPlatformError({ ok: false, error });

describe('verdictOn', () => {
  it('waits as long as Slack says', () => {
    expect(verdictOn(new WebAPIRateLimitedError(30))).toEqual({
      kind: 'retry',
      afterMs: 30_000,
      code: 'ratelimited',
    });
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'])(
    'tries again after %s',
    (code) => {
      expect(verdictOn(platform(code))).toEqual({ kind: 'retry', afterMs: null, code });
    },
  );

  it('a page of HTML, which the SDK gives as a code: later', () => {
    const page = platform('<html><body>502 Bad Gateway</body></html>');
    expect(verdictOn(page)).toEqual({ kind: 'retry', afterMs: null, code: 'not_slack' });
  });

  it.each(['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'])(
    'stops at %s',
    (code) => {
      expect(verdictOn(platform(code))).toEqual({ kind: 'stop', code });
    },
  );

  it.each([
    'channel_not_found',
    'is_archived',
    'name_taken',
    'missing_scope',
    'msg_too_long',
    'invalid_blocks',
    'never_heard_of',
  ])('takes %s for an answer', (code) => {
    expect(verdictOn(platform(code))).toEqual({ kind: 'refused', code });
    expect(refusedWith(platform(code))).toBe(code);
  });

  it.each([
    [500, 'retry'],
    [503, 'retry'],
    [429, 'retry'],
    [408, 'retry'],
    [400, 'refused'],
    [404, 'refused'],
    [413, 'refused'],
  ])('on HTTP %i is %s', (status, kind) => {
    expect(verdictOn(new WebAPIHTTPError(status, '', {}))).toMatchObject({ kind, code: `http_${status}` });
  });

  it('tries again where no answer came', () => {
    const verdict = verdictOn(new WebAPIRequestError(new Error('socket hang up')));
    expect(verdict).toEqual({ kind: 'retry', afterMs: null, code: 'slack_webapi_request_error' });
  });

  it.each([
    new Error('x'),
    { code: 'slack_webapi_platform_error', data: { error: 'is_archived' } },
    'is_archived',
    null,
    undefined,
  ])('knows nothing of %s', (error) => {
    expect(verdictOn(error)).toEqual({ kind: 'unknown' });
    expect(refusedWith(error)).toBeNull();
  });
});

// As the SDK reports them: it says some in plain words only.
describe('too many requests', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void = () => {};
  beforeAll(async () => {
    server = createServer((_, response) => answer(response));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  const limited = { ok: false, error: 'ratelimited' };
  it.each<[string, number, Record<string, string>, object, number]>([
    ['429 with seconds', 429, { 'retry-after': '30' }, {}, 30_000],
    ['429 with no second left', 429, { 'retry-after': '0' }, {}, 1000],
    ['429 without a header', 429, {}, {}, 10_000],
    ['429 with a date', 429, { 'retry-after': 'Wed, 25 Nov 2026 12:00:00 GMT' }, {}, 10_000],
    ['429 with the code in its body only', 429, {}, limited, 10_000],
    ['200 with the code and seconds', 200, { 'retry-after': '20' }, limited, 20_000],
    ['200 with the code', 200, {}, limited, 10_000],
  ])('%s: waits, and nothing was done', async (_, status, headers, body, afterMs) => {
    answer = (response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    const { port } = server.address() as AddressInfo;
    const client = createClient('xoxb-1', `http://127.0.0.1:${port}/api/`, keptLog().logger);
    const error = await client.chat.postMessage({ channel: 'C1', text: 'x' }).catch((one) => one);
    expect(verdictOn(error)).toEqual({ kind: 'retry', afterMs, code: 'ratelimited' });
    expect(hadNoEffect(error)).toBe(true);
  });
});

describe('allowing and unlessRefused', () => {
  it('let a refusal that is as good as success pass, by its name', async () => {
    expect(await allowing(['already_pinned'], Promise.reject(platform('already_pinned')))).toBe(
      'already_pinned',
    );
    expect(await allowing(['already_pinned'], Promise.resolve({ ok: true }))).toBeNull();
    expect(await unlessRefused(Promise.reject(platform('missing_scope')), null)).toBeNull();
    expect(await unlessRefused(Promise.resolve(1), null)).toBe(1);
  });

  it.each([
    platform('not_pinnable'),
    platform('internal_error'),
    new WebAPIRateLimitedError(1),
    new Error('x'),
  ])('let nothing else pass: %s', async (error) => {
    await expect(allowing(['already_pinned'], Promise.reject(error))).rejects.toBe(error);
  });

  it.each([
    platform('internal_error'),
    platform('invalid_auth'),
    new WebAPIRateLimitedError(1),
    new Error('x'),
  ])('do not take for a refusal what is none: %s', async (error) => {
    await expect(unlessRefused(Promise.reject(error), null)).rejects.toBe(error);
  });
});
