import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { signatureHeaders } from '../../src/demo/gateway/signing.ts';
import { declare } from '../e2e/incident.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { random, shuffled } from './random.ts';

const DELIVERIES = Number(process.env.FAULTS_DELIVERIES ?? 500);
const AT_ONCE = 100;

const space = useWorkspace({ process: true, people: { ana: 'UTC', ben: 'UTC' }, roles: ['all', 'all'] });
const rows = useDatabaseOf(space);

/** Posts events as Slack signs them, to the processes in turn, so many at once. */
async function deliver(events: object[]): Promise<number[]> {
  const { gateway, bots } = space;
  const statuses: number[] = [];
  let next = 0;
  const post = async () => {
    for (let n = next++; n < events.length; n = next++) {
      const body = JSON.stringify({
        type: 'event_callback',
        team_id: gateway.workspace.teamId,
        event_id: `Ev${n % 13}`,
        event: events[n],
      });
      let status = 0;
      // As Slack does: what is not taken comes again.
      for (let attempt = 0; attempt < 4 && status !== 200; attempt++) {
        const headers = {
          'content-type': 'application/json',
          ...signatureHeaders(gateway.signingSecret, body, Date.now()),
        };
        const answer = await fetch(bots[n % bots.length]?.eventsUrl ?? '', { method: 'POST', headers, body });
        await answer.arrayBuffer();
        status = answer.status;
      }
      statuses.push(status);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, post));
  return statuses;
}

/** Nothing of Slack's is left to do; what was stored too late to be handled at once is taken up after half a minute. */
async function finished(): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(200)) {
    if ((await rows.sql(`SELECT 1 FROM "Inbox" WHERE "doneAt" IS NULL`)).length === 0) return;
  }
  throw new Error('the inbox does not get empty');
}

const reaction = (channel: string, ts: string, type: string, user: string, event_ts: string) => ({
  type,
  user,
  reaction: 'pushpin',
  item: { type: 'message', channel, ts },
  event_ts,
});

test(`${DELIVERIES} deliveries of one event to two processes, ${AT_ONCE} at once, have one effect`, async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'One of many');
  const ts = await ben.say(channel, 'Only once');
  const one = reaction(channel, ts, 'reaction_added', ben.id, `${Math.floor(Date.now() / 1000)}.000100`);
  const statuses = await deliver(Array.from({ length: DELIVERIES }, () => one));
  expect(statuses.filter((status) => status === 200)).toHaveLength(DELIVERIES);
  await finished();
  await rows.laneIdle('One of many');
  const count = async (sql: string) => (await rows.sql(sql, [ts])).length;
  expect(await count(`SELECT 1 FROM "Entry" WHERE "messageTs" = $1`)).toBe(1);
  expect(await count(`SELECT 1 FROM "Inbox" WHERE key LIKE '%' || $1 || ':reaction_added:%:pushpin:%'`)).toBe(
    1,
  );
  expect(
    await count(`SELECT 1 FROM "Outbox" WHERE kind = 'captured' AND payload->>'entryId' =
    (SELECT id::text FROM "Entry" WHERE "messageTs" = $1)`),
  ).toBe(1);
}, 600_000);

test('an hour of reactions and edits, shuffled and delivered two or three times, ends as in order', async () => {
  const { ana, ben } = space.people;
  const next = random(7);
  const hour = Math.floor(Date.now() / 1000) - 3600;
  // These events are made up: Slack's history would contradict them.
  const uncompared = () =>
    rows.sql(`INSERT INTO "Reconciling" ("incidentId", todo, "nextAt", "updatedAt")
      SELECT id, '{}', now() + interval '1 day', now() FROM "Incident" WHERE true
      ON CONFLICT ("incidentId") DO UPDATE SET "nextAt" = now() + interval '1 day', "claimedUntil" = NULL`);
  const messages = await (async () => {
    const channels = [
      await declare(space, ana, 'Quietly ordered'),
      await declare(space, ana, 'Wildly shuffled'),
    ];
    const texts = Array.from({ length: 12 }, (_, n) => `Said ${n}`);
    const said = [];
    for (const channel of channels)
      for (const text of texts) said.push({ channel, text, ts: await ben.say(channel, text) });
    return { channels, said };
  })();
  const [ordered = '', wild = ''] = messages.channels;
  await uncompared();
  const of = (channel: string) => messages.said.filter((one) => one.channel === channel);
  // The same happenings in both channels.
  const happenings = Array.from({ length: 240 }, (_, n) => ({
    message: Math.floor(next() * 12),
    user: next() < 0.5 ? ana.id : ben.id,
    what: (['reaction_added', 'reaction_removed', 'edit'] as const)[Math.floor(next() * 2.5)] ?? 'edit',
    at: `${hour + n * 15}.${String(n).padStart(6, '0')}`,
  }));
  const eventOf = (channel: string, { message, user, what, at }: (typeof happenings)[number]) => {
    const ts = of(channel)[message]?.ts ?? '';
    if (what !== 'edit') return reaction(channel, ts, what, user, at);
    const changed = { ts, user: ben.id, text: `Edited at ${at}`, edited: { ts: at, user: ben.id } };
    return { type: 'message', subtype: 'message_changed', channel, event_ts: at, ts: at, message: changed };
  };
  for (const one of happenings) await deliver([eventOf(ordered, one)]);
  await finished();
  const twice = [...happenings, ...happenings, ...happenings.filter(() => next() < 0.5)];
  await deliver(shuffled(twice, next).map((one) => eventOf(wild, one)));
  await finished();
  // Which people's reactions stand, and so which lines: whatever came when.
  const state = async (channel: string) => {
    const lines = await rows.sql<{ ts: string; active: boolean }>(
      `SELECT "messageTs" AS ts, "retractedAt" IS NULL AS active FROM "Entry" WHERE "channelId" = $1 AND source = 'reaction'`,
      [channel],
    );
    const held = await rows.sql<{ ts: string; userId: string; present: boolean; eventTs: string }>(
      `SELECT "messageTs" AS ts, "userId", present, "eventTs" FROM "Reaction" WHERE "channelId" = $1`,
      [channel],
    );
    const place = (ts: string) => of(channel).findIndex((one) => one.ts === ts);
    return {
      active: lines
        .filter((one) => one.active)
        .map((one) => place(one.ts))
        .sort((a, b) => a - b),
      held: held.map((one) => `${place(one.ts)} ${one.userId} ${one.present} ${one.eventTs}`).sort(),
    };
  };
  const inOrder = await state(ordered);
  expect(inOrder.active.length).toBeGreaterThan(3);
  expect(await state(wild)).toEqual(inOrder);
}, 600_000);
