import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { declare } from '../../src/usecases/declare.ts';
import { readHome } from '../../src/usecases/home.ts';
import { filterFor, findIncidents, listIncidents } from '../../src/usecases/listIncidents.ts';
import { note } from '../../src/usecases/note.ts';
import { previewDeclare } from '../../src/usecases/previewDeclare.ts';
import { readTimeline } from '../../src/usecases/readTimeline.ts';
import { incidentFor, type Scope } from '../../src/usecases/scope.ts';
import { readSettings } from '../../src/usecases/settings.ts';
import { subscribe } from '../../src/usecases/subscribers.ts';
import { useDatabase } from '../support/database.ts';
import { declaration, makeWorld, noted, opened, refused, TEAM } from '../support/makers.ts';
import { everyUse, noIds, oneOfEverything } from './everyUse.ts';

const database = useDatabase();
const world = makeWorld(database, '2026-11-01T12:00:00Z');
const ana = world.person('U1ANA', 'America/New_York');
// The same person's id in another workspace: only the workspace differs.
const colleague = world.person('U2BEN');
const guest = world.person('U7GUEST', 'UTC', TEAM, { outsider: true });
const stranger = world.person('U1ANA', 'America/New_York', 'T9OTHER');

const known = noIds();
const uses = everyUse(known);
/** What guests may do in their channels. */
const FOR_GUESTS = ['note', 'captureMessage', 'captureRun', 'offerRun', 'readTimeline'];
/** Asked by a channel of the person's own workspace: that of another is none, and nothing is forged. */
const BY_CHANNEL = ['captureMessage', 'captureRun', 'offerRun'];

describe('somebody of another workspace, with ids of this one', () => {
  beforeAll(async () => void Object.assign(known, await oneOfEverything(database, ana)));

  it.each(Object.keys(uses))('is refused by %s, and changes nothing', async (name) => {
    world.denials.splice(0);
    const use = uses[name];
    const before = await everything();
    const { code } = await refused(stranger((scope) => use?.(scope) ?? Promise.resolve()));
    expect(['no-incident-here', 'answered']).toContain(code);
    expect(await everything()).toEqual(before);
    if (!BY_CHANNEL.includes(name)) expect(world.denials.at(-1)).toMatch(/^T9OTHER U1ANA: \w+ [0-9a-f-]{36}/);
  });

  it('sees none of its incidents', async () => {
    expect(await stranger((scope) => scope.tx.openIncidents('T9OTHER', 'U1ANA'))).toEqual([]);
  });
});

describe('a colleague who is not in the channel of a private incident', () => {
  beforeAll(async () => {
    Object.assign(known, await oneOfEverything(database, ana, { private: true }));
    const [row] = await database.sql<{ channelId: string }>(
      'SELECT "channelId" FROM "Incident" WHERE id = $1',
      [known.incidentId],
    );
    await world.read((tx) => tx.setMembers(TEAM, row?.channelId ?? '', ['U1ANA'], '1.000000'));
  });

  it.each(Object.keys(uses))('is refused by %s, and changes nothing', async (name) => {
    world.denials.splice(0);
    const before = await everything();
    const { code } = await refused(colleague((scope) => uses[name]?.(scope) ?? Promise.resolve()));
    expect(['no-incident-here', 'answered']).toContain(code);
    expect(await everything()).toEqual(before);
    expect(world.denials.at(-1)).toMatch(/^T1TEAM U2BEN: \w+ [0-9a-f-]{36}/);
  });
});

describe('a guest of the channel', () => {
  beforeAll(async () => {
    Object.assign(known, await oneOfEverything(database, ana));
    const incident = await world.read((tx) => tx.incident(known.incidentId));
    await world.read((tx) => tx.setMembers(TEAM, incident.channelId ?? '', ['U1ANA', 'U7GUEST'], '1.000000'));
  });

  it.each(Object.keys(uses).filter((name) => !FOR_GUESTS.includes(name)))(
    'is refused by %s',
    async (name) => {
      const before = await everything();
      const { code } = await refused(guest((scope) => uses[name]?.(scope) ?? Promise.resolve()));
      expect(['outsider', 'answered']).toContain(code);
      expect(await everything()).toEqual(before);
    },
  );

  it('notes, and reads', async () => {
    const { entry } = await noted(guest, { id: known.incidentId } as Incident, 'It is slow from here too');
    const { entries } = await guest((scope) => readTimeline(scope, { ref: known.ref }));
    expect(entries.at(-1)).toMatchObject({ id: entry.id, authorId: 'U7GUEST' });
  });

  it.each<[string, (scope: Scope) => Promise<unknown>]>([
    ['declare', (scope) => declare(scope, declaration())],
    ['see what a declaration would do', (scope) => previewDeclare(scope, { ...declaration() })],
    ['list', (scope) => listIncidents(scope, { filter: filterFor(scope, ''), page: 0 })],
    ['search', (scope) => findIncidents(scope, { text: 'Checkout', page: 0 })],
    ['subscribe', (scope) => subscribe(scope, { text: 'sev1' })],
    ['read the settings', readSettings],
  ])('may not %s', async (_, work) => {
    expect((await refused(guest(work))).code).toMatch(/^(outsider|not-admin)$/);
    expect(world.denials.at(-1)).toMatch(/^T1TEAM U7GUEST: /);
  });

  it('sees nothing on their Home, and no incident of another channel', async () => {
    const home = { id: '', teamId: TEAM, userId: 'U7GUEST', filter: 'all' };
    expect(await guest((scope) => readHome(scope, home))).toMatchObject({ mine: [], recent: [], drafts: [] });
    const other = await opened(ana);
    expect((await refused(guest((scope) => readTimeline(scope, { ref: { id: other.id } })))).code).toBe(
      'no-incident-here',
    );
    const mistaken = { ref: { teamId: TEAM, channelId: other.channelId } };
    expect((await refused(guest((scope) => readTimeline(scope, mistaken)))).code).toBe('no-incident-here');
    // Slack itself says that they act there: their joining was missed.
    const there = world.person('U7GUEST', 'UTC', TEAM, { outsider: true, channelId: other.channelId });
    expect((await there((scope) => readTimeline(scope, mistaken))).incident.id).toBe(other.id);
  });

  it('is known as one by what Slack said of them, where a request does not say it', async () => {
    const known = { name: 'guest', zone: null, admin: false, outsider: true };
    await createPeopleStore(database.prisma).put(TEAM, 'U8GUEST', known, 0);
    const byWeb = world.person('U8GUEST');
    expect((await refused(byWeb((scope) => declare(scope, declaration())))).code).toBe('outsider');
  });

  it.each([
    ['nothing', 'no-incident-here', 'outsider'],
    ['everything', null, null],
  ] as const)('may do %s where the settings say so', async (outsiders, noteCode, declareCode) => {
    const { settings, version } = await world.read((tx) => tx.settings(TEAM));
    await world.read((tx) => tx.saveSettings(TEAM, 'U1ANA', 0, { ...settings, outsiders }, version));
    const code = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error) => error.reason.code,
      );
    const text = 'Slow';
    const noting = guest((scope) => note(scope, { ref: known.ref, text, source: 'command', milestones: [] }));
    expect(await code(noting)).toBe(noteCode);
    expect(await code(guest((scope) => declare(scope, declaration())))).toBe(declareCode);
  });

  it('has nothing any more once their account has ended, whatever the settings say', async () => {
    const { settings, version } = await world.read((tx) => tx.settings(TEAM));
    const everything = { ...settings, outsiders: 'everything' as const };
    await world.read((tx) => tx.saveSettings(TEAM, 'U1ANA', 0, everything, version));
    const profile = { name: 'gone', zone: null, admin: false, outsider: true };
    const people = createPeopleStore(database.prisma);
    const open = await opened(ana);
    // By a link of their own, which says nothing of them but who they are.
    const byWeb = world.person('U9GONE');
    await people.put(TEAM, 'U9GONE', { ...profile, gone: false }, 0);
    expect((await byWeb((scope) => incidentFor(scope, { id: open.id }))).id).toBe(open.id);
    await people.put(TEAM, 'U9GONE', { ...profile, gone: true }, 1);
    expect((await refused(byWeb((scope) => incidentFor(scope, { id: open.id })))).code).toBe(
      'no-incident-here',
    );
    expect((await refused(byWeb((scope) => declare(scope, declaration())))).code).toBe('outsider');
  });
});

describe('an id that was never one of ours', () => {
  const forged = (id: string) =>
    Object.assign(known, {
      ref: { id },
      channelId: id,
      entryId: id,
      incidentId: id,
      postmortemId: id,
      choiceId: id,
      nudgeId: id,
    });

  it.each(Object.keys(uses))('is refused by %s, in every form', async (name) => {
    for (const id of [
      '',
      'x',
      "' OR true --",
      '5f0c2a3e-0000-4000-8000-000000000000',
      `${'9'.repeat(5000)}`,
    ]) {
      forged(id);
      const { code } = await refused(ana((scope) => uses[name]?.(scope) ?? Promise.resolve()));
      expect(['no-incident-here', 'answered'], id).toContain(code);
      expect(world.denials.at(-1)?.length ?? 0, id).toBeLessThan(120);
    }
  });
});

/** Use cases that the table leaves out, and why. */
const NOT_IN_TABLE: Record<string, string[]> = {
  'ask for nothing of one incident: the lists show what their person may see': [
    ...[
      'declare',
      'previewDeclare',
      'filterFor',
      'listIncidents',
      'findIncidents',
      'openActions',
      'openHome',
    ],
    ...['subscribe', 'unsubscribe', 'readSettings', 'changeSettings', 'leftOut'],
  ],
  'follow what happened in Slack, whoever did it': ['react', 'followMessage', 'followMember', 'channelBack'],
  'show nothing instead of refusing: private.test.ts, reads.test.ts': ['messageHere', 'readDraft'],
  'refuse in words of their own: review.test.ts, private.test.ts': ['answerReview', 'openReview'],
  'are given what one of the table has loaded': [
    'impactEnds',
    'chooseReviewers',
    'openSection',
    'recordRead',
    'forForm',
  ],
  'are the check itself, or only read what was typed': [
    ...['act', 'incidentFor', 'beganNow', 'sectionNamed', 'sectionText'],
  ],
};

it('every use case that Slack’s requests and the pages reach is in the table, or named with the reason why not', async () => {
  const imported = await usedBy('src/slack/listeners', 'src/web');
  expect(imported.length).toBeGreaterThan(80);
  const left = Object.values(NOT_IN_TABLE).flat();
  expect(imported.filter((name) => !(name in uses) && !left.includes(name))).toEqual([]);
  expect(left.filter((name) => name in uses || !imported.includes(name))).toEqual([]);
});

/** Names of the functions that the files of these folders import from use cases. */
async function usedBy(...folders: string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const folder of folders)
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      const text = await readFile(join(folder, file), 'utf8');
      for (const [, names = '', from] of text.matchAll(
        /import \{([^}]*)\} from '[./]*\/usecases\/(\w+)\.ts'/g,
      )) {
        const module = await import(`../../src/usecases/${from}.ts`);
        for (const name of names.split(',').map((one) => one.trim().split(' as ')[0] ?? ''))
          if (typeof module[name] === 'function' && !(module[name].prototype instanceof Error))
            found.add(name);
      }
    }
  return [...found].sort();
}

async function everything(): Promise<unknown> {
  const tables = await database.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  return Promise.all(tables.map(({ name }) => database.sql(`SELECT * FROM "${name}" ORDER BY 1, 2`)));
}
