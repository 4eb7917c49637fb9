import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/gateway/faults.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, draftOf, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'UTC', ben: 'UTC' }, roles: ['all', 'all'] });
const rows = useDatabaseOf(space);

/** Everything that the bot writes to Slack in the life of an incident. */
const WRITES = [
  'conversations.create',
  'conversations.setTopic',
  'conversations.invite',
  'chat.postMessage',
  'chat.update',
  'pins.add',
  'reactions.add',
  'chat.postEphemeral',
  'conversations.open',
  'files.getUploadURLExternal',
  'upload',
  'files.completeUploadExternal',
];

// A page of HTML: npm run test:faults -- outages.
const FAULTS: [string, Fault][] = [
  ['answers 429 and says when', { retryAfter: 1 }],
  ['answers 500', { status: 500 }],
  ['breaks the connection after doing what was asked', { resetAfterAccept: true }],
];

describe.each(FAULTS)('Slack %s', (what, fault) => {
  test('at each of the bot’s writes: every message appears once, and the incident comes to its end', async () => {
    await live(`Payments ${FAULTS.findIndex(([one]) => one === what)}`, fault, WRITES, []);
  });
});

// A call ends after ten seconds: three of them are enough.
test('Slack does not answer: the same', async () => {
  const late = ['chat.postMessage', 'files.completeUploadExternal'];
  await live('Payments hang', { hang: true }, ['conversations.create', ...late], late);
});

/** Each of `methods` goes wrong once; those of `late` not before the channel is there. */
async function live(title: string, fault: Fault, methods: string[], late: string[]): Promise<void> {
  const { ana, ben } = space.people;
  const before = space.gateway.calls.length;
  for (const method of methods.filter((one) => !late.includes(one)))
    space.gateway.fail(method, { ...fault, times: 1 });
  const channel = await declare(space, ana, `sev2 ${title}`);
  for (const method of late) space.gateway.fail(method, { ...fault, times: 1 });
  const report = await ben.say(channel, 'Customers cannot pay');
  await ben.react(channel, report, 'telephone_receiver');
  await captured(ben, channel, 'Customers cannot pay');
  await type(ana, channel, '/incident note Rolled back');
  await type(ana, channel, '/incident severity 3');
  await type(ana, channel, '/incident resolve');
  const { markdown } = await draftOf(ana, channel);
  expect(markdown).toContain('Rolled back');
  await rows.laneIdle(title);
  space.gateway.mend();

  const calls = space.gateway.calls.slice(before);
  const met = calls.filter((call) => call.fault !== undefined).map((call) => call.method);
  expect(methods.filter((method) => !met.includes(method))).toEqual([]);
  expect(await rows.givenUp(title)).toEqual([]);
  // What Slack took: each step's message once, whatever became of the answer.
  const posted = calls.filter((call) => call.method === 'chat.postMessage' && call.ok);
  const operations = posted.map(({ args }) => JSON.stringify(args.metadata));
  expect(operations.filter((one, index) => operations.indexOf(one) !== index)).toEqual([]);
  const seen = (await ana.sees(channel)).filter((one) => !one.ephemeral);
  expect(seen.filter((one) => /^.{0,10}Rolled back/m.test(one.shown)).length, 'line of the note').toBe(1);
  expect(seen.flatMap((one) => one.files).length, 'file').toBe(1);
  const announced = (await ana.sees(space.announcements)).filter((one) => one.shown.includes(title));
  expect(announced.length, 'announcement').toBe(1);
  const name = title.toLowerCase().replace(' ', '-');
  const channels = (await space.gateway.channels()).filter((one) => one.name.includes(name));
  expect(channels.length, 'channel').toBe(1);
  const marks = seen.find((one) => one.ts === report)?.reactions ?? [];
  expect(marks.map((one) => one.name)).toContain('white_check_mark');
  const timeline = await type(ana, channel, '/incident timeline');
  expect(timeline.text).toContain('Customers cannot pay');
}
