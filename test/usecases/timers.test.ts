import { describe, expect, it } from 'vitest';
import { createTimerSweep } from '../../src/jobs/timerSweep.ts';
import { createTimers } from '../../src/storage/timers.ts';
import { answerNudge } from '../../src/usecases/answerNudge.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { keepChannel } from '../../src/usecases/keepChannel.ts';
import { markDone } from '../../src/usecases/markDone.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { replan } from '../../src/usecases/replan.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { retract } from '../../src/usecases/retract.ts';
import { setLead } from '../../src/usecases/setLead.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { changeSettings } from '../../src/usecases/settings.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { asked, declared, makeWorld, marksOf, noted, only, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bo = world.person('U2BO');
const bot = world.person('debrief');

const fire = (incidentId: string) => bot((scope) => fireTimers(scope, { incidentId }));
const nudges = (incidentId: string) => world.read((tx) => tx.nudges(incidentId));
const told = async (incidentId: string) =>
  (await nudges(incidentId)).map(({ stage, to, keys }) => `${stage} ${to} ${keys.join(' ')}`);
const active = async (incidentId: string) =>
  (await world.read((tx) => tx.activeTimers(incidentId))).map(
    ({ purpose, dueAt }) =>
      `${purpose.kind === 'nudge' ? purpose.expected : purpose.kind} ${minutesFromNow(dueAt)}`,
  );
const minutesFromNow = (at: number): number => Math.round((at - world.clock.now()) / 60_000);

describe('timers of a SEV1', () => {
  it('are set with its declaration, one for each thing that is expected', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    expect(await active(incident.id)).toEqual([
      'lead 5',
      'update 30',
      'root_cause_identified 60',
      'mitigated 120',
    ]);
  });

  it('remind the channel of the missing lead, then those after them, and then no more', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    world.clock.forward(4);
    expect(await fire(incident.id)).toBe(0);
    world.clock.forward(1);
    await fire(incident.id);
    expect(await told(incident.id)).toEqual([`channel ${incident.channelId} lead`]);
    world.clock.forward(10);
    await fire(incident.id);
    expect((await told(incident.id))[1]).toBe(`escalation ${incident.channelId} lead`);
    expect(await active(incident.id)).not.toContainEqual(expect.stringMatching(/^lead/));
  });

  it('remind the lead of a late milestone, then the channel', async () => {
    const incident = await declared(ana, { severity: 'SEV1', leadId: 'U2BO' });
    world.clock.forward(60);
    await fire(incident.id);
    // The update has been due for half an hour, the root cause is due now: one message.
    expect(await told(incident.id)).toEqual(['lead U2BO update root_cause_identified']);
    world.clock.forward(10);
    await fire(incident.id);
    expect((await told(incident.id))[1]).toBe(
      `escalation ${incident.channelId} update root_cause_identified`,
    );
  });

  it('fire once, however many workers try at once', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    world.clock.forward(5);
    const fired = await Promise.all(Array.from({ length: 12 }, () => fire(incident.id)));
    expect(fired.reduce((a, b) => a + b)).toBe(1);
    expect(await nudges(incident.id)).toHaveLength(1);
  });

  it('leave everything as it was when their transaction fails', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    world.clock.forward(5);
    const failing = bot(async (scope) => {
      await fireTimers(scope, { incidentId: incident.id });
      throw new Error('the connection is gone');
    });
    await expect(failing).rejects.toThrow('gone');
    expect(await nudges(incident.id)).toEqual([]);
    await fire(incident.id);
    expect(await nudges(incident.id)).toHaveLength(1);
  });

  it('say nothing of a milestone that is marked meanwhile', async () => {
    const incident = await declared(ana, { severity: 'SEV2', leadId: 'U2BO' });
    await noted(ana, incident, 'It is the tax table', { milestones: ['root_cause_identified'] });
    world.clock.forward(180);
    await fire(incident.id);
    expect(await told(incident.id)).toEqual(['lead U2BO update']);
  });

  it.each(['resolve', 'cancel'] as const)('are canceled by %s, and nobody is nudged', async (verb) => {
    const incident = await declared(ana, { severity: 'SEV1' });
    const ref = { id: incident.id };
    await ana(
      (scope): Promise<unknown> =>
        verb === 'resolve' ? resolve(scope, { ref, text: '' }) : cancel(scope, { ref, reason: '' }),
    );
    expect(await active(incident.id)).toEqual([]);
    world.clock.forward(10_000);
    expect(await fire(incident.id)).toBe(0);
    expect(await nudges(incident.id)).toEqual([]);
  });

  it('do nothing even where one was left when the incident closed', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    await world.read((tx) =>
      tx.updateIncident(incident.id, { status: 'resolved', closedAt: world.clock.now() }),
    );
    world.clock.forward(200);
    await fire(incident.id);
    expect(await nudges(incident.id)).toEqual([]);
  });

  it('are none in a retrospective', async () => {
    const incident = await declared(ana, { severity: 'SEV1', retrospective: true });
    expect(await active(incident.id)).toEqual([]);
  });

  it('count anew after reopening', async () => {
    const incident = await declared(ana, { severity: 'SEV1', leadId: 'U2BO' });
    const ref = { id: incident.id };
    await ana((scope) => resolve(scope, { ref, text: '' }));
    world.clock.forward(600);
    await ana((scope) => reopen(scope, { ref }));
    expect(await active(incident.id)).toEqual(['update 30', 'root_cause_identified 60', 'mitigated 120']);
  });
});

describe('another severity', () => {
  it('plans anew: raised it gives its whole time, lowered it counts on', async () => {
    const incident = await declared(ana, { severity: 'SEV3' });
    const ref = { id: incident.id };
    expect(await active(incident.id)).toEqual([]);
    world.clock.forward(100);
    await ana((scope) => setSeverity(scope, { ref, severity: 'SEV1' }));
    expect((await active(incident.id))[0]).toBe('lead 5');
    world.clock.forward(2);
    await ana((scope) => setSeverity(scope, { ref, severity: 'SEV2' }));
    expect(await active(incident.id)).toEqual(['lead 13', 'update 58', 'root_cause_identified 118']);
    await ana((scope) => setSeverity(scope, { ref, severity: 'SEV4' }));
    expect(await active(incident.id)).toEqual([]);
  });
});

describe('an answer to a reminder', () => {
  async function nudged() {
    const incident = await declared(ana, { severity: 'SEV2', leadId: 'U2BO' });
    await bot((scope) => scope.tx.cancelTimer(incident.id, 'nudge:update', scope.now));
    world.clock.forward(120);
    await fire(incident.id);
    const [nudge] = await nudges(incident.id);
    if (!nudge) throw new Error('nobody was nudged');
    return { incident, nudgeId: nudge.id };
  }

  it('snoozes for 15 minutes, in place of the escalation', async () => {
    const { incident, nudgeId } = await nudged();
    await bo((scope) => answerNudge(scope, { nudgeId, answer: 'snoozed' }));
    expect(await active(incident.id)).toEqual(['root_cause_identified 15']);
    world.clock.forward(14);
    expect(await fire(incident.id)).toBe(0);
    world.clock.forward(1);
    await fire(incident.id);
    expect((await told(incident.id)).at(-1)).toBe('lead U2BO root_cause_identified');
  });

  it('dismisses for good, on record with who and when', async () => {
    const { incident, nudgeId } = await nudged();
    await bo((scope) => answerNudge(scope, { nudgeId, answer: 'dismissed' }));
    expect(await active(incident.id)).toEqual([]);
    await ana((scope) => replan(scope, incident));
    expect(await active(incident.id)).not.toContainEqual(expect.stringContaining('root_cause'));
    const { activity } = await world.record(incident.id);
    expect(activity.at(-1)?.text).toMatch(/dismissed by <@U2BO>: Root cause identified/);
    expect((await nudges(incident.id))[0]?.answer).toMatchObject({ kind: 'dismissed', by: 'U2BO' });
  });

  it('of two people at once: one wins, the other is told who did what', async () => {
    const { nudgeId } = await nudged();
    const both = await Promise.allSettled([
      ana((scope) => answerNudge(scope, { nudgeId, answer: 'dismissed' })),
      bo((scope) => answerNudge(scope, { nudgeId, answer: 'snoozed' })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const reason = await refused(bo((scope) => answerNudge(scope, { nudgeId, answer: 'snoozed' })));
    expect(reason.code).toBe('nudge-answered');
  });

  it('"done at" records the milestone at that time and settles the reminder', async () => {
    const { incident, nudgeId } = await nudged();
    const input = { nudgeId, milestone: 'root_cause_identified' as const, text: '35m ago' };
    const done = only(await bo((scope) => markDone(scope, input)));
    expect(iso(done.entry.occurredAt)).toBe(iso(world.clock.now() - 35 * 60_000));
    expect(marksOf(await world.record(incident.id)).root_cause_identified).toBe(
      `#${done.entry.number} asserted`,
    );
    expect((await nudges(incident.id))[0]?.answer?.kind).toBe('done');
    expect((await refused(ana((scope) => markDone(scope, input)))).code).toBe('nudge-answered');
  });

  it('comes by itself with a mark, however that was put', async () => {
    const { incident, nudgeId } = await nudged();
    const shown = () =>
      database.sql(`SELECT 1 FROM "Outbox" WHERE kind = 'nudge' AND payload->>'nudgeId' = $1`, [nudgeId]);
    const before = (await shown()).length;
    await noted(bo, incident, 'Bad config', { milestones: ['root_cause_identified'] });
    expect((await nudges(incident.id))[0]?.answer).toMatchObject({ kind: 'done', by: 'U2BO' });
    expect(await shown()).toHaveLength(before + 1);
  });

  it('"done at" a time with several readings asks, and stores nothing yet', async () => {
    const { incident, nudgeId } = await nudged();
    const input = { nudgeId, milestone: 'root_cause_identified' as const, text: '' };
    const before = await world.record(incident.id);
    const result = await bo((scope) => markDone(scope, { ...input, text: '12:00 IST' }));
    expect(asked(result).readings.length).toBeGreaterThan(1);
    expect((await world.record(incident.id)).entries).toEqual(before.entries);
    const future = await refused(bo((scope) => markDone(scope, { ...input, text: '2099-01-01 10:00' })));
    expect(future.code).toBe('time');
  });

  it('of another team’s person is refused', async () => {
    const { nudgeId } = await nudged();
    const stranger = world.person('U9', 'UTC', 'T9OTHER');
    const reason = await refused(stranger((scope) => answerNudge(scope, { nudgeId, answer: 'dismissed' })));
    expect(reason.code).toBe('no-incident-here');
  });

  it('comes by itself when somebody takes the lead', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    world.clock.forward(5);
    await fire(incident.id);
    await bo((scope) => setLead(scope, { ref: { id: incident.id }, userId: 'U2BO' }));
    expect((await nudges(incident.id))[0]?.answer).toMatchObject({ kind: 'done', by: 'U2BO' });
  });
});

describe('a milestone that loses its mark after its time', () => {
  const key = 'root_cause_identified' as const;

  /** Marked before its timer fires, which then has nothing to say. */
  async function markedInTime() {
    const incident = await declared(ana, { severity: 'SEV2', leadId: 'U2BO' });
    await bot((scope) => scope.tx.cancelTimer(incident.id, 'nudge:update', scope.now));
    const { entry } = await noted(ana, incident, 'It is the tax table', { milestones: [key] });
    world.clock.forward(180);
    await fire(incident.id);
    expect(await nudges(incident.id)).toEqual([]);
    const take = (who = ana) =>
      who((scope) => retract(scope, { ref: { id: incident.id }, number: entry.number }));
    return { incident, take };
  }

  it('is asked for again in five minutes, once, whoever takes it away at the same time', async () => {
    const { incident, take } = await markedInTime();
    const both = await Promise.allSettled([take(), take(bo)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await active(incident.id)).toEqual([`${key} 5`]);
    world.clock.forward(5);
    await Promise.all([fire(incident.id), fire(incident.id)]);
    expect(await told(incident.id)).toEqual([`lead U2BO ${key}`]);
  });

  it('is not asked for where the mark stands elsewhere by then', async () => {
    const { incident, take } = await markedInTime();
    await take();
    await noted(bo, incident, 'It is the tax table of 2025', { milestones: [key] });
    world.clock.forward(5);
    await fire(incident.id);
    expect(await nudges(incident.id)).toEqual([]);
  });

  it('is asked for although people were reminded before the mark, unless they dismissed it', async () => {
    const late = async (answer: 'done' | 'dismissed') => {
      const incident = await declared(ana, { severity: 'SEV2', leadId: 'U2BO' });
      await bot((scope) => scope.tx.cancelTimer(incident.id, 'nudge:update', scope.now));
      world.clock.forward(120);
      await fire(incident.id);
      const [nudge] = await nudges(incident.id);
      const nudgeId = nudge?.id ?? '';
      if (answer === 'dismissed') await bo((scope) => answerNudge(scope, { nudgeId, answer }));
      const { entry } = await noted(bo, incident, 'It is the tax table', { milestones: [key] });
      world.clock.forward(20);
      await fire(incident.id);
      await bo((scope) => retract(scope, { ref: { id: incident.id }, number: entry.number }));
      world.clock.forward(5);
      await fire(incident.id);
      return (await told(incident.id)).length;
    };
    expect(await late('done')).toBe(2);
    expect(await late('dismissed')).toBe(1);
  });

  it('is not asked for in a closed incident', async () => {
    const { incident, take } = await markedInTime();
    await ana((scope) => resolve(scope, { ref: { id: incident.id }, text: '' }));
    await take();
    expect(await active(incident.id)).toEqual([]);
  });
});

describe('the channel’s archive', () => {
  async function archived() {
    const { settings, version } = await world.read((tx) => tx.settings('T1TEAM'));
    const next = { ...settings, archiveAfterDays: 3 };
    await world.read((tx) => tx.saveSettings('T1TEAM', 'U1ANA', world.clock.now(), next, version));
    const incident = await declared(ana);
    await ana((scope) => resolve(scope, { ref: { id: incident.id }, text: '' }));
    return incident;
  }
  const steps = async (id: string) =>
    (await database.sql<{ kind: string }>('SELECT kind FROM "Outbox" WHERE lane = $1 ORDER BY id', [id]))
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('archive'));

  it('comes N days after closing, with a notice a day before', async () => {
    const incident = await archived();
    expect(await active(incident.id)).toEqual([`archive-notice ${2 * 24 * 60}`]);
    world.clock.forward(2 * 24 * 60);
    await fire(incident.id);
    expect(await steps(incident.id)).toEqual(['archive-notice']);
    world.clock.forward(24 * 60);
    await fire(incident.id);
    expect(await steps(incident.id)).toEqual(['archive-notice', 'archive']);
  });

  it('never comes without its notice, however late that was', async () => {
    const incident = await archived();
    world.clock.forward(30 * 24 * 60);
    await fire(incident.id);
    expect(await steps(incident.id)).toEqual(['archive-notice']);
    expect(await active(incident.id)).toEqual([`archive ${24 * 60}`]);
  });

  it('is canceled by reopening', async () => {
    const incident = await archived();
    world.clock.forward(2 * 24 * 60);
    await fire(incident.id);
    await ana((scope) => reopen(scope, { ref: { id: incident.id } }));
    world.clock.forward(5 * 24 * 60);
    await fire(incident.id);
    expect(await steps(incident.id)).toEqual(['archive-notice']);
  });

  const chief = world.person('U9CHIEF', 'UTC', 'T1TEAM', { admin: true });
  const DAY = 24 * 60;
  async function save(archiveAfterDays: string) {
    const { version: seen } = await world.read((tx) => tx.settings('T1TEAM'));
    const values = { zone: '', archiveAfterDays, deleteAfterDays: '' };
    await chief((scope) => changeSettings(scope, { section: 'display', values, seen }));
  }

  it('follows a new delay, for what is closed already and not told yet', async () => {
    const [closed, told, kept] = [await archived(), await archived(), await archived()];
    const open = await declared(ana, { severity: 'SEV4' });
    world.clock.forward(2 * DAY);
    await fire(told.id);
    await fire(kept.id);
    await ana((scope) => keepChannel(scope, { ref: { id: kept.id } }));
    world.clock.forward(0.01);
    await save('10');
    expect(await active(closed.id)).toEqual([`archive-notice ${7 * DAY}`]);
    expect(await active(told.id)).toEqual([`archive ${DAY}`]);
    await save('2');
    expect(await active(closed.id)).toEqual([`archive-notice ${-DAY}`]);
    expect(await active(open.id)).toEqual([]);
    await save('');
    expect([await active(closed.id), await active(told.id)]).toEqual([[], []]);
    await save('30');
    expect(await active(closed.id)).toEqual([`archive-notice ${27 * DAY}`]);
    // Switched off and on again, it is told anew.
    expect(await active(told.id)).toEqual([`archive-notice ${27 * DAY}`]);
    expect([await active(kept.id), await active(open.id)]).toEqual([[], []]);
  });

  it('follows a delay that was saved while the incident closed', async () => {
    const incident = await archived();
    const { settings, version } = await world.read((tx) => tx.settings('T1TEAM'));
    const later = { ...settings, archiveAfterDays: 10 };
    await world.read((tx) => tx.saveSettings('T1TEAM', 'U1ANA', world.clock.now(), later, version));
    world.clock.forward(2 * DAY);
    await fire(incident.id);
    expect(await steps(incident.id)).toEqual([]);
    expect(await active(incident.id)).toEqual([`archive-notice ${7 * DAY}`]);
  });
});

describe('a policy that gives more time', () => {
  it('counts as soon as it is saved, though the timers do not know of it yet', async () => {
    const incident = await declared(ana, { severity: 'SEV2' });
    world.clock.forward(15);
    await fire(incident.id);
    expect(await told(incident.id)).toEqual([`channel ${incident.channelId} lead`]);
    const { settings, version } = await world.read((tx) => tx.settings('T1TEAM'));
    const { SEV2, ...others } = settings.severities;
    const policy = { ...SEV2.policy, leadWithin: 50, updateEvery: 90 };
    const next = { ...settings, severities: { ...others, SEV2: { ...SEV2, policy } } };
    await world.read((tx) => tx.saveSettings('T1TEAM', 'U1ANA', world.clock.now(), next, version));
    world.clock.forward(45);
    expect(await active(incident.id)).toEqual(['lead -35', 'update 0', 'root_cause_identified 60']);
    await fire(incident.id);
    // The lead is late by the new policy too; the update is not.
    expect((await told(incident.id)).slice(1)).toEqual([`escalation ${incident.channelId} lead`]);
    expect(await active(incident.id)).toEqual(['update 30', 'root_cause_identified 60']);
  });
});

describe('the sweep', () => {
  const warned: unknown[] = [];
  const logger = { error: (...words: unknown[]) => warned.push(words) } as never;
  const timers = createTimers;

  it('works through overdue timers in batches, the longest overdue first, a message an incident', async () => {
    const late = [];
    for (let n = 0; n < 60; n++) late.push(await declared(ana, { severity: 'SEV1' }));
    world.clock.forward(600);
    const [first, last] = [late[0], late.at(-1)];
    await database.sql(`UPDATE "Timer" SET "dueAt" = "dueAt" - interval '1 day' WHERE "incidentId" = $1`, [
      last?.id,
    ]);
    const sweep = createTimerSweep({
      runner: world.runner,
      clock: world.clock,
      logger,
      timers: timers(database.prisma),
    });
    const before = await open();
    await sweep.fireDue();
    expect(before - (await open())).toBeLessThanOrEqual(50);
    expect(await nudges(last?.id ?? '')).toHaveLength(1);
    for (let n = 0; n < 20 && (await open()) > 0; n++) await sweep.fireDue();
    expect(await open()).toBe(0);
    expect(await nudges(first?.id ?? '')).toHaveLength(1);
    expect(warned).toEqual([]);
  });

  it('tries what failed again later, and others get their turn', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    world.clock.forward(5);
    let failures = 1;
    const failing = createTimerSweep({
      runner: {
        ...world.runner,
        store: {
          transaction: async (work) => {
            if (failures-- > 0) throw new Error('disk full');
            return world.store.transaction(work);
          },
        },
      },
      clock: world.clock,
      logger,
      timers: timers(database.prisma),
    });
    await failing.fire(incident.id);
    expect((await active(incident.id))[0]).toMatch(/ 5$/);
    expect(warned).toHaveLength(1);
  });

  const open = async () => {
    const due = await timers(database.prisma).due(world.clock.now(), 10_000);
    return due.length;
  };
});
