import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import type { SeenMessage } from '../../src/demo/gateway/people/reply.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, headlineOf, isHeadline, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'Europe/Berlin', ben: 'America/New_York' } });

const formOf = async (person: Person, headline: SeenMessage, button: string) => {
  const reply = await person.press(headline, button);
  return eventually(`form of ${button}`, async () => reply.view);
};

const joined = async (person: Person, channel: string) => {
  await person.join(channel);
  return channel;
};

const both = async (line: string) => joined(space.people.ben, await declare(space, space.people.ana, line));

test('two people take the lead at once: one leads, the other is told who and when', async () => {
  const { ana, ben } = space.people;
  const channel = await both('sev1 Checkout fails');
  const headline = await headlineOf(ana, channel);
  const pressed = await Promise.all([
    ana.press(headline, 'Take the lead'),
    ben.press(headline, 'Take the lead'),
  ]);
  const answers = await Promise.all(pressed.map(async (reply) => (await reply.visible()).text));
  expect(answers.filter((one) => /You lead INC-/.test(one))).toHaveLength(1);
  const [other = ''] = answers.filter((one) => !/You lead/.test(one));
  expect(other).toMatch(/@(ana|ben) leads already \(by @(ana|ben), .*UTC.*\). Nothing was changed/);
  const lead = /You lead/.test(answers[0] ?? '') ? 'ana' : 'ben';
  const after = await headlineOf(ana, channel, new RegExp(`\\*Lead\\*\\s+@${lead}`));
  expect(after.shown).not.toContain('[Take the lead]');
  await eventually('the channel is told', async () =>
    (await ben.sees(channel)).some((one) => one.shown.includes(`@${lead} leads now.`)),
  );
});

test('a note and a milestone from the headline, with a time and without', async () => {
  const { ana, ben } = space.people;
  const channel = await both('Search is down');
  const headline = await headlineOf(ben, channel);
  const noteForm = await formOf(ben, headline, 'Add a note');
  expect(await ben.submit(noteForm, { text: 'Restarted at 14:05 all nodes', time: '25:61' })).toMatchObject({
    kind: 'errors',
    byClient: false,
    errors: { time: expect.stringContaining('25:61') },
  });
  expect(await ben.submit(noteForm, { time: '12m ago' })).toEqual({ kind: 'closed' });
  const milestone = await formOf(ana, headline, 'Mark a milestone');
  expect(
    await ana.submit(milestone, { milestone: 'detected', time: '20m ago', text: 'Alert fired' }),
  ).toEqual({
    kind: 'closed',
  });
  // Held by ana: ben's line is stored, the mark moves only when he says so.
  const second = await formOf(ben, headline, 'Mark a milestone');
  const held = await ben.submit(second, { milestone: 'detected', time: '25m ago' });
  if (held.kind !== 'updated') throw new Error(JSON.stringify(held));
  const timeline = async () => (await type(ana, channel, '/incident timeline')).text;
  expect(await timeline()).toMatch(/\*Detected\*\nAlert fired/);
  await ben.press(held.view, /^move_mark_detected/);
  await eventually('the mark moved', async () => !/\*Detected\*\nAlert fired/.test(await timeline()));
  // The text of the form is not searched for a time.
  expect(await timeline()).toContain('Restarted at 14:05 all nodes');
  // Marked resolved, the incident is still open: whoever marked it is asked whether to close it.
  const third = await formOf(ben, headline, 'Mark a milestone');
  expect(await ben.submit(third, { milestone: 'resolved', time: '2m ago' })).toEqual({ kind: 'closed' });
  const offered = await eventually('offer', async () =>
    ben.asides(channel).find(({ shown }) => shown.includes('Close it too?')),
  );
  await ben.press(offered, 'close_incident');
  await headlineOf(ana, channel, /· resolved/);
});

test('status and severity in one form; who comes second is told, and nothing of it is changed', async () => {
  const { ana, ben } = space.people;
  const channel = await both('sev3 Mail is late');
  const headline = await headlineOf(ana, channel);
  const [first, second] = await Promise.all([
    formOf(ana, headline, 'Status and severity'),
    formOf(ben, headline, 'Status and severity'),
  ]);
  expect(
    await ana.submit(first, { status: 'identified', severity: 'SEV1', reason: 'Billing mails too' }),
  ).toEqual({ kind: 'closed' });
  const told = await ben.submit(second, { severity: 'SEV2', reason: 'Many complaints' });
  if (told.kind !== 'updated') throw new Error(JSON.stringify(told));
  const words = JSON.stringify(told.view.blocks);
  expect(words).toMatch(new RegExp(`The status is identified already \\(by <@${ana.id}>`));
  expect(words).toContain('Many complaints');
  await headlineOf(ana, channel, /SEV1 Critical · identified/);
  await type(ana, channel, '/incident severity sev2: only some');
  await type(ana, channel, '/incident resolve');
  const { markdown } = await draftOf(ana, channel);
  expect(markdown).toMatch(/Severity SEV3 Minor → SEV1 Critical: Billing mails too/);
  expect(markdown).toMatch(/Severity SEV1 Critical → SEV2 Major: only some/);
});

test('resolving by the form asks when the impact ended; a second time it says who resolved', async () => {
  const { ana, ben } = space.people;
  const channel = await both('Cache is cold at 40m ago');
  const headline = await headlineOf(ana, channel);
  const early = await formOf(ben, headline, 'Resolve');
  await type(ana, channel, '/incident fix-released 15m ago Cache warmed');
  await type(ana, channel, '/incident mitigated 20m ago Load shed');
  const form = await formOf(ana, headline, 'Resolve');
  const choices = JSON.stringify(form.blocks);
  expect(choices).toMatch(/Fix released · [^"]*UTC/);
  const entryId = /"value":"([0-9a-f-]{36})"/.exec(choices.slice(0, choices.indexOf('Mitigated')))?.[1] ?? '';
  expect(await ana.submit(form, { end: entryId })).toEqual({ kind: 'closed' });
  const { json } = await draftOf(ana, channel);
  expect(json.impactMinutes).toBe(25);
  const late = await ben.submit(early, { time: '5m ago' });
  if (late.kind !== 'updated') throw new Error(JSON.stringify(late));
  expect(JSON.stringify(late.view.blocks)).toMatch(
    new RegExp(`is resolved \\(by <@${ana.id}>[\\s\\S]*reopen[\\s\\S]*5m ago`),
  );
  expect((await headlineOf(ana, channel, /resolved/)).shown).not.toContain('[Add a note]');
});

test('roles: joining by button, handing over by command, on the headline and in the draft', async () => {
  const { ana, ben } = space.people;
  const channel = await both('Login loops');
  const headline = await headlineOf(ana, channel);
  const pressed = await Promise.all([
    ana.press(headline, 'Join as scribe'),
    ben.press(headline, 'Join as scribe'),
  ]);
  const answers = await Promise.all(pressed.map(async (reply) => (await reply.visible()).text));
  expect(answers.filter((one) => /You are \*scribe\*/.test(one))).toHaveLength(1);
  expect(answers.filter((one) => /is scribe already \(by @/.test(one))).toHaveLength(1);
  const [holder, next] = /You are/.test(answers[0] ?? '') ? [ana, ben] : [ben, ana];
  const handed = await type(holder, channel, `/incident role scribe @${next.name}`);
  expect(handed.text).toContain(`@${next.name} is *scribe* of INC-`);
  await eventually('the channel is told', async () =>
    (await ben.sees(channel)).some((one) =>
      one.shown.includes(`@${next.name} is scribe now (before: @${holder.name})`),
    ),
  );
  expect((await type(ana, channel, '/incident timeline')).text).toMatch(/#\d+[\s\S]*is scribe now \(before/);
  const shown = await headlineOf(ana, channel, new RegExp(`scribe: @${next.name}`));
  expect(shown.shown).not.toContain('[Join as scribe]');
  expect(shown.shown).toContain('[Join as communications]');
  expect((await type(ana, channel, '/incident role pilot @ben')).text).toMatch(
    /`pilot` is no role[\s\S]*lead, communications, scribe/,
  );
  expect((await type(ana, channel, `/incident role scribe @${next.name}`)).text).toMatch(/already/);
  await type(ana, channel, '/incident role lead @ben');
  await headlineOf(ana, channel, /\*Lead\*\s+@ben/);
  await type(ana, channel, '/incident resolve');
  const { markdown } = await draftOf(ana, channel);
  expect(markdown).toMatch(new RegExp(`${next.name} is scribe \\(before: ${holder.name}\\)`));
});

test('a deleted headline is posted and pinned anew; the bookmarks follow it and the draft', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Uploads hang');
  const old = await headlineOf(ana, channel);
  const slack = new WebClient(space.gateway.workspace.botToken, { slackApiUrl: space.gateway.apiUrl });
  const bookmarks = async () => (await slack.bookmarks.list({ channel_id: channel })).bookmarks ?? [];
  const linked = (ts: string) => ts.replace('.', '');
  await eventually('bookmark of the headline', async () =>
    (await bookmarks()).some((one) => one.title === 'Headline' && one.link?.includes(linked(old.ts))),
  );
  await slack.chat.delete({ channel, ts: old.ts });
  const fresh = await eventually('a new headline', async () =>
    (await ana.sees(channel)).find((one) => isHeadline(one) && one.ts !== old.ts),
  );
  await eventually('its bookmark', async () =>
    (await bookmarks()).some((one) => one.link?.includes(linked(fresh.ts))),
  );
  await type(ana, channel, '/incident resolve');
  await eventually('bookmark of the draft', async () => (await bookmarks()).length === 2);
  const pinned = space.gateway.calls.findLast((call) => call.method === 'pins.add');
  expect(pinned?.args).toMatchObject({ channel, timestamp: fresh.ts });
  expect((await ana.sees(channel)).filter(isHeadline)).toHaveLength(1);
});

test('the tracker stands on the headline and as a bookmark, moves and goes with it', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Webhooks are late');
  const slack = new WebClient(space.gateway.workspace.botToken, { slackApiUrl: space.gateway.apiUrl });
  const trackers = async () =>
    ((await slack.bookmarks.list({ channel_id: channel })).bookmarks ?? [])
      .filter(({ title }) => title === 'Tracker')
      .map(({ link }) => link);
  const leads = (what: string, to: string[]) =>
    eventually(what, async () => String(await trackers()) === String(to));
  const refused = await type(ana, channel, '/incident tracker OPS-7');
  expect(refused.text).toMatch(/no address that begins with[\s\S]*\/incident tracker OPS-7/);
  await type(ana, channel, '/incident tracker https://t.example/OPS-7?a=1&b=2');
  await headlineOf(ana, channel, /\*Tracker\*[\s\S]*t\.example\/OPS-7/);
  await leads('bookmark', ['https://t.example/OPS-7?a=1&b=2']);
  await type(ana, channel, '/incident tracker https://t.example/OPS-8');
  await headlineOf(ana, channel, /t\.example\/OPS-8/);
  await leads('moved bookmark', ['https://t.example/OPS-8']);
  expect((await type(ana, channel, '/incident tracker')).text).toContain('t.example/OPS-8');
  await type(ana, channel, '/incident tracker none');
  await headlineOf(ana, channel, /^(?![\s\S]*Tracker)/);
  await leads('end of the bookmark', []);
});

test('where Slack refuses bookmarks the channel is told once, and the rest goes on', async () => {
  const { ana } = space.people;
  space.gateway.fail('bookmarks.list', { error: 'missing_scope' });
  const channel = await declare(space, ana, 'Exports are empty');
  const told = await eventually('words', async () =>
    (await ana.sees(channel)).find((one) =>
      one.shown.includes('did not let me set this channel’s bookmarks'),
    ),
  );
  expect(told.shown).toContain('missing_scope');
  space.gateway.mend();
  await type(ana, channel, '/incident resolve');
  await draftOf(ana, channel);
});
