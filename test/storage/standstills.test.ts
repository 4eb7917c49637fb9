import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createOutbox } from '../../src/storage/outbox.ts';
import { createReconcilingStore } from '../../src/storage/reconciling.ts';
import { createStandstills } from '../../src/storage/standstills.ts';
import { createTimers } from '../../src/storage/timers.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database, '2026-03-10T14:00:00Z');
const NOW = world.clock.now();
const MINUTE = 60_000;
const store = () => createStandstills(database.prisma);
const incidents: Record<string, string> = {};

/** An incident in each of two workspaces, with a step for Slack, a timer that is due and a channel to compare. */
beforeAll(async () => {
  for (const team of ['T1TEAM', 'T2OTHER']) {
    const ana = world.person('U1ANA', 'UTC', team);
    const { id } = await opened(ana);
    incidents[team] = id;
    await ana(async (scope) => {
      await scope.send(id, { kind: 'topic' });
      await scope.tx.setTimer({ id, teamId: team }, NOW - MINUTE, { kind: 'archive' } as never, NOW);
      await scope.tx.openHome(team, 'U1ANA', NOW);
    });
  }
});
beforeEach(() => database.sql('TRUNCATE "Standstill", "Reconciling"'));

const waiting = async () => (await createOutbox(database.prisma).lanesWaiting(NOW, 10)).sort();
const of = (...teams: string[]) => teams.map((team) => incidents[team]).sort();

it('a workspace that stands still rests: lanes, timers and comparisons, and only its own', async () => {
  const timers = createTimers(database.prisma);
  const due = async () => (await timers.due(NOW, 10)).map(({ incidentId }) => incidentId).sort();
  const compared = async () => {
    await database.sql('TRUNCATE "Reconciling"');
    const reconciling = createReconcilingStore(database.prisma);
    return [await reconciling.claim(NOW, MINUTE), await reconciling.claim(NOW, MINUTE)]
      .flatMap((pass) => pass?.teamId ?? [])
      .sort();
  };
  expect(await waiting()).toEqual(of('T1TEAM', 'T2OTHER'));
  expect(await due()).toEqual(of('T1TEAM', 'T2OTHER'));
  expect(await compared()).toEqual(['T1TEAM', 'T2OTHER']);

  await store().begin('T1TEAM', 'app_uninstalled', NOW, null);
  expect(await waiting()).toEqual(of('T2OTHER'));
  expect(await due()).toEqual(of('T2OTHER'));
  expect(await compared()).toEqual(['T2OTHER']);
  expect(await timers.rests(incidents.T1TEAM ?? '', NOW)).toBe(true);
  expect(await timers.rests(incidents.T2OTHER ?? '', NOW)).toBe(false);
  const outbox = createOutbox(database.prisma);
  expect(await outbox.claim(incidents.T1TEAM ?? '', NOW, MINUTE)).toBeNull();
  expect(await outbox.claim(incidents.T2OTHER ?? '', NOW, MINUTE)).toMatchObject({
    teamId: 'T2OTHER',
    rested: false,
  });
});

it('a rest with an end is over by itself, and the first step after it is known as such', async () => {
  expect(await store().begin('T1TEAM', 'token_revoked', NOW, NOW + MINUTE)).toBe(true);
  expect(await store().begin('T1TEAM', 'token_revoked', NOW, NOW + 2 * MINUTE), 'rests already').toBe(false);
  expect(await store().resting(NOW)).toEqual([{ teamId: 'T1TEAM', code: 'token_revoked' }]);
  expect(await store().resting(NOW + MINUTE)).toEqual([]);
  const claimed = await createOutbox(database.prisma).claim(incidents.T1TEAM ?? '', NOW + MINUTE, MINUTE);
  expect(claimed).toMatchObject({ teamId: 'T1TEAM', rested: true });
  expect(await store().begin('T1TEAM', 'token_revoked', NOW + MINUTE, NOW + 2 * MINUTE), 'anew').toBe(true);
  expect(await store().end('T1TEAM')).toBe(true);
  expect(await store().end('T1TEAM')).toBe(false);
});

it('one without an end is not ended by a call that was under way, nor shortened', async () => {
  await store().begin('T1TEAM', 'token_revoked', NOW, NOW + MINUTE);
  expect(await store().begin('T1TEAM', 'app_uninstalled', NOW, null)).toBe(true);
  expect(await store().begin('T1TEAM', 'account_inactive', NOW, NOW + MINUTE)).toBe(false);
  expect(await store().end('T1TEAM')).toBe(false);
  expect(await store().resting(NOW + 1000 * MINUTE)).toEqual([{ teamId: 'T1TEAM', code: 'app_uninstalled' }]);
  expect(await store().end('T1TEAM', 'any'), 'installed by its token instead').toBe(true);
  expect(await store().resting(NOW)).toEqual([]);
});

it('a lane that belongs to no workspace is handed out as such', async () => {
  const lane = randomUUID();
  await database.sql(
    `INSERT INTO "Outbox" (lane, kind, payload, "createdAt") VALUES ($1, 'topic', '{}', $2)`,
    [lane, new Date(NOW)],
  );
  expect(await createOutbox(database.prisma).claim(lane, NOW, MINUTE)).toMatchObject({ teamId: null });
});
