import { randomUUID } from 'node:crypto';
import { request as send } from 'node:http';
import { pino } from 'pino';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createCounter } from '../../src/jobs/rateLimit.ts';
import { createDraftRoutes } from '../../src/web/drafts/routes.ts';
import { clientOf, createPageLimits, limitedRoute } from '../../src/web/limited.ts';
import { createLinks } from '../../src/web/links.ts';
import { at, createWebServer } from '../../src/web/server.ts';
import { counters } from '../slack/fakes.ts';

const logger = pino({ level: 'silent' });
const NOW = Date.parse('2026-03-10T14:00:00Z');
const links = createLinks('https://debrief.example.com', 'x'.repeat(32), 90);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The pages over a store without drafts, behind one proxy; `read` counts how often the store was asked. */
async function started(
  rates: { perAddress: number; perLink: number },
  state = { down: false, hangs: false },
) {
  const { redis, counts } = counters(state);
  const limits = createPageLimits(createCounter(redis, 'p', logger), { ...rates, proxyHops: 1 });
  let reads = 0;
  const transaction = async () => {
    reads += 1;
    return null;
  };
  const runner = { store: { transaction }, denied: () => undefined } as never;
  const drafts = createDraftRoutes({ runner, clock: { now: () => NOW }, links, limits });
  const install = at('GET', '/slack/install', async (_, response) => void response.end('begun'));
  const health = at('GET', '/healthz', async (_, response) => void response.end('alive'));
  const routes = [limitedRoute([drafts, install], limits), health];
  const web = createWebServer({ port: 0, host: '127.0.0.1', logger, routes });
  const port = await web.start();
  ends.push(() => web.stop());
  const ask = (path: string, client = '203.0.113.7', method = 'GET') =>
    new Promise<{ status: number; text: string; retryAfter: string | undefined }>((resolve, reject) => {
      const headers = { 'x-forwarded-for': client, connection: 'close' };
      const asked = send({ port, host: '127.0.0.1', path, method, headers }, async (response) => {
        let text = '';
        for await (const part of response) text += part;
        resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] });
      });
      asked.on('error', reject).end();
    });
  return { ask, counts, reads: () => reads };
}

const pathOf = (url: string) => url.replace('https://debrief.example.com', '');
const statuses = async (count: number, ask: () => Promise<{ status: number }>) => {
  const all: number[] = [];
  for (let each = 0; each < count; each++) all.push((await ask()).status);
  return all;
};

describe('pages', () => {
  it('of an own link are refused in words over its limit, forms too, before anything is read', async () => {
    const { ask, reads } = await started({ perAddress: 100, perLink: 3 });
    const id = randomUUID();
    const own = (userId: string, rest = '') => pathOf(links.personal(id, userId, NOW, rest));
    expect(await statuses(3, () => ask(own('U1ANA')))).toEqual([404, 404, 404]);
    const page = await ask(own('U1ANA', '/history'), '198.51.100.1');
    expect(page).toMatchObject({ status: 429, retryAfter: '42' });
    expect(page.text).toBe('Too many requests for pages in a minute. Try again in 42 seconds.\n');
    const form = await ask(own('U1ANA', '/edit/summary'), '198.51.100.2', 'POST');
    expect(form.text).toContain('Nothing was stored: go back and send it again then.');
    expect(reads()).toBe(3);
    expect((await ask(own('U2BEN'))).status).toBe(404);
  });

  it('of a link that many may have take ten times as many', async () => {
    const { ask } = await started({ perAddress: 100, perLink: 1 });
    const shared = pathOf(links.published(randomUUID()));
    expect(await statuses(11, () => ask(shared))).toEqual([...Array(10).fill(404), 429]);
  });

  it('are counted by address, installing too; health is not', async () => {
    const { ask } = await started({ perAddress: 3, perLink: 100 });
    const path = `/postmortems/${randomUUID()}?s=guessed`;
    expect(await statuses(2, () => ask(path))).toEqual([404, 404]);
    expect(await statuses(2, () => ask('/slack/install'))).toEqual([200, 429]);
    expect((await ask(path, '203.0.113.8')).status).toBe(404);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('count nothing against a link whose signature is wrong', async () => {
    const { ask, counts, reads } = await started({ perAddress: 100, perLink: 1 });
    const id = randomUUID();
    await statuses(3, () => ask(`/postmortems/${id}?u=U1ANA&e=9999999999&s=guessed`));
    expect([...counts.keys()]).toEqual(['p:rate:address:203.0.113.7']);
    expect(reads()).toBe(0);
  });

  it.each([
    { down: true, hangs: false },
    { down: false, hangs: true },
  ])('are let through while Redis is away: %o', async (state) => {
    const { ask } = await started({ perAddress: 1, perLink: 1 }, state);
    const own = pathOf(links.personal(randomUUID(), 'U1ANA', NOW));
    expect(await statuses(2, () => ask(own))).toEqual([404, 404]);
  });

  it('are not found at an address that is none', async () => {
    const { ask } = await started({ perAddress: 100, perLink: 100 });
    for (const path of ['//', '/\\', '/postmortems/']) expect((await ask(path)).status).toBe(404);
  });
});

describe('the address that a request counts for', () => {
  const from = (remoteAddress: string, hops: number, forwarded?: string) =>
    clientOf(
      { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
      hops,
    );

  test.each([
    ['the connection’s', '203.0.113.7', 0, undefined, '203.0.113.7'],
    ['whatever the client claims', '203.0.113.7', 0, '198.51.100.1', '203.0.113.7'],
    ['in IPv6’s clothes', '::ffff:203.0.113.7', 0, undefined, '203.0.113.7'],
    ['64 bits of IPv6', '2001:db8:0:1:aaaa::1', 0, undefined, '2001:db8:0:1::'],
    ['the same, written out', '2001:0db8:0000:0001:bbbb:0:0:2', 0, undefined, '2001:db8:0:1::'],
    ['with zeros left out', '2001:db8::5', 0, undefined, '2001:db8:0:0::'],
    ['none behind a proxy that we do not know of', '172.18.0.1', 0, '198.51.100.1', null],
    ['none of an inner network', '::ffff:10.1.2.3', 0, undefined, null],
    ['none of this machine', '::1', 0, undefined, null],
    ['what our proxy saw', '10.0.0.1', 1, '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    ['what the outer of two saw', '10.0.0.1', 2, '6.6.6.6, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['of people inside too', '10.0.0.1', 1, '192.168.1.5', '192.168.1.5'],
    ['the connection’s where the proxy said nothing', '10.0.0.1', 1, undefined, '10.0.0.1'],
    ['the connection’s where fewer proxies were passed', '203.0.113.7', 2, '6.6.6.6', '203.0.113.7'],
    ['the connection’s where that is no address', '10.0.0.1', 1, 'unknown', '10.0.0.1'],
  ])('%s', (_, remote, hops, forwarded, client) => {
    expect(from(remote, hops, forwarded)).toBe(client);
  });
});
