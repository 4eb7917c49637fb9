import { expect, test } from 'vitest';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { shownView } from '../../src/demo/gateway/shown.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, sendToReview, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'UTC', ben: 'Asia/Tokyo', cleo: 'UTC' } });

const request = (person: Person, shows: RegExp) =>
  eventually(`request that shows ${shows}`, async () =>
    (await person.dms()).findLast((one) => one.shown.includes('asks you to review') && shows.test(one.shown)),
  );
const heard = (person: Person, channel: string, shows: RegExp) =>
  eventually(`message that shows ${shows}`, async () =>
    (await person.sees(channel)).findLast((one) => shows.test(one.shown)),
  );
const toldBy = (person: Person, shows: RegExp) =>
  eventually(`direct message that shows ${shows}`, async () =>
    (await person.dms()).findLast((one) => shows.test(one.shown)),
  );

test('a draft is sent, changes are asked for, it is sent again, approved by both and published', async () => {
  const { ana, ben, cleo } = space.people;
  const channel = await declare(space, ana, 'sev2 Invoices are empty');
  await type(ana, channel, '/incident resolve');
  const draft = await heard(ana, channel, /\[Send to review\]/);
  const sent = await sendToReview(ana, draft, [ben.id, cleo.id, ana.id], 'Is the *impact* right?');
  expect(shownView(sent)).toContain(`is in review. Asked by direct message: @${ben.id}, @${cleo.id}.`);
  expect(shownView(sent)).toContain(`Left out: @${ana.id}, who cannot review what they send themselves.`);

  // Both are asked, with what to look at and a link of their own.
  const first = await request(cleo, /\[Approve\] \[Ask for changes\]/);
  expect(first.shown).toMatch(/ana asks you to review \*the postmortem of INC-\d+\*: Invoices are empty/);
  expect(first.shown).toMatch(/Is the \*impact\* right\?[\s\S]*Impact: /);
  expect((await fetch(first.links[0] ?? '')).status).toBe(200);

  // One asks for changes: mandatory words, then everybody hears.
  const asked = await ben.press(await request(ben, /\[Approve\]/), 'Ask for changes');
  const form = await eventually('form', async () => asked.view);
  expect(await ben.submit(form, { comment: '' })).toMatchObject({ kind: 'errors', byClient: true });
  expect(await ben.submit(form, { comment: 'The impact began <earlier>' })).toEqual({ kind: 'closed' });
  expect((await request(ben, /You asked for changes/)).shown).not.toContain('[Approve]');
  await request(cleo, /ben asked for changes.*There is nothing left to answer here/);
  await heard(ana, channel, /ben asks for changes to the postmortem[\s\S]*began <earlier>/);
  const back = await toldBy(ana, /ben asks for changes[\s\S]*\[Send to review\]/);
  const late = await (await cleo.press(first, 'Approve')).visible();
  expect(late.text).toMatch(/ben asked for changes.*a draft again\. Nothing of yours is stored/);

  // Sent again, both approve.
  expect(back.shown).toContain('[Edit a section]');
  const again = await type(ana, channel, `/incident review <@${ben.id}> <@${cleo.id}> Now it is right`);
  expect(again.text).toMatch(/is in review\. Asked by direct message/);
  expect((await request(ben, /\[Approve\]/)).shown).toContain('Now it is right');
  const approve = async (person: Person) =>
    (await (await person.press(await request(person, /\[Approve\]/), 'Approve')).visible()).text;
  expect(await approve(ben)).toMatch(/approved the postmortem of INC-\d+ \(1 of 2\)/);
  expect(await approve(cleo)).toMatch(/\(2 of 2\)/);
  expect((await request(cleo, /You approved it/)).shown).not.toContain('[Approve]');
  const own = (await request(cleo, /You approved it/)).links[0] ?? '';
  expect(await (await fetch(own)).text()).toMatch(/In review: approved by ben \(<time>.*cleo \(<time>/);
  const history = await (await fetch(own.replace('?', '/history?'))).text();
  expect(history).toMatch(
    /ben: The postmortem is approved \(1 of 2\)[\s\S]*ana: Sent to review, asked: .*ben/,
  );
  expect(history).toMatch(/ben: Changes to the postmortem asked for.*\n?.*The impact began &lt;earlier&gt;/);
  const all = await toldBy(ana, /\(2 of 2\)\. Everybody who was asked has approved/);
  const published = await (await ana.press(all, 'Publish')).visible();
  expect(published.text).toContain('is published with 2 of 2 approvals');
  expect((await draftOf(ana, channel)).markdown).toMatch(/published with 2 of 2 approvals/);
});

test('the page shows the clock of who opens it, or of the place that they choose', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'retrospective Night job failed');
  await type(ana, channel, '/incident impact_started 2026-03-10 22:30 Job died');
  await type(ana, channel, '/incident resolved 2026-03-10 23:10 Job ran');
  await type(ana, channel, '/incident postmortem');
  await ben.join(channel);
  const draft = await heard(ben, channel, /\[Edit on the page\]/);
  const pressed = await (await ben.press(draft, 'Edit on the page')).visible();
  const own = new URL(pressed.messages.flatMap(({ links }) => links)[0] ?? '');
  const open = async (zone: string | null, path = '') => {
    const url = new URL(own);
    url.pathname += path;
    if (zone !== null) url.searchParams.set('zone', zone);
    return (await fetch(url)).text();
  };
  // Ana declared it in UTC, Ben lives in Tokyo.
  const his = await open(null);
  expect(his).toMatch(/In Asia\/Tokyo[\s\S]*Wed 11 Mar 2026 07:30 JST/);
  expect(his).toContain('Upper line UTC, lower line Asia/Tokyo.');
  expect(his).toMatch(/Impact started: 2026-03-10 22:30 UTC \(11 Mar 07:30 JST\)/);
  const newYork = await open('new york');
  expect(newYork).toMatch(/In America\/New_York[\s\S]*18:30 EDT/);
  expect(newYork).toContain('zone=new+york');
  expect(newYork).not.toContain('JST');
  expect(await open('utc')).not.toMatch(/JST|EDT/);
  const unknown = await open('Nowhere"><b>');
  expect(unknown).toMatch(/I know no zone “Nowhere&quot;&gt;&lt;b&gt;”.*Type for example/);
  expect(unknown).toContain('JST');
  // It is said once, and on no page after that.
  expect(unknown).not.toContain('zone=Nowhere');
  // What may be passed on is read over as others see it.
  expect(await open(null, '/public')).not.toContain('JST');
  // What is edited, passed on and kept is the draft in its own zone, whoever looks.
  expect(await open('Asia/Tokyo', '/edit/date')).not.toMatch(/Tokyo:|JST/);
  expect(await open('Asia/Tokyo', '.md')).not.toMatch(/Tokyo|JST/);
  expect(await open('Asia/Tokyo', '/public')).toMatch(/In Asia\/Tokyo[\s\S]*07:30 JST/);
});
