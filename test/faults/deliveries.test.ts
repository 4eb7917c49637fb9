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

const reaction = (
  channel: string,
  ts: string,
  type: string,
  user: string,
  event_ts: string,
  emoji = 'pushpin',
) => ({
  type,
  user,
  reaction: emoji,
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

test('an hour of reactions, milestones, edits and deletions, shuffled and delivered two or three times, ends as in order', async () => {
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
  // Each message is a line with its words before the hour begins: these edits are not in Slack's history.
  const first = messages.said.map(({ channel, ts }) =>
    reaction(channel, ts, 'reaction_added', ana.id, `${hour - 15}.000000`),
  );
  await deliver(first);
  await finished();
  await Promise.all(['Quietly ordered', 'Wildly shuffled'].map((title) => rows.laneIdle(title)));
  // The same happenings in both channels.
  const oneOf = <T>(things: readonly [T, ...T[]]): T =>
    things[Math.floor(next() * things.length)] ?? things[0];
  const timeOf = (n: number) => `${hour + n * 15}.${String(n).padStart(6, '0')}`;
  const happenings: { message: number; user: string; what: string; emoji: string; at: string }[] = [
    ...Array.from({ length: 237 }, (_, n) => ({
      message: Math.floor(next() * 12),
      user: oneOf([ana.id, ben.id]),
      what: oneOf(['reaction_added', 'reaction_added', 'reaction_removed', 'reaction_removed', 'edit']),
      emoji: oneOf(['pushpin', 'pushpin', 'dart', 'satellite_antenna']),
      at: timeOf(n),
    })),
    ...[237, 238, 239].map((n) => ({
      message: n - 237,
      user: ben.id,
      what: 'deletion',
      emoji: '',
      at: timeOf(n),
    })),
  ];
  const eventOf = (channel: string, { message, user, what, emoji, at }: (typeof happenings)[number]) => {
    const ts = of(channel)[message]?.ts ?? '';
    if (emoji !== '' && what !== 'edit') return reaction(channel, ts, what, user, at, emoji);
    const event = { type: 'message', channel, event_ts: at, ts: at };
    if (what === 'deletion') return { ...event, subtype: 'message_deleted', deleted_ts: ts };
    const edited = { ts: at, user: ben.id };
    const changed = { ts, user: ben.id, text: `Edited at ${at}`, edited };
    return { ...event, subtype: 'message_changed', message: changed };
  };
  for (const one of happenings) await deliver([eventOf(ordered, one)]);
  await finished();
  const twice = [...happenings, ...happenings, ...happenings.filter(() => next() < 0.5)];
  await deliver(shuffled(twice, next).map((one) => eventOf(wild, one)));
  await finished();
  // What is on record of each message: whatever came when.
  const state = async (channel: string) => {
    const place = (ts: string) => of(channel).findIndex((one) => one.ts === ts);
    const about = async (sql: string) => {
      const found = await rows.sql<{ ts: string }>(sql, [channel]);
      return found.map(({ ts, ...one }) => `${place(ts)} ${JSON.stringify(one)}`).sort();
    };
    return {
      lines: await about(`SELECT "messageTs" AS ts, text, "messageChange", "messageGoneAt",
        "retractedAt" IS NULL AS active FROM "Entry" WHERE "channelId" = $1 AND source = 'reaction'`),
      marks: await about(`SELECT "messageTs" AS ts, milestone, provenance, "byReaction" FROM "Mark" m
        JOIN "Entry" e ON e.id = m."entryId" WHERE e."channelId" = $1 AND "retiredAt" IS NULL`),
      held: await about(`SELECT "messageTs" AS ts, emoji, "userId", present, "eventTs" FROM "Reaction"
        WHERE "channelId" = $1`),
    };
  };
  const inOrder = await state(ordered);
  const { lines, marks } = inOrder;
  expect(lines).toHaveLength(12);
  expect(lines.filter((one) => one.includes('"active":true')).length).toBeGreaterThan(3);
  expect(lines.filter((one) => one.includes('"messageGoneAt":null'))).toHaveLength(9);
  expect(marks.length).toBeGreaterThan(0);
  for (const [n] of of(ordered).entries()) {
    const edit = happenings.findLast((one) => one.message === n && one.what === 'edit');
    if (edit) expect(lines.join('\n')).toContain(`Edited at ${edit.at}`);
  }
  expect(await state(wild)).toEqual(inOrder);
}, 600_000);
