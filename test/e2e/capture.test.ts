import { expect, test } from 'vitest';
import type { Person, View } from '../../src/demo/gateway/people/person.ts';
import { shownView } from '../../src/demo/gateway/shown.ts';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, eventually, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'UTC', ben: 'Asia/Tokyo' } });

const timeline = async (person: Person, channel: string): Promise<string> =>
  (await type(person, channel, '/incident timeline')).text;

const inTimeline = (person: Person, channel: string, text: string): Promise<string> =>
  eventually(`line “${text}”`, async () => {
    const lines = await timeline(person, channel);
    return lines.includes(text) && lines;
  });

const gone = (person: Person, channel: string, text: string): Promise<unknown> =>
  eventually(`timeline without “${text}”`, async () => !(await timeline(person, channel)).includes(text));

/** The form once the bot has filled it. */
const filled = (view: View): Promise<View> =>
  eventually('messages in the form', async () => {
    const now = space.gateway.view(view.id);
    return now && !shownView(now).includes('Reading the messages') && now;
  });

test('a pin is everybody’s: it makes a line, and whoever unpins takes it away', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Mail is late');
  const ts = await ben.say(channel, 'The queue has stopped');
  await ana.pin(channel, ts);
  await captured(ana, channel, 'The queue has stopped');
  await ana.react(channel, ts, 'satellite_antenna');
  await inTimeline(ana, channel, '*Detected*');
  await ana.unreact(channel, ts, 'satellite_antenna');
  await gone(ana, channel, '*Detected*');
  expect(await timeline(ana, channel)).toContain('The queue has stopped');
  await ben.unpin(channel, ts);
  await gone(ana, channel, 'The queue has stopped');
  // The headline is pinned by the bot: that is no line.
  expect(await timeline(ana, channel)).not.toContain('nobody yet');
});

test('the bot’s own lines lead to their entry and are never one more', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Cache is cold');
  await type(ana, channel, '/incident note Restarted the cache');
  const line = await eventually('line', async () =>
    (await ana.sees(channel)).find((one) => !one.ephemeral && one.shown.includes('Restarted the cache')),
  );
  const headline = await eventually('headline', async () =>
    (await ana.sees(channel)).find((one) => one.shown.includes('[Take the lead]')),
  );
  await ben.react(channel, headline.ts, 'pushpin');
  await ben
    .pin(channel, headline.ts)
    .catch((error: Error) => expect(error.message).toContain('already_pinned'));
  await ben.react(channel, line.ts, 'dart');
  const marked = await inTimeline(ana, channel, '*Root cause identified*');
  expect(marked.match(/Restarted the cache/g)).toHaveLength(1);
  await space.gateway.settled();
  expect((await timeline(ana, channel)).match(/\*#\d+\*/g)).toHaveLength(2);

  const form = await ben.shortcut('add_to_timeline', channel, line.ts);
  expect(shownView(form)).toMatch(/This message is \*#2\* already[\s\S]*"Restarted the cache"/);
  expect(await ben.submit(form, { text: 'Restarted the cache twice' })).toEqual({ kind: 'closed' });
  await inTimeline(ana, channel, 'Restarted the cache twice');
  const refused = await ben.shortcut('add_to_timeline', channel, headline.ts);
  expect(shownView(refused)).toContain('This is a message of mine');
});

test('several messages at once: the first five are chosen, each has its own time, none comes twice', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Search is slow');
  const start = Date.now() - 30 * 60_000;
  const said: string[] = [];
  for (let n = 1; n <= 12; n++)
    said.push(await (n % 2 ? ana : ben).say(channel, `Step ${n} & on`, { at: start + n * 60_000 }));
  await ana.react(channel, said[3] ?? '', 'pushpin');
  await inTimeline(ana, channel, 'Step 4');
  const form = await filled(await ana.shortcut('add_run_to_timeline', channel, said[1] ?? ''));
  const shown = shownView(form);
  expect(shown).toMatch(/\(x\) Step 2 & on {2}\(x\) Step 3/);
  expect(shown.match(/\(x\)/g)).toHaveLength(5);
  expect(shown).not.toMatch(/Step 1 |Step 4 |Step 12/);
  expect(shown).toContain('On the timeline already: #');
  const chosen = [1, 2, 10].map((index) => said[index] ?? '');
  const [done, other] = await Promise.all([
    ana.submit(form, { messages: chosen }),
    (async () => {
      const theirs = await filled(await ben.shortcut('add_run_to_timeline', channel, said[1] ?? ''));
      return ben.submit(theirs);
    })(),
  ]);
  expect(done).toMatchObject({ kind: 'updated' });
  expect(other).toMatchObject({ kind: 'updated' });
  const lines = await inTimeline(ana, channel, 'Step 11');
  for (const n of [2, 3, 5, 6, 7, 11]) expect(lines.split(`Step ${n} &`), `Step ${n}`).toHaveLength(2);
  expect(lines).toMatch(/Step 2 [\s\S]*\(\+1 min\)\nStep 3/);

  const elsewhere = await ana.say(space.incidents, 'Lunch?');
  const nothing = await ana.shortcut('add_run_to_timeline', space.incidents, elsewhere);
  await eventually('refusal', async () =>
    shownView(space.gateway.view(nothing.id) ?? {}).includes('not an incident’s channel'),
  );
});

test('replies from one on, in their thread', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Login loops');
  const parent = await ben.say(channel, 'Anything new?');
  const first = await ana.say(channel, 'Cookies are too long', { threadTs: parent });
  await ben.say(channel, 'Shortened them', { threadTs: parent });
  await ben.say(channel, 'Off topic');
  const form = await filled(await ana.shortcut('add_run_to_timeline', channel, first));
  expect(shownView(form)).toMatch(/Cookies are too long.*Shortened them/s);
  expect(shownView(form)).not.toMatch(/Anything new|Off topic/);
});

test('what an app writes in attachments is a line', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Disk is full');
  const attachments = [{ title: 'Disk of db-1', title_link: 'https://m.example/db-1', text: 'is at 99 %' }];
  const ts = await ben.say(channel, '', { attachments });
  await ana.react(channel, ts, 'pushpin');
  await inTimeline(ana, channel, 'is at 99 %');
  const form = await ana.shortcut('add_to_timeline', channel, ts);
  expect(shownView(form)).toContain('Disk of db-1');
});
