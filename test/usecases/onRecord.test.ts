import { beforeAll, expect, it } from 'vitest';
import { buildPostmortem } from '../../src/postmortem/postmortem.ts';
import { finishAction } from '../../src/usecases/actionItems.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { dismissCheck } from '../../src/usecases/dismissCheck.ts';
import { editSection, restoreSection } from '../../src/usecases/editSection.ts';
import { makeDraft } from '../../src/usecases/makeDraft.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { retract } from '../../src/usecases/retract.ts';
import { ITSELF, type Scope } from '../../src/usecases/scope.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened } from '../support/makers.ts';
import { everyUse, type Ids, noIds, oneOfEverything } from './everyUse.ts';

const database = useDatabase();
const world = makeWorld(database, '2026-11-01T12:00:00Z');
const ana = world.person('U1ANA', 'America/New_York');
const ben = world.person('U2BEN', 'America/New_York');
const bot = world.person(ITSELF);
const known = noIds();
const uses = everyUse(known);

type Step = (scope: Scope) => Promise<unknown>;
const anAction: Step = (scope) => addAction(scope, { ref: known.ref, text: 'Add a test' });
const anEdit: Step = (scope) => editSection(scope, { ...known, section: 'summary', text: 'First', seen: 0 });

/** What somebody else did before, for what would have nothing to change. */
const BEFORE: Record<string, Step> = {
  planAction: anAction,
  giveAction: anAction,
  dateAction: anAction,
  finishAction: anAction,
  dropAction: anAction,
  undoAction: async (scope) => {
    await anAction(scope);
    await finishAction(scope, { ref: known.ref, number: 1 });
  },
  keepChannel: async ({ tx, setTimer, now }) =>
    setTimer(await tx.incident(known.incidentId), now + 1000, { kind: 'archive' }),
  confirmMark: async ({ tx, now }) => {
    await tx.retireMark(known.incidentId, 'detected', ana.userId, now);
    const mark = { entryId: known.entryId, milestone: 'detected', provenance: 'inferred' } as const;
    await tx.addMark(known.incidentId, { ...mark, by: ana.userId }, now);
  },
  undoDismissal: ({ tx, now: at }) =>
    tx.dismissCheck(known.incidentId, { key: 'x', reason: 'x', by: ana.userId, at }),
  restoreSection: anEdit,
  restoreText: (scope) => writeSection(scope, { ref: known.ref, name: 'summary', text: 'First' }),
  restore: (scope) => retract(scope, { ref: known.ref, number: 1 }),
  reopen: (scope) => resolve(scope, { ref: known.ref, text: '' }),
  undoFlag: ({ tx }) => tx.updateIncident(known.incidentId, { test: true }),
};

/** Those that need what only now is known. */
const INSTEAD: Record<string, Step> = {
  restoreSection: (scope) => restoreSection(scope, { ...known, section: 'summary', version: 1, seen: 1 }),
  dismissCheck: async (scope) => {
    const source = await scope.tx.postmortem({ id: known.postmortemId });
    const [check] = source ? buildPostmortem(source, scope.now).checks : [];
    await dismissCheck(scope, { ...known, key: check?.key ?? '', reason: 'It is so' });
  },
};

/** What leaves nothing of its person, and why. */
const WITHOUT: Record<string, string[]> = {
  'change nothing': [
    'openAction',
    'openNudge',
    'openIncident',
    'entryOfTeam',
    'lockPostmortem',
    'publicFormOf',
    'readTimeline',
  ],
  'have Slack show something (again)': ['offerRun', 'postAgain'],
  'are done by the bot itself, whose versions say why': ['makeDraft', 'redraft'],
  'do what another of the table does': ['fixCheck', 'declareAnyway'],
};
const without = Object.values(WITHOUT).flat();

/** Rows on record that name the person. */
async function recordsOf(userId: string): Promise<number> {
  let found = 0;
  for (const table of ['Activity', 'EntryRevision', 'Entry', 'PostmortemVersion']) {
    const rows = await database.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM "${table}" one WHERE to_jsonb(one)::text LIKE $1`,
      [`%${userId}%`],
    );
    found += rows[0]?.count ?? 0;
  }
  return found;
}

// Incident 1, to merge into and to relate to.
beforeAll(() => opened(ana));

async function begin(name: string): Promise<Ids> {
  // Whoever was asked is the one to choose.
  const asked = ['choose', 'chooseTyped'].includes(name) ? ben : ana;
  Object.assign(known, await oneOfEverything(database, asked));
  const before = BEFORE[name];
  if (before) await ana(before);
  return known;
}

it.each(Object.keys(uses).filter((name) => !without.includes(name) && name !== 'requestDraft'))(
  '%s leaves its person on record',
  async (name) => {
    await begin(name);
    const before = await recordsOf(ben.userId);
    await ben((scope) => (INSTEAD[name] ?? uses[name])?.(scope) ?? Promise.resolve());
    expect(await recordsOf(ben.userId)).toBeGreaterThan(before);
  },
);

it('a draft that was asked for says by whom', async () => {
  await begin('requestDraft');
  // One that says the same as the latest is no new version.
  await ana(anAction);
  await ben((scope) => requestDraft(scope, { ref: known.ref }));
  const [row] = await database.sql<{ id: string; reason: string }>(
    `SELECT id, payload->>'reason' AS reason FROM "Outbox"
     WHERE lane = $1 AND kind = 'draft' AND "doneAt" IS NULL ORDER BY id DESC LIMIT 1`,
    [known.incidentId],
  );
  const order = { incidentId: known.incidentId, outboxId: BigInt(row?.id ?? 0), reason: row?.reason ?? '' };
  expect((await bot((scope) => makeDraft(scope, order))).reason).toBe('asked for by <@U2BEN>');
});

it('what is left out is in the table', () => {
  expect(without.filter((name) => !(name in uses))).toEqual([]);
});
