import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/incident/types.ts';
import { openPrisma, type PrismaClient } from '../../../src/storage/client.ts';
import { createPeopleStore } from '../../../src/storage/people.ts';
import { createStore } from '../../../src/storage/store.ts';
import { editSection } from '../../../src/usecases/editSection.ts';
import { createDraftRoutes } from '../../../src/web/drafts/routes.ts';
import { createLinks } from '../../../src/web/links.ts';
import { createWebServer } from '../../../src/web/server.ts';
import { keptLog } from '../../slack/fakes.ts';
import { useDatabase } from '../../support/database.ts';
import { makeWorld, opened, TEAM } from '../../support/makers.ts';
import { type Passage, proxied } from '../../support/proxy.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const links = createLinks('http://debrief.test', 'a secret of more than 32 characters', 90);

const VERSIONS = 60;
/** The longest that a section and a text by command may be, in UTF-16 units: three each time. */
const LONG = '🙂<'.repeat(133_333);
const LONG_TEXT = '🙂<'.repeat(4_000);
const ends: (() => Promise<unknown>)[] = [];
let proxy: Passage;
let port = 0;
let id = '';
let incident: Incident;

/** The page's own address, asked of the server that the tests started. */
const ask = (url: string, init: RequestInit = {}) =>
  fetch(url.replace('http://debrief.test', `http://127.0.0.1:${port}`), { redirect: 'manual', ...init });
const own = (rest = '') => links.personal(id, 'U1ANA', world.clock.now(), rest);
const read = async (url: string) => {
  const response = await ask(url);
  return { status: response.status, text: await response.text() };
};

beforeAll(async () => {
  incident = await opened(ana);
  await ana(({ tx, now }) =>
    tx.addDraft(incident.id, now, { markdown: '', data: {}, facts: {} as never, reason: 'resolved' }),
  );
  id = (await world.read((tx) => tx.postmortem({ incidentId: incident.id })))?.id ?? '';
  const known = { name: 'ana', zone: null, admin: false, outsider: false };
  await createPeopleStore(database.prisma).put(TEAM, 'U1ANA', known, 0);
  await ana((scope) =>
    editSection(scope, { postmortemId: id, section: 'next-steps', text: 'As it began', seen: 0 }),
  );
  // What stands is short: that the page is not large comes of it and of the list.
  await database.sql(
    `INSERT INTO "SectionEdit" ("incidentId", section, version, base, text, facts, by, at)
     SELECT "incidentId", section, next, base,
       next || E'. first line\\n' || CASE WHEN next IN (8, $3::int) THEN '<b>' ELSE $2::text END, facts, by, at
     FROM "SectionEdit", generate_series(2, $3::int) AS next WHERE "incidentId" = $1::uuid`,
    [incident.id, LONG, VERSIONS],
  );
  await database.sql(
    `INSERT INTO "SectionText" ("incidentId", name, version, text, by, at)
     SELECT $1::uuid, 'root-cause', version, CASE WHEN version = $3::int THEN 'Short' ELSE $2::text END, 'U1ANA', now()
     FROM generate_series(1, $3::int) AS version`,
    [incident.id, LONG_TEXT, VERSIONS],
  );
  const way = await proxied(database.url);
  proxy = way.proxy;
  const prisma: PrismaClient = openPrisma(way.url, 2);
  ends.push(() => prisma.$disconnect(), way.proxy.stop);
  const runner = { ...world.runner, store: createStore(prisma) };
  const limits = { link: async () => false };
  const routes = [createDraftRoutes({ runner, clock: world.clock, links, limits })];
  const web = createWebServer({ port: 0, host: '127.0.0.1', logger: keptLog().logger, routes });
  port = await web.start();
  ends.unshift(() => web.stop());
});
afterAll(async () => {
  for (const end of ends) await end();
});

describe('the history of sections that were saved often', () => {
  it('reads and shows no more than how their latest versions begin', async () => {
    const before = proxy.answered();
    const { status, text } = await read(own('/history'));
    // Of the texts by command alone there is a megabyte.
    expect(proxy.answered() - before).toBeLessThan(300_000);
    expect(status).toBe(200);
    expect(text.length).toBeLessThan(250_000);
    expect(text).toContain('>60. first line</a>');
    expect(text).toContain('>11. first line</a>');
    expect(text).not.toContain('>10. first line</a>');
    expect(text.match(/10 earlier ones are not listed here: <a [^>]*>version 10</g)).toHaveLength(2);
    // Cut between characters, never within one.
    expect(text).toContain(`>${'🙂&lt;'.repeat(44)}🙂…</a>`);
  });

  it('leads to each version, whole and escaped, the ones before it and the one after', async () => {
    const list = (await read(own('/history'))).text;
    const href = /href="([^"]*next-steps\/10\?[^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const tenth = await read(`http://debrief.test${href}`);
    expect(tenth.text).toContain(`10. first line\n${LONG.replaceAll('<', '&lt;')}</pre>`);
    expect(tenth.text).toMatch(/next-steps\/9\?[^"]*">Version 9</);
    expect(tenth.text).toMatch(/next-steps\/11\?[^"]*">Version 11</);
    expect((await read(own('/history/next-steps/8'))).text).toContain('8. first line\n&lt;b&gt;');
    const typed = (await read(own('/history/text-root-cause/59'))).text;
    expect(typed).toContain(`>${LONG_TEXT.replaceAll('<', '&lt;')}</pre>`);
    expect(typed).toContain('Restore version 59');
    const latest = (await read(own('/history/text-root-cause/60'))).text;
    expect(latest).toContain('the latest');
    expect(latest).not.toContain('<form');
  });

  it('restores from a version’s own page', async () => {
    const page = (await read(own('/history/next-steps/8'))).text;
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
    const body = new URLSearchParams(
      Object.fromEntries(['section', 'version', 'seen'].map((name) => [name, field(name)])),
    );
    expect((await ask(own('/restore'), { method: 'POST', body })).status).toBe(303);
    expect((await read(own('/history/next-steps/61'))).text).toContain('8. first line\n&lt;b&gt;');
    body.set('version', '9'.repeat(12));
    expect((await ask(own('/restore'), { method: 'POST', body })).status).toBe(400);
  });

  it('shows a version to whom it shows the list, and only one that is there', async () => {
    const reader = links.page(id, world.clock.now()).replace(id, `${id}/history/next-steps/8`);
    const { status, text } = await read(reader);
    expect(status).toBe(200);
    expect(text).not.toContain('<form');
    const outside = links.publicPage(id, world.clock.now()).replace('/public', '/history/next-steps/8');
    expect((await read(outside)).status).toBe(404);
    expect((await read(reader.replace(/s=[^&]+/, 's=guessed'))).status).toBe(404);
    for (const none of [
      'next-steps/99',
      'next-steps/0',
      'text-root-cause/99',
      'summary/1',
      'text-next/1',
      'x/1',
    ])
      expect((await read(own(`/history/${none}`))).status, none).toBe(404);
  });
});

it.each([
  ['a page', () => own(), 200],
  ['an editor', () => own('/edit/summary'), 200],
  ['a page that is none', () => own('/nothing'), 404],
])(
  '%s forbids scripts and other sites, sends no Referer and is what it says it is',
  async (_, url, status) => {
    const { status: given, headers } = await ask(url());
    expect(given).toBe(status);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w+/=]+'.*frame-ancestors 'none'/,
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);
