import { describe, expect, it } from 'vitest';
import { createInstallRoutes } from '../../src/web/install/routes.ts';
import { createInstallStates } from '../../src/web/install/state.ts';
import { createWebServer } from '../../src/web/server.ts';
import { keptLog } from '../slack/fakes.ts';
import { fixedClock } from '../support/clock.ts';

type Outcome = Awaited<ReturnType<Parameters<typeof createInstallRoutes>[0]['install']>>;

/** The two addresses on a server of their own. `installed` gets every code that is exchanged. */
async function setUp(
  baseUrl = 'http://localhost:3000',
  outcome: Outcome | Error = { kind: 'installed', teamName: 'A & <b>' },
) {
  const clock = fixedClock('2026-03-10T14:00:00Z');
  const log = keptLog();
  const installed: string[] = [];
  const used = new Set<string>();
  const routes = createInstallRoutes({
    baseUrl,
    secret: 'a-secret-of-more-than-32-characters',
    clock,
    logger: log.logger,
    authorizeUrl: (state) => `https://slack.example.com/authorize?state=${state}`,
    async install(code) {
      installed.push(code);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    useState: async (id) => !used.has(id) && used.add(id) !== undefined,
  });
  const web = createWebServer({ port: 0, host: '127.0.0.1', logger: log.logger, routes });
  const port = await web.start();
  const get = (path: string, cookie?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', headers: cookie ? { cookie } : {} });
  return {
    clock,
    log,
    installed,
    get,
    async begin() {
      const answer = await get('/slack/install');
      const setCookie = answer.headers.get('set-cookie') ?? '';
      const state = new URL(answer.headers.get('location') ?? '').searchParams.get('state') ?? '';
      return { answer, setCookie, cookie: setCookie.split(';')[0] ?? '', state };
    },
    back: (state: string, cookie?: string, more = '&code=c1') =>
      get(`/slack/oauth_redirect?state=${encodeURIComponent(state)}${more}`, cookie),
    stop: () => web.stop(),
  };
}

describe('installing', () => {
  it('goes to Slack with a state, and back with the same browser: the code is exchanged', async () => {
    const { begin, back, installed, stop, log } = await setUp();
    const { answer, setCookie, cookie, state } = await begin();
    expect(answer.status).toBe(302);
    expect(setCookie).toMatch(/^debrief-install=[\w-]{32}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    const done = await back(state, cookie);
    expect(done.status).toBe(200);
    expect(installed).toEqual(['c1']);
    const page = await done.text();
    expect(page).toContain('Debrief is installed in A &amp; &lt;b&gt;');
    expect(done.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-/);
    expect(done.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(log.text()).not.toContain(state);
    await stop();
  });

  it.each([
    ['https://debrief.example.com', true],
    ['http://debrief.example.com', true],
    ['http://localhost:3000', false],
    ['http://127.0.0.1:3000', false],
    ['http://[::1]:3000', false],
    ['https://localhost:3000', true],
  ])('of %s: the cookie is for secure connections only: %s', async (baseUrl, secure) => {
    const { begin, stop } = await setUp(baseUrl);
    const { setCookie } = await begin();
    expect(/; Secure$/.test(setCookie)).toBe(secure);
    expect(setCookie.startsWith('__Host-')).toBe(secure);
    await stop();
  });

  const wrong: [
    string,
    (one: { state: string; cookie: string; other: { state: string; cookie: string } }) => [string, string?],
    string,
  ][] = [
    ['without its cookie', ({ state }) => [state], 'no cookie'],
    ['with another browser’s cookie', ({ state, other }) => [state, other.cookie], 'another browser'],
    ['with another browser’s state', ({ cookie, other }) => [other.state, cookie], 'another browser'],
    ['with a state of one’s own making', ({ cookie }) => ['x.9999999999999.c2ln', cookie], 'forged'],
    [
      'with a later end',
      ({ state, cookie }) => [state.replace(/\.\d+\./, '.9999999999999.'), cookie],
      'forged',
    ],
    ['with another id', ({ state, cookie }) => [`x${state}`, cookie], 'forged'],
    ['without a signature', ({ state, cookie }) => [state.replace(/[^.]+$/, ''), cookie], 'forged'],
    ['without a state', ({ cookie }) => ['', cookie], 'forged'],
    [
      'with a state signed with another secret',
      ({ cookie }) => [
        createInstallStates('another-secret-of-32-characters!!').make(
          'x',
          cookie.split('=')[1] ?? '',
          Date.parse('2026-03-10T14:00:00Z'),
        ),
        cookie,
      ],
      'forged',
    ],
  ];
  it.each(wrong)('%s is refused, logged, and nothing is exchanged', async (_, tamper, fault) => {
    const { begin, back, installed, stop, log } = await setUp();
    const { state, cookie } = await begin();
    const other = await begin();
    const done = await back(...tamper({ state, cookie, other }));
    expect(done.status).toBe(403);
    expect(await done.text()).toContain('Nothing was installed');
    expect(installed).toEqual([]);
    expect(log.text()).toContain(fault);
    await stop();
  });

  it('with a state that came back before is refused', async () => {
    const { begin, back, installed, stop, log } = await setUp();
    const { state, cookie } = await begin();
    expect((await back(state, cookie)).status).toBe(200);
    expect((await back(state, cookie, '&code=c2')).status).toBe(403);
    expect(installed).toEqual(['c1']);
    expect(log.text()).toContain('"fault":"used"');
    await stop();
  });

  it('after ten minutes is refused', async () => {
    const { begin, back, installed, clock, stop } = await setUp();
    const { state, cookie } = await begin();
    clock.forward(10);
    expect((await back(state, cookie)).status).toBe(403);
    expect(installed).toEqual([]);
    await stop();
  });

  it('just before that is not', async () => {
    const { begin, back, clock, stop } = await setUp();
    const { state, cookie } = await begin();
    clock.forward(9.99);
    expect((await back(state, cookie)).status).toBe(200);
    await stop();
  });

  it('that was called off says so', async () => {
    const { begin, back, installed, stop } = await setUp();
    const { state, cookie } = await begin();
    const done = await back(state, cookie, '&error=access_denied');
    expect([done.status, installed]).toEqual([403, []]);
    expect(await done.text()).toContain('called off');
    await stop();
  });

  it('that breaks says so, without what was sent', async () => {
    const { begin, back, stop, log } = await setUp(undefined, new Error('secret-of-the-error'));
    const { state, cookie } = await begin();
    const done = await back(state, cookie);
    expect(done.status).toBe(502);
    expect(await done.text()).toContain('Nothing was installed');
    expect(log.text()).not.toMatch(/secret-of|"c1"/);
    await stop();
  });
});
