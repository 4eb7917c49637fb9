import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { type CaptureInput, captureMessage } from '../../src/usecases/captureMessage.ts';
import { choose, chooseTyped } from '../../src/usecases/choose.ts';
import { react } from '../../src/usecases/react.ts';
import { retract } from '../../src/usecases/retract.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { asked, makeWorld, marksOf, noted, only, opened, refused, slackTs } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA', 'America/New_York');
const TS = slackTs('2026-03-10T13:52:07Z', 200);

const capture = ({ channelId }: Incident, over: Partial<CaptureInput> = {}) => {
  const message = { channelId: channelId ?? '', ts: TS, authorId: 'U2BO', text: 'Errors in checkout' };
  const input: CaptureInput = { ...message, changed: false, time: '', milestones: [], ...over };
  return ana((scope) => captureMessage(scope, input));
};
const react1 = ({ channelId }: Incident, emoji: string) => {
  const state = {
    channelId: channelId ?? '',
    messageTs: TS,
    emoji,
    userId: 'U1ANA',
    present: true,
    eventTs: TS,
  };
  return ana((scope) => react(scope, state));
};
const kinds = async ({ id }: Incident) =>
  (await database.sql<{ kind: string }>('SELECT kind FROM "Outbox" WHERE lane = $1 ORDER BY id', [id])).map(
    ({ kind }) => kind,
  );

describe('the shortcut', () => {
  it('makes a line at the time of the message, by its author', async () => {
    const incident = await opened(ana);
    const { entry, marked } = only(await capture(incident, { milestones: ['first_report'] }));
    expect(entry).toMatchObject({
      source: 'shortcut',
      authorId: 'U2BO',
      capturedBy: 'U1ANA',
      timeFrom: 'message',
    });
    expect([iso(entry.occurredAt), entry.text]).toEqual(['2026-03-10T13:52:07.000Z', 'Errors in checkout']);
    expect(marked).toEqual(['first_report']);
    expect(marksOf(await world.record(incident.id))).toEqual({ first_report: '#1 observed' });
    expect(await kinds(incident)).toEqual(['fetch', 'react', 'headline']);
  });

  it('takes the time typed instead, in the zone of whoever types it', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    const { entry } = only(await capture(incident, { time: '9:40', milestones: ['detected'] }));
    expect([iso(entry.occurredAt), entry.timeFrom]).toEqual(['2026-03-10T13:40:00.000Z', 'person']);
    expect(marksOf(await world.record(incident.id))).toEqual({ detected: '#1 asserted' });
  });

  it('asks about a time with several readings, and keeps everything typed', async () => {
    world.clock.set('2026-11-01T12:00:00Z');
    const incident = await opened(ana);
    const question = asked(
      await capture(incident, {
        time: '2026-11-01 1:30',
        text: 'Mine',
        changed: true,
        milestones: ['detected'],
      }),
    );
    expect((await world.record(incident.id)).entries).toEqual([]);
    await ana((scope) => choose(scope, { choiceId: question.choiceId, index: 0 }));
    const record = await world.record(incident.id);
    expect(record.entries.map((entry) => [iso(entry.occurredAt), entry.text])).toEqual([
      ['2026-11-01T05:30:00.000Z', 'Mine'],
    ]);
    expect(marksOf(record)).toEqual({ detected: '#1 asserted' });
  });

  it('reads another time typed as the incident would: a retrospective wants the line that follows', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana, { retrospective: true });
    await noted(ana, incident, '2025-11-01 23:00 Deployed');
    const { choiceId } = asked(await capture(incident, { time: '2025-11-02 1:30' }));
    await ana((scope) => chooseTyped(scope, { choiceId, text: '3:10' }));
    const [, entry] = (await world.record(incident.id)).entries;
    expect(iso(entry?.occurredAt ?? 0)).toBe('2025-11-02T08:10:00.000Z');
  });

  it.each([
    [{ text: ' ' }, 'empty'],
    [{ time: 'soon' }, 'time'],
    [{ time: '2026-03-11 9:00' }, 'time'],
    [{ channelId: 'C0ELSEWHERE' }, 'no-incident-here'],
  ])('%j is refused and stores nothing', async (over, code) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    expect((await refused(capture(incident, over))).code).toBe(code);
    expect((await world.record(incident.id)).entries).toEqual([]);
  });
});

describe('on a message that is a line already', () => {
  it('adds what is new and keeps the rest', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await react1(incident, 'boom');
    const { entry, marked } = only(await capture(incident, { milestones: ['detected'] }));
    expect([entry.number, marked]).toEqual([1, ['detected']]);
    const record = await world.record(incident.id);
    expect(record.entries).toHaveLength(1);
    expect(iso(record.entries[0]?.occurredAt ?? 0)).toBe('2026-03-10T13:52:07.000Z');
    expect(marksOf(record)).toEqual({ impact_started: '#1 observed', detected: '#1 observed' });
  });

  it('moves it to the time typed, and its milestones are asserted then', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await react1(incident, 'boom');
    await capture(incident, { time: '9:40', text: 'In my words', changed: true });
    const record = await world.record(incident.id);
    expect(record.entries.map((entry) => [iso(entry.occurredAt), entry.text])).toEqual([
      ['2026-03-10T13:40:00.000Z', 'In my words'],
    ]);
    expect(marksOf(record)).toEqual({ impact_started: '#1 asserted' });
    const [revision] = await database.sql<{ before: object; after: object }>(
      `SELECT before, after FROM "EntryRevision" WHERE change = 'shortcut' AND "entryId" = $1`,
      [record.entries[0]?.id],
    );
    expect(revision?.before).toMatchObject({ occurredAt: Date.parse('2026-03-10T13:52:07Z') });
    expect(revision?.after).toMatchObject({ text: 'In my words', timeFrom: 'person' });
  });

  it('brings a retracted line back under its number', async () => {
    const incident = await opened(ana);
    await capture(incident);
    await ana((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
    const { entry } = only(await capture(incident));
    expect([entry.number, entry.retractedAt]).toEqual([1, null]);
    expect((await world.record(incident.id)).entries.map((one) => one.retractedAt)).toEqual([null]);
  });

  it('makes one line when ten press at once', async () => {
    const incident = await opened(ana);
    await Promise.all(Array.from({ length: 10 }, () => capture(incident)));
    expect((await world.record(incident.id)).entries).toHaveLength(1);
  });

  it("does not read the text of a command's line from the bot's own rendering of it", async () => {
    const incident = await opened(ana);
    const { entry } = await noted(ana, incident, 'Rolled back');
    const message = { channelId: incident.channelId, ts: TS };
    await ana((scope) => scope.tx.updateEntry(entry.id, { message }));
    const again = only(
      await capture(incident, { text: ':pushpin: #1 Rolled back', milestones: ['mitigated'] }),
    );
    expect([again.entry.number, again.entry.text]).toEqual([1, 'Rolled back']);
    expect(await kinds(incident)).not.toContain('fetch');
  });
});
