import { expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, isHeadline, type } from './incident.ts';

const space = useWorkspace({ process: true, people: { ana: 'UTC', ben: 'UTC' } });
const rows = useDatabaseOf(space);
const NOTES = Number(process.env.DEBRIEF_BURST ?? 30);
const SECOND = 1000;

test('a burst of notes: each appears once, in order, at Slack’s pace, under one headline', async () => {
  const { ana, ben } = space.people;
  const title = 'Burst';
  const channel = await declare(space, ana, title);
  await rows.laneIdle(title);
  const before = space.gateway.calls.length;
  const people = [ana, ben];
  await Promise.all(
    Array.from({ length: NOTES }, (_, n) =>
      type(people[n % 2] ?? ana, channel, `/incident note Step <${n}>.`),
    ),
  );
  // One of each form in which Slack says that it was too much, and one that it took without an answer.
  for (const fault of [
    { retryAfter: 3 },
    { status: 429 },
    { error: 'ratelimited' },
    { resetAfterAccept: true },
  ])
    space.gateway.fail('chat.postMessage', fault);
  await rows.laneIdle(title);
  expect(await rows.givenUp(title)).toEqual([]);
  // A slow machine answers some with “was not stored”.
  const stored = (await rows.sql(`SELECT 1 FROM "Entry" WHERE text LIKE 'Step %'`)).length;
  expect(stored).toBeGreaterThan(NOTES / 2);

  const seen = (await ana.sees(channel)).filter((one) => !one.ephemeral);
  const lines = seen.flatMap((one) => /#(\d+)[\s\S]*Step <(\d+)>\./.exec(one.shown) ?? []);
  const numbers = seen.flatMap((one) =>
    /Step <\d+>\./.test(one.shown) ? [/#(\d+)/.exec(one.shown)?.[1]] : [],
  );
  expect(lines.length).toBe(stored * 3);
  expect(numbers.map(Number)).toEqual(numbers.map(Number).sort((a, b) => a - b));
  expect(new Set(numbers).size).toBe(stored);

  const calls = space.gateway.calls.slice(before);
  const posts = calls.filter((one) => one.method === 'chat.postMessage' && one.args.channel === channel);
  const refused = posts.filter((one) => one.fault && one.error !== undefined);
  const waits = refused.map((one) => (posts[posts.indexOf(one) + 1]?.at ?? 0) - one.at);
  // What Slack said, and ten seconds where it did not say.
  for (const [n, least] of [3, 10, 10].entries()) expect(waits[n]).toBeGreaterThanOrEqual(least * SECOND);
  // Four at once, then one a second.
  for (const [n, { at }] of posts.entries()) {
    const within = posts.slice(n).filter((one) => one.at < at + 10 * SECOND);
    expect(within.length, `posts in the ten seconds from number ${n}`).toBeLessThanOrEqual(14);
  }

  const headline = seen.find(isHeadline)?.ts;
  const drawn = calls.filter((one) => one.method === 'chat.update' && one.args.ts === headline);
  expect(drawn.length).toBeGreaterThan(0);
  expect(drawn.length).toBeLessThan(NOTES / 4);
});
