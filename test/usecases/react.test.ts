import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { markNumbered } from '../../src/usecases/markNumbered.ts';
import { moveMark } from '../../src/usecases/moveMark.ts';
import { react } from '../../src/usecases/react.ts';
import { retract } from '../../src/usecases/retract.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld, marksOf, opened, slackTs } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const people = { U1ANA: world.person('U1ANA'), U2BO: world.person('U2BO'), U3CY: world.person('U3CY') };
const ana = people.U1ANA;
type User = keyof typeof people;

const MESSAGE = slackTs('2026-03-10T13:52:07Z', 200);
const OTHER = slackTs('2026-03-10T13:55:00Z', 300);
let clicks = 0;

/** A reaction at the next moment, unless `eventTs` says another. */
function reaction(
  incident: Incident & { channelId: string },
  userId: User,
  emoji: string,
  present: boolean,
  { messageTs = MESSAGE, eventTs = slackTs('2026-03-10T14:00:00Z', ++clicks), reconciled = false } = {},
) {
  const { channelId } = incident;
  const state = { channelId, messageTs, emoji, userId, present, eventTs, reconciled };
  return people[userId]((scope) => react(scope, state));
}

const lines = async (id: string) =>
  (await world.record(id)).entries.filter((one) => one.retractedAt === null && one.source !== 'system');

describe('a reaction', () => {
  it('makes a line at the time of its message, and has its text fetched', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'pushpin', true);
    const [entry] = await lines(incident.id);
    expect(entry).toMatchObject({ timeFrom: 'message', source: 'reaction', capturedBy: 'U1ANA' });
    expect(entry?.message).toEqual({ channelId: incident.channelId, ts: MESSAGE });
    expect(iso(entry?.occurredAt ?? 0)).toBe('2026-03-10T13:52:07.000Z');
    expect(await sent(incident.id)).toEqual(['fetch', 'react', 'headline', 'captured']);
  });

  it('of another emoji adds its milestone to the same line, whoever reacts', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'pushpin', true);
    await reaction(incident, 'U2BO', 'boom', true);
    await reaction(incident, 'U3CY', 'satellite_antenna', true);
    expect(marksOf(await world.record(incident.id))).toEqual({
      impact_started: '#1 observed',
      detected: '#1 observed',
    });
    expect(await lines(incident.id)).toHaveLength(1);
  });

  it.each(['thumbsup', 'eyes', 'heavy_check_mark', 'white_check_mark', ''])(
    'of %j leaves no trace',
    async (emoji) => {
      const incident = await opened(ana);
      await reaction(incident, 'U1ANA', emoji, true);
      expect((await world.record(incident.id)).entries).toEqual([]);
      expect(await sent(incident.id)).toEqual([]);
      expect(
        await database.sql('SELECT 1 FROM "Reaction" WHERE "channelId" = $1', [incident.channelId]),
      ).toEqual([]);
    },
  );

  it('in a channel without an incident leaves no trace', async () => {
    const channelId = 'C0NOWHERE';
    const state = {
      channelId,
      messageTs: MESSAGE,
      emoji: 'boom',
      userId: 'U1ANA',
      present: true,
      eventTs: '1.0',
    };
    await ana((scope) => react(scope, state));
    expect(await database.sql('SELECT 1 FROM "Reaction" WHERE "channelId" = $1', [channelId])).toEqual([]);
  });

  it('replaces an inferred milestone, and gives it back when it is taken away', async () => {
    const incident = await declared(ana);
    await reaction(incident, 'U2BO', 'rotating_light', true);
    expect(marksOf(await world.record(incident.id))).toEqual({ incident_called: '#2 observed' });
    await reaction(incident, 'U2BO', 'rotating_light', false);
    expect(marksOf(await world.record(incident.id))).toEqual({ incident_called: '#1 inferred' });
  });

  it('that arrives twenty times at once makes one line and one mark', async () => {
    const incident = await opened(ana);
    const eventTs = slackTs('2026-03-10T14:00:00Z', ++clicks);
    await Promise.all(
      Array.from({ length: 20 }, () => reaction(incident, 'U1ANA', 'boom', true, { eventTs })),
    );
    expect(await lines(incident.id)).toHaveLength(1);
    expect(await sent(incident.id)).toHaveLength(4);
  });

  it('by twenty people at once on as many messages gives each its line, and one of them the milestone', async () => {
    const incident = await opened(ana);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        reaction(incident, 'U1ANA', 'boom', true, {
          messageTs: slackTs('2026-03-10T13:00:00Z', 100 + index),
        }),
      ),
    );
    expect((await lines(incident.id)).map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect((await world.record(incident.id)).marks).toHaveLength(1);
  });
});

describe('a milestone that somebody else marked', () => {
  it('stays, and the holder is named to the one who reacted', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    await reaction(incident, 'U2BO', 'boom', true, { messageTs: OTHER });
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#1 observed' });
    const [last] = await database.sql<{ payload: object }>(
      `SELECT payload FROM "Outbox" WHERE lane = $1 AND kind = 'captured' ORDER BY id DESC LIMIT 1`,
      [incident.id],
    );
    expect(last?.payload).toMatchObject({ userId: 'U2BO', held: ['impact_started'] });
  });

  it('is moved by "Move it here", and goes with the reaction that asked for it', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    await reaction(incident, 'U2BO', 'pushpin', true, { messageTs: OTHER });
    await reaction(incident, 'U2BO', 'boom', true, { messageTs: OTHER });
    const second = (await lines(incident.id)).find((one) => one.number === 2);
    await people.U2BO((scope) => moveMark(scope, { entryId: second?.id ?? '', milestone: 'impact_started' }));
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#2 observed' });
    await reaction(incident, 'U1ANA', 'boom', false);
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#2 observed' });
    await reaction(incident, 'U2BO', 'boom', false, { messageTs: OTHER });
    expect(marksOf(await world.record(incident.id))).toEqual({});
    expect((await lines(incident.id)).map(({ number }) => number)).toEqual([2]);
  });
});

describe('taking a reaction away', () => {
  it('drops the milestone with the last of its kind, and the line with the last of any', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    await reaction(incident, 'U2BO', 'boom', true);
    await reaction(incident, 'U3CY', 'pushpin', true);
    await reaction(incident, 'U1ANA', 'boom', false);
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#1 observed' });
    await reaction(incident, 'U2BO', 'boom', false);
    expect(marksOf(await world.record(incident.id))).toEqual({});
    expect(await lines(incident.id)).toHaveLength(1);
    await reaction(incident, 'U3CY', 'pushpin', false);
    expect(await lines(incident.id)).toEqual([]);
    const [entry] = (await world.record(incident.id)).entries;
    expect(entry?.retractedAt).toBe(world.clock.now());
  });

  it('leaves the milestone while another emoji marks it too', async () => {
    const { settings } = await world.read((tx) => tx.settings('T1EMOJI'));
    const milestones = { ...settings.emoji.milestones, impact_started: ['boom', 'fire'] };
    const ours = { ...settings, emoji: { ...settings.emoji, milestones } };
    const dee = world.person('U4DEE', 'UTC', 'T1EMOJI');
    await dee((scope) => scope.tx.saveSettings('T1EMOJI', 'U4DEE', scope.now, ours, 0));
    const incident = await opened(dee);
    const { channelId } = incident;
    for (const [emoji, present] of [
      ['boom', true],
      ['fire', true],
      ['boom', false],
    ] as const) {
      const eventTs = slackTs('2026-03-10T14:00:00Z', ++clicks);
      const state = { channelId, messageTs: MESSAGE, emoji, userId: 'U4DEE', present, eventTs };
      await dee((scope) => react(scope, state));
    }
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#1 observed' });
  });

  it('brings the same line back when one reacts again', async () => {
    const incident = await opened(ana);
    for (const present of [true, false, true]) await reaction(incident, 'U1ANA', 'boom', present);
    expect((await lines(incident.id)).map(({ number }) => number)).toEqual([1]);
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#1 observed' });
  });

  it('leaves a line that the shortcut holds too', async () => {
    const incident = await opened(ana);
    const { channelId } = incident;
    await reaction(incident, 'U1ANA', 'boom', true);
    const shortcut = { channelId, ts: MESSAGE, authorId: 'U2BO', text: 'Errors', changed: false, time: '' };
    await people.U2BO((scope) => captureMessage(scope, { ...shortcut, milestones: [] }));
    await reaction(incident, 'U1ANA', 'boom', false);
    expect(await lines(incident.id)).toHaveLength(1);
    expect(marksOf(await world.record(incident.id))).toEqual({});
  });

  it('leaves a milestone and its line that a command holds too', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    const ref = { id: incident.id };
    await people.U2BO((scope) => markNumbered(scope, { ref, number: 1, milestones: ['impact_started'] }));
    await reaction(incident, 'U1ANA', 'boom', false);
    expect(await lines(incident.id)).toHaveLength(1);
    expect(marksOf(await world.record(incident.id))).toEqual({ impact_started: '#1 observed' });
  });

  it('does not bring back what somebody retracted, a new reaction does', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    await reaction(incident, 'U2BO', 'boom', true);
    await ana((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
    await reaction(incident, 'U1ANA', 'boom', false);
    expect(await lines(incident.id)).toEqual([]);
    const eventTs = slackTs('2026-03-10T14:00:01Z');
    await reaction(incident, 'U3CY', 'dart', true, { eventTs });
    expect((await lines(incident.id)).map(({ number }) => number)).toEqual([1]);
    expect(marksOf(await world.record(incident.id))).toEqual({ root_cause_identified: '#1 observed' });
  });

  it.each([
    ['that comes late', '2026-03-10T13:59:59Z', {}],
    ['that a comparison found', '2026-03-10T14:05:00Z', { reconciled: true }],
  ])('a reaction %s does not bring back what somebody retracted', async (_, when, more) => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    await ana((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
    await reaction(incident, 'U2BO', 'dart', true, { eventTs: slackTs(when), ...more });
    expect(await lines(incident.id)).toEqual([]);
    expect(marksOf(await world.record(incident.id))).toEqual({});
  });

  it('a reaction that comes late brings back what the last one of those that we had heard of took away', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    await reaction(incident, 'U1ANA', 'boom', false);
    await reaction(incident, 'U2BO', 'boom', true, { eventTs: slackTs('2026-03-10T13:59:59Z') });
    expect(await lines(incident.id)).toHaveLength(1);
  });

  it('a comparison that found what its own event brought meanwhile changes nothing', async () => {
    const incident = await opened(ana);
    await reaction(incident, 'U1ANA', 'boom', true);
    const before = await sent(incident.id);
    const eventTs = slackTs('2026-03-10T14:05:00Z');
    await reaction(incident, 'U1ANA', 'boom', true, { eventTs, reconciled: true });
    expect(await sent(incident.id)).toEqual(before);
  });
});

describe('whatever arrives when', () => {
  const EMOJI = { pushpin: null, boom: 'impact_started', dart: 'root_cause_identified' } as const;
  const click = fc.record({
    user: fc.constantFrom<User>('U1ANA', 'U2BO', 'U3CY'),
    emoji: fc.constantFrom<keyof typeof EMOJI>('pushpin', 'boom', 'dart'),
    present: fc.boolean(),
  });
  const story = fc.array(click, { minLength: 2, maxLength: 9 }).chain((events) => {
    // Slack sends again what it believes lost, in any order.
    const order = fc.shuffledSubarray([...events.keys(), ...events.keys()], { minLength: events.length });
    return fc.record({
      events: fc.constant(events),
      order: order.filter((all) => new Set(all).size === events.length),
    });
  });

  it('the reactions that stand at last decide, on a live incident with inferred marks', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ events, order }) => {
        const incident = await opened(ana);
        for (const index of order) {
          const event = events[index];
          if (!event) continue;
          const eventTs = slackTs('2026-03-10T14:00:00Z', index + 1);
          await reaction(incident, event.user, event.emoji, event.present, { eventTs });
        }
        const stands = new Map(events.map(({ user, emoji, present }) => [`${user} ${emoji}`, present]));
        const emoji = new Set([...stands].filter(([, there]) => there).map(([key]) => key.split(' ')[1]));
        const expected = Object.entries(EMOJI).filter(([name, milestone]) => milestone && emoji.has(name));
        const record = await world.record(incident.id);
        expect(await lines(incident.id)).toHaveLength(emoji.size > 0 ? 1 : 0);
        expect(Object.keys(marksOf(record)).sort()).toEqual(
          expected.map(([, milestone]) => milestone).sort(),
        );
        expect(record.entries.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  it('an inferred milestone is there in the end as if the reaction had never been', async () => {
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 0, 3, 2],
      [2, 0, 3, 1],
    ]) {
      const incident = await declared(ana);
      for (const index of order) {
        const eventTs = slackTs('2026-03-10T14:00:00Z', index + 1);
        await reaction(incident, 'U1ANA', 'rotating_light', index % 2 === 0, { eventTs });
      }
      expect(marksOf(await world.record(incident.id))).toEqual({ incident_called: '#1 inferred' });
      expect(await lines(incident.id)).toEqual([]);
    }
  });
});

async function sent(lane: string): Promise<string[]> {
  const rows = await database.sql<{ kind: string }>('SELECT kind FROM "Outbox" WHERE lane = $1 ORDER BY id', [
    lane,
  ]);
  return rows.map(({ kind }) => kind);
}
