import { expect, test } from 'vitest';
import type { Fault } from '../../src/demo/gateway/faults.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, eventually, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'UTC' } });
const rows = useDatabaseOf(space);

// Slack takes the bot's reaction and does not say so, or does not take it at first.
const FAULTS: [string, Fault][] = [
  ['is late', { hang: 3000 }],
  ['is told twice', { resetAfterAccept: true }],
  ['is refused at first', { status: 503 }],
];

test.each(FAULTS)('the check mark %s: it stands when the line stands, and only then', async (what, fault) => {
  const { ana } = space.people;
  const title = `Checkout ${what}`;
  const channel = await declare(space, ana, title);
  await rows.laneIdle(title);
  const ts = await ana.say(channel, 'Payments fail');
  const marked = async () => {
    await space.gateway.settled();
    await rows.laneIdle(title);
    const message = (await ana.sees(channel)).find((one) => one.ts === ts);
    return (message?.reactions ?? []).some(({ name }) => name === 'white_check_mark');
  };
  const stands = async () => (await type(ana, channel, '/incident timeline')).text.includes('Payments fail');
  space.gateway.fail('reactions.add', fault);
  await ana.react(channel, ts, 'pushpin');
  await ana.unreact(channel, ts, 'pushpin');
  await space.gateway.settled();
  // Whichever of the two came first.
  await eventually('end of what came in', async () => {
    const open = await rows.sql('SELECT 1 FROM "Inbox" WHERE "doneAt" IS NULL');
    return open.length === 0;
  });
  expect(await marked()).toBe(false);
  expect(await stands()).toBe(false);
  space.gateway.fail('reactions.add', fault);
  await ana.react(channel, ts, 'pushpin');
  await ana.unreact(channel, ts, 'pushpin');
  await ana.react(channel, ts, 'pushpin');
  await eventually('line', stands);
  expect(await marked()).toBe(true);
  expect(await rows.givenUp(title)).toEqual([]);
  space.gateway.mend();
});
