import { expect, test } from 'vitest';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, draftOf, eventually, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'Europe/Berlin', ben: 'America/New_York' } });

const shows = (person: Person, channel: string, what: RegExp) =>
  eventually(`message that shows ${what}`, async () =>
    (await person.sees(channel)).find((one) => what.test(one.shown)),
  );

/** The number of a channel's incident. */
const numberIn = async (person: Person, channel: string): Promise<string> =>
  /INC-(\d+)/.exec((await shows(person, channel, /\*Declared\*/)).shown)?.[1] ?? '';

test('merging: lines move with their links, colliding marks are named, both channels are told', async () => {
  const { ana, ben } = space.people;
  const target = await declare(space, ana, 'sev1 Checkout fails at 40m ago');
  const source = await declare(space, ben, 'sev2 Payments time out at 50m ago');
  const [into, from] = [await numberIn(ana, target), await numberIn(ben, source)];
  const ts = await ben.say(source, 'The gateway answers 504', { at: Date.now() - 30 * 60_000 });
  await ben.react(source, ts, 'satellite_antenna');
  await captured(ben, source, 'The gateway answers 504');
  await eventually('text of the line', async () =>
    (await type(ben, source, '/incident timeline')).text.includes('504'),
  );

  const merged = await type(ben, source, `/incident merge INC-${into}`);
  expect(merged.text).toMatch(new RegExp(`INC-${from}\\* is merged into \\*INC-${into}\\*.*Lines moved: 3`));
  expect(merged.text).toMatch(/left as they are there: .*Impact started/);
  await shows(ben, source, new RegExp(`This incident was merged into \\*INC-${into} Checkout fails\\*`));
  await shows(
    ana,
    target,
    new RegExp(`INC-${from} Payments time out.*was merged into this incident: 3 lines`),
  );
  await shows(ben, source, new RegExp(`merged[\\s\\S]*Merged into INC-${into}`));
  await eventually('ben in the other channel', async () =>
    (await ben.channels()).some(({ id }) => id === target),
  );

  const timeline = (await type(ana, target, '/incident timeline')).text;
  expect(timeline).toMatch(
    new RegExp(`\\(was INC-${from} #\\d\\) .*\\*Detected\\*\\nThe gateway answers 504`),
  );
  const refused = await type(ben, source, '/incident note Still down for some');
  expect(refused.text).toMatch(new RegExp(`merged into INC-${into}[\\s\\S]*Still down for some`));
  expect((await type(ben, source, `/incident merge INC-${into}`)).text).toMatch(
    /was merged into INC-\d+ and goes on there/,
  );
  expect((await type(ana, target, `/incident merge INC-${from}`)).text).toMatch(/canceled or merged itself/);
  expect((await type(ana, target, '/incident merge')).text).toMatch(/Missing: number of the other incident/);

  await type(ana, target, '/incident resolve');
  const { json, markdown } = await draftOf(ana, target);
  const line = json.lines.find((one: { text: string }) => one.text === 'The gateway answers 504');
  expect(line).toMatchObject({ author: 'ben', capturedBy: 'ben' });
  expect(line.permalink).toContain(source);
  expect(markdown).toContain(`(was INC-${from} #`);
});

test('the channel of a merged incident still reaches the right timeline', async () => {
  const { ana, ben } = space.people;
  const target = await declare(space, ana, 'Uploads fail');
  const source = await declare(space, ben, 'Thumbnails are grey');
  await ana.join(source);
  const [into, from] = [await numberIn(ana, target), await numberIn(ben, source)];
  await type(ben, source, '/incident note Bucket is full');
  await shows(ben, source, /#2.*\nBucket is full/);
  await type(ben, source, `/incident merge INC-${into}`);
  // The bot's own line says its new number.
  await shows(ben, source, new RegExp(`INC-${into} #3.*\\nBucket is full[\\s\\S]*was INC-${from} #2`));

  const ts = await ben.say(source, 'Quota was 5 TB');
  await Promise.all([ana.react(source, ts, 'pushpin'), ben.react(source, ts, 'dart')]);
  await shows(ben, source, new RegExp(`#\\d+\\W* on the timeline of INC-${into}: [\\s\\S]*Quota was 5 TB`));
  const timeline = async () => (await type(ana, target, '/incident timeline')).text;
  await eventually('the line', async () =>
    (await timeline()).includes('*Root cause identified*\nQuota was 5 TB'),
  );
  await ben.edit(source, ts, 'Quota was 50 TB');
  await eventually('the edit', async () => (await timeline()).includes('Quota was 50 TB'));
  await Promise.all([ana.unreact(source, ts, 'pushpin'), ben.unreact(source, ts, 'dart')]);
  await eventually('no line', async () => !(await timeline()).includes('Quota was'));

  expect((await type(ben, source, '/incident time #2 14:05')).text).toMatch(
    new RegExp(`merged into INC-${into}`),
  );
  expect((await type(ben, source, '/incident timeline')).text).toMatch(
    new RegExp(`Timeline of INC-${into}[\\s\\S]*Bucket is full`),
  );
});

test('two merges the other way round at once: one is done, the other is told', async () => {
  const { ana, ben } = space.people;
  const one = await declare(space, ana, 'Disk full on db1');
  const other = await declare(space, ben, 'Replica lag grows');
  const [first, second] = [await numberIn(ana, one), await numberIn(ben, other)];
  const replies = await Promise.all([
    type(ana, one, `/incident merge INC-${second}`),
    type(ben, other, `/incident merge INC-${first}`),
  ]);
  const texts = replies.map(({ text }) => text);
  expect(texts.filter((text) => /is merged into/.test(text))).toHaveLength(1);
  expect(texts.filter((text) => /was merged into|canceled or merged itself/.test(text))).toHaveLength(1);
});

test('related incidents stand on both headlines; a private one on neither', async () => {
  const { ana, ben } = space.people;
  const one = await declare(space, ana, 'Search index stale');
  const other = await declare(space, ana, 'Crawler stopped');
  const hidden = await declare(space, ana, 'private Leaked token');
  const [first, second, third] = [
    await numberIn(ana, one),
    await numberIn(ana, other),
    await numberIn(ana, hidden),
  ];
  expect((await type(ana, one, `/incident relate ${second}`)).text).toMatch(/are related now/);
  await shows(ana, one, new RegExp(`Related: INC-${second} Crawler stopped`));
  await shows(ana, other, new RegExp(`Related: INC-${first} Search index stale`));
  expect((await type(ana, one, `/incident relate INC-${third}`)).text).toMatch(/one of them is private/);
  expect((await type(ben, one, `/incident relate INC-${third}`)).text).toMatch(/There is no INC-/);
  await type(ana, hidden, `/incident relate INC-${first}`);
  await shows(ana, hidden, new RegExp(`Related: INC-${first}`));
  expect((await shows(ana, one, /Related:/)).shown).not.toContain('Leaked');
});

test('canceled with a reason, which the headline shows until it is reopened', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'Graph looks odd');
  await ben.join(channel);
  const both = await Promise.all([
    type(ana, channel, '/incident cancel The *sensor* was unplugged'),
    type(ben, channel, '/incident cancel Not real'),
  ]);
  expect(both.filter(({ text }) => /is canceled\./.test(text))).toHaveLength(1);
  expect(both.filter(({ text }) => /is canceled \(by @(ana|ben), /.test(text))).toHaveLength(1);
  await shows(ana, channel, /canceled[\s\S]*Reason: (The \*sensor\* was unplugged|Not real)/);
  await type(ana, channel, '/incident reopen');
  const again = await shows(ana, channel, /investigating[\s\S]*\*Declared\*/);
  expect(again.shown).not.toContain('Reason:');
});
