import { describe, expect, it } from 'vitest';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { addFactor } from '../../src/usecases/addFactor.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { followMessage } from '../../src/usecases/followMessage.ts';
import { giveUpdate } from '../../src/usecases/giveUpdate.ts';
import { merge } from '../../src/usecases/merge.ts';
import { relate } from '../../src/usecases/relate.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { setCustomers } from '../../src/usecases/setCustomers.ts';
import { setImpact } from '../../src/usecases/setImpact.ts';
import { setServices } from '../../src/usecases/setNames.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { setTitle } from '../../src/usecases/setTitle.ts';
import { setTracker } from '../../src/usecases/setTracker.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, marksOf, noted, opened, refused, slackTs, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const ben = world.person('U2BEN');

const into = (from: { id: string }, other: { number: number }, who = ana) =>
  who((scope) => merge(scope, { ref: { id: from.id }, into: other.number }));

const capture = (channelId: string, ts: string, text: string) =>
  ben((scope) =>
    captureMessage(scope, {
      channelId,
      ts,
      authorId: 'U2BEN',
      text,
      changed: false,
      time: '',
      milestones: ['detected'],
    }),
  );

describe('merging', () => {
  it('of private ones brings nobody along who was put out of the one that ends', async () => {
    const target = await opened(ana, { private: true });
    const source = await opened(ben, { private: true, leadId: 'U1ANA' });
    await world.read((tx) => tx.setMembers(TEAM, source.channelId, ['U1ANA'], '1000.000000'));
    await into(source, target);
    const invited = await database.sql<{ id: string }>(
      `SELECT payload->>'userId' AS id FROM "Outbox" WHERE lane = $1 AND kind = 'invite'`,
      [target.id],
    );
    expect(invited.map(({ id }) => id)).toEqual(['U1ANA']);
  });

  it('moves lines with their times, links, marks and where they came from', async () => {
    const target = await opened(ana, { services: ['Shop'] });
    const source = await opened(ben, { services: ['Shop', 'Mail'] });
    await noted(ana, target, '13:50 Errors rise', { milestones: ['impact_started'] });
    await noted(ben, source, '13:40 Mail stopped', { milestones: ['impact_started'] });
    const ts = slackTs('2026-03-10T13:45:00Z');
    await capture(source.channelId, ts, 'Alert fired');
    await noted(ben, source, 'gone');
    await ben((scope) => addAction(scope, { ref: { id: source.id }, text: 'Add an alarm' }));
    await ben((scope) => setCustomers(scope, { ref: { id: source.id }, text: 'about 500' }));
    await ben((scope) => setTracker(scope, { ref: { id: source.id }, text: 'https://t.example/7' }));
    world.clock.forward(5);
    const merged = await into(source, target);
    expect(merged).toMatchObject({ moved: 3, collided: ['impact_started'] });

    const record = await world.record(target.id);
    expect(record.entries.map(({ number, text, movedFrom }) => [number, text, movedFrom])).toEqual([
      [1, 'Errors rise', null],
      [2, 'Mail stopped', `INC-${source.number} #1`],
      [3, 'Alert fired', `INC-${source.number} #2`],
      [4, 'gone', `INC-${source.number} #3`],
    ]);
    expect(record.entries[2]).toMatchObject({
      message: { channelId: source.channelId, ts },
      authorId: 'U2BEN',
      occurredAt: Date.parse('2026-03-10T13:45:00Z'),
    });
    // The other's mark stays where it was, and what only one had comes along as it was.
    expect(marksOf(record)).toEqual({ impact_started: '#1 asserted', detected: '#3 observed' });
    expect(record.incident.services).toEqual(['Shop', 'Mail']);
    expect(record.incident.tracker).toBe('https://t.example/7');
    const shown = await database.sql(`SELECT 1 FROM "Outbox" WHERE lane = $1 AND kind = 'bookmarks'`, [
      target.id,
    ]);
    expect(shown).toHaveLength(1);
    expect(record.actions.map(({ number, text }) => [number, text])).toEqual([[1, 'Add an alarm']]);
    expect(record.customers).toEqual([{ service: null, text: 'about 500' }]);

    const closed = await world.record(source.id);
    expect(closed.incident).toMatchObject({ status: 'merged', number: source.number });
    expect(closed.mergedInto).toMatchObject({ number: target.number });
    expect(closed.entries).toEqual([]);
    const revisions = await database.sql<{ before: unknown; after: unknown }>(
      `SELECT before, after FROM "EntryRevision" WHERE change = 'merge' AND "entryId" = $1`,
      [record.entries[2]?.id],
    );
    expect(revisions).toEqual([
      { before: { incident: source.number, number: 2 }, after: { incident: target.number, number: 3 } },
    ]);
  });

  it('lets a person’s mark stand in place of an inferred one, never the other way round', async () => {
    const target = await opened(ana);
    const source = await opened(ben);
    for (const one of [target, source])
      await ana(async ({ tx, now }) => {
        const entry = await tx.addEntry(one.id, 'U1ANA', now, {
          occurredAt: now,
          precision: 'exact',
          timeFrom: 'system',
          text: 'Incident declared',
          source: 'system',
          message: null,
          authorId: 'U1ANA',
          kept: true,
        });
        const milestone = one === target ? 'mitigated' : 'detected';
        for (const key of ['incident_called', milestone] as const)
          await tx.addMark(
            one.id,
            { entryId: entry.id, milestone: key, provenance: 'inferred', by: 'U1ANA' },
            now,
          );
      });
    await noted(ana, target, 'Alert', { milestones: ['detected'] });
    await noted(ben, source, 'Restarted', { milestones: ['mitigated'] });
    const { collided } = await into(source, target);
    expect(collided.sort()).toEqual(['detected', 'incident_called']);
    expect(marksOf(await world.record(target.id))).toEqual({
      incident_called: '#1 inferred',
      detected: '#2 observed',
      mitigated: '#4 observed',
    });
  });

  it('makes one line of a message that both had, and keeps its marks', async () => {
    const target = await opened(ana);
    const source = await opened(ben);
    const message = { channelId: 'C0SHARED', ts: slackTs('2026-03-10T13:00:00Z') };
    for (const one of [target, source])
      await ana(({ tx, now }) =>
        tx.addEntry(one.id, 'U1ANA', now, {
          occurredAt: Date.parse('2026-03-10T13:00:00Z'),
          precision: 'exact',
          timeFrom: 'message',
          text: 'It is down',
          source: 'shortcut',
          message,
          authorId: 'U2BEN',
          kept: true,
        }),
      );
    await ben(async ({ tx, now }) => {
      const entry = await tx.entryOf(source.id, message);
      const mark = {
        milestone: 'first_report',
        provenance: 'observed',
        by: 'U2BEN',
      } as const;
      await tx.addMark(source.id, { ...mark, entryId: entry?.id ?? '' }, now);
    });
    expect((await into(source, target)).moved).toBe(0);
    const record = await world.record(target.id);
    expect(record.entries.filter((one) => one.retractedAt === null)).toHaveLength(1);
    expect(marksOf(record)).toEqual({ first_report: '#1 observed' });
  });

  it('adds the impact windows of one to those of the other: the total is their union', async () => {
    const target = await opened(ana);
    const source = await opened(ben);
    const impact = (one: { id: string }, text: string) =>
      ana((scope) => setImpact(scope, { ref: { id: one.id }, text }));
    await impact(target, 'from 2026-03-10 10:00 UTC to 2026-03-10 11:00 UTC');
    await impact(source, 'from 2026-03-10 10:30 UTC to 2026-03-10 12:00 UTC');
    await into(source, target);
    expect(computeFacts(await world.record(target.id), world.clock.now()).impact.minutes).toBe(120);
  });

  it('follows the messages of lines that moved, and sends new ones to where they belong', async () => {
    const target = await opened(ana);
    const source = await opened(ben);
    const ts = slackTs('2026-03-10T13:45:00Z', 700);
    await capture(source.channelId, ts, 'Alert fird');
    await into(source, target);
    await ben((scope) =>
      followMessage(scope, {
        channelId: source.channelId,
        ts,
        text: 'Alert fired',
        changedTs: slackTs('2026-03-10T13:46:00Z'),
      }),
    );
    expect((await world.record(target.id)).entries.map(({ text }) => text)).toEqual(['Alert fired']);
    expect(await refused(noted(ben, source, 'more'))).toEqual({
      code: 'merged',
      number: source.number,
      into: target.number,
    });
  });

  it('leaves nothing to change behind: each change says where the incident goes on', async () => {
    const target = await opened(ana);
    const source = await opened(ben);
    await into(source, target);
    const ref = { id: source.id };
    const changes: Parameters<typeof ana>[0][] = [
      (scope) => addAction(scope, { ref, text: 'Fix the pool' }),
      (scope) => addFactor(scope, { ref, text: 'No limit' }),
      (scope) =>
        giveUpdate(scope, { ref, text: 'We know', impact: '', nextInMinutes: null, source: 'command' }),
      (scope) => reopen(scope, { ref }),
      (scope) => setCustomers(scope, { ref, text: 'All' }),
      (scope) => setImpact(scope, { ref, text: 'clear' }),
      (scope) => setServices(scope, { ref, text: 'Checkout' }),
      (scope) => setStatus(scope, { ref, status: 'identified' }),
      (scope) => setTitle(scope, { ref, title: 'Another' }),
      (scope) => writeSection(scope, { ref, name: 'summary', text: 'All is well' }),
    ];
    for (const change of changes)
      expect(await refused(ana(change)), `${change}`).toEqual({
        code: 'merged',
        number: source.number,
        into: target.number,
      });
  });

  it('is refused where lines would reach other people, or nothing goes on', async () => {
    const target = await opened(ana);
    const why = async (work: Promise<unknown>) => (await refused(work)) as { why?: string };
    expect((await why(into(target, target))).why).toBe('same');
    expect((await why(into(await opened(ana, { private: true }), target))).why).toBe('private');
    expect((await why(into(target, await opened(ana, { private: true })))).why).toBe('private');
    expect((await why(into(await opened(ana, { test: true }), target))).why).toBe('test');
    const gone = await opened(ana);
    await ana((scope) => cancel(scope, { ref: { id: gone.id }, reason: '' }));
    expect((await why(into(target, gone))).why).toBe('gone');
    const hidden = await opened(ana, { private: true });
    expect(await refused(into(target, hidden, ben))).toEqual({
      code: 'no-such-incident',
      number: hidden.number,
    });
    expect((await world.record(target.id)).incident.status).toBe('investigating');
  });

  it('of two people the other way round at once, one wins and nothing is lost', async () => {
    const one = await opened(ana);
    const other = await opened(ben);
    await noted(ana, one, 'first');
    await noted(ben, other, 'second');
    const both = await Promise.allSettled([into(one, other, ana), into(other, one, ben)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lines = [...(await world.record(one.id)).entries, ...(await world.record(other.id)).entries];
    expect(lines.map(({ text }) => text).sort()).toEqual(['first', 'second']);
  });
});

describe('related incidents', () => {
  const relates = (one: { id: string }, other: { number: number }) =>
    ana((scope) => relate(scope, { ref: { id: one.id }, to: other.number }));
  const related = async (one: { id: string }) =>
    (await world.record(one.id)).related.map(({ number }) => number);

  it('name each other, once', async () => {
    const [one, other] = [await opened(ana), await opened(ana)];
    await relates(one, other);
    expect([await related(one), await related(other)]).toEqual([[other.number], [one.number]]);
    expect((await refused(relates(other, one))).code).toBe('already');
    expect(await refused(relates(one, one))).toMatchObject({ code: 'cannot-relate', why: 'same' });
  });

  it('a private one is named nowhere outside of it', async () => {
    const [hidden, open] = [await opened(ana, { private: true }), await opened(ana)];
    expect(await refused(relates(open, hidden))).toMatchObject({ code: 'cannot-relate', why: 'private' });
    await relates(hidden, open);
    expect((await world.record(open.id)).activity).toEqual([]);
    expect((await world.record(hidden.id)).activity.map(({ text }) => text)).toEqual([
      `Related to INC-${open.number}`,
    ]);
  });
});
