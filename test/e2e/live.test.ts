import { expect, test } from 'vitest';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, draftOf, eventually, headlineOf, type } from './incident.ts';

const MINUTE = 60_000;
const space = useWorkspace({ people: { ana: 'Europe/Berlin', ben: 'America/New_York' } });
const minute = (at: number): string => new Date(at).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
const cut = (at: number): number => Math.floor(at / MINUTE);

test('a live incident: every figure follows from the messages’ own times and the times people gave', async () => {
  const { ana, ben } = space.people;
  const now = Date.now();
  const at = { report: now - 47 * MINUTE, cause: now - 31 * MINUTE, released: now - 12 * MINUTE };
  const channel = await declare(space, ana, 'sev2 Checkout fails at 62m ago');

  const report = await ben.say(channel, 'Customers cannot pay', { at: at.report });
  await ana.react(channel, report, 'telephone_receiver');
  await captured(ana, channel, 'Customers cannot pay');
  const cause = await ben.say(channel, 'It is the new tax table', { at: at.cause });
  await ben.react(channel, cause, 'pushpin');
  await captured(ben, channel, 'It is the new tax table');

  // The status infers the root cause now; then a person marks the message that proves it.
  await type(ana, channel, '/incident status identified');
  await ben.react(channel, cause, 'dart');
  await eventually('mark on the message', async () =>
    (await ben.sees(channel)).some((one) => one.ephemeral && /Root cause identified/.test(one.shown)),
  );
  const released = await ana.say(channel, 'Old table restored', { at: at.released });
  const modal = await ben.shortcut('add_to_timeline', channel, released);
  expect(await ben.submit(modal, { milestones: ['fix_released'] })).toEqual({ kind: 'closed' });
  await type(
    ana,
    channel,
    '/incident summary From the report to the release it was 35 minutes, the repair took 3 hours.',
  );
  await type(ana, channel, '/incident customers about 500');

  const resolved = await type(ana, channel, '/incident resolve');
  expect(resolved.text).toMatch(/Which instant ended the impact\?/);
  const pressed = await ana.press(resolved, /^end_impact_fix_released/);
  await pressed.visible();

  const { json, markdown } = await draftOf(ana, channel);
  const start = Date.parse(json.impactStart);
  // 62 minutes before the clock at the command, which came within seconds of `now`.
  expect(Math.abs(start - (now - 62 * MINUTE))).toBeLessThan(2 * MINUTE);
  expect(json.impactEnd).toBe(minute(at.released));
  expect(json.impactMinutes).toBe(cut(at.released) - cut(start));
  expect(json.milestones.first_report).toEqual({
    at: minute(at.report),
    minutesFromStart: cut(at.report) - cut(start),
  });
  expect(json.milestones.root_cause_identified.at).toBe(minute(at.cause));
  expect(json.milestones.fix_released.minutesFromStart).toBe(cut(at.released) - cut(start));
  const sources = Object.fromEntries(
    json.milestoneSources.map((one: { milestone: string }) => [one.milestone, one]),
  );
  expect(sources.incident_called.provenance).toBe('inferred');
  expect(sources.root_cause_identified.provenance).toBe('observed');
  expect(sources.impact_started.provenance).toBe('asserted');
  expect(sources.resolved.provenance).toBe('inferred');
  const lines = json.lines.map((line: { text: string }) => line.text);
  expect(lines).not.toContain('Status set to identified');
  const [first, ...rest] = json.timeline.map((one: string) => cut(Date.parse(one)));
  expect(json.minutesSincePrevious).toEqual([
    null,
    ...rest.map((one: number, i: number) => one - [first, ...rest][i]),
  ]);
  expect(json.contradictedFigures).toEqual(['3 hours']);
  expect(markdown).toContain('about 500');
});

test('the channel, the managers and the announcement get what is theirs', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev1 Search is down');
  await eventually('announcement', async () =>
    (await ana.sees(space.announcements)).some((one) => one.shown.includes('Search is down')),
  );
  const headline = await headlineOf(ana, channel, /SEV1 Critical · investigating/);
  await type(ana, channel, '/incident severity 3');
  await type(ana, channel, '/incident lead');
  await type(ana, channel, '/incident resolve');
  const last = await headlineOf(ana, channel, /SEV3 Minor · resolved[\s\S]*@ana/);
  expect(last.ts).toBe(headline.ts);
  await eventually('draft for the managers', async () =>
    (await ana.sees(space.managers)).some((one) => one.shown.includes('Search is down')),
  );
  await eventually('draft for the lead', async () =>
    (await ana.dms()).some((one) => one.shown.includes('Search is down')),
  );
  const file = await eventually('file', async () =>
    (await ana.sees(channel)).flatMap(({ files }) => files).at(-1),
  );
  expect(await ana.download(file)).toContain('Search is down');
});

test('the numbers that an operator watches', async () => {
  const page = await (await fetch(`${space.bot.url}/metrics`)).text();
  expect(page).toMatch(/^debrief_incidents\{severity="SEV\d",status="resolved"\} [1-9]/m);
  expect(page).toMatch(/^debrief_outbox_given_up 0$/m);
  expect(page).toMatch(/^debrief_inbox_parked 0$/m);
  expect(page).toMatch(/^debrief_jobs_failed 0$/m);
});

test('a private incident is told to nobody outside', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'private Payroll leak');
  await type(ana, channel, '/incident resolve');
  await eventually('draft', async () =>
    (await ana.sees(channel)).some((one) => one.shown.includes('Edit on the page')),
  );
  const outside = [...(await ana.sees(space.announcements)), ...(await ana.sees(space.managers))];
  expect(outside.filter((one) => one.shown.includes('Payroll leak'))).toEqual([]);
});

test('taking the reaction away retracts the entry; in a thread it is the reply that counts', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'Mail is late');
  const parent = await ben.say(channel, 'Anything new?');
  const reply = await ben.say(channel, 'The queue has stopped', { threadTs: parent });
  await ana.react(channel, reply, 'pushpin');
  await captured(ana, channel, 'The queue has stopped');
  await ben.react(channel, reply, 'satellite_antenna');
  const before = await eventually('line with its text', async () => {
    const { text } = await type(ana, channel, '/incident timeline');
    return /Detected[\s\S]*The queue has stopped/.test(text) && text;
  });
  expect(before).not.toContain('Anything new?');
  await ben.unreact(channel, reply, 'satellite_antenna');
  await ana.unreact(channel, reply, 'pushpin');
  await eventually('timeline without it', async () => {
    const { text } = await type(ana, channel, '/incident timeline');
    return !text.includes('The queue has stopped') && !text.includes('Detected');
  });
  await eventually('message without the check mark', async () =>
    (await ana.sees(channel)).some((one) => one.ts === reply && one.reactions.length === 0),
  );
});

test('two people, one milestone: the second is told who holds it, and may move it', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'Cache is cold');
  const first = await type(ana, channel, '/incident detected 5m ago Alert fired');
  expect(first.text).toMatch(/Marks: Detected/);
  const second = await type(ben, channel, '/incident detected 9m ago Graph looked odd');
  expect(second.text).toMatch(/\*Detected\* stays where @ana marked it/);
  const moved = await ben.press(second, /^move_mark_detected/);
  await moved.visible();
  expect(moved.text).toMatch(/Marks: Detected/);
  const { text } = await type(ana, channel, '/incident timeline');
  expect(text).toMatch(/\*Detected\*\nGraph looked odd/);
  expect(text).not.toMatch(/\*Detected\*\nAlert fired/);
});
