import { beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, headlineOf, type } from './incident.ts';
import { next, settingsForms, wordsOf } from './settingsForms.ts';

const space = useWorkspace({ people: { ana: 'UTC', ben: 'UTC' } });
const formOf = settingsForms(space);
const rows = useDatabaseOf(space);
let chief: Person;
let owner: Person;

beforeAll(async () => {
  chief = await space.gateway.person({ name: 'chief', tz: 'UTC', admin: true });
  owner = await space.gateway.person({ name: 'owner', tz: 'UTC', admin: true });
});

test('new names of milestones and severities show at once wherever people read them', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev1 Search is down');
  await type(ana, channel, '/incident fix-released 5m ago v1 is out');
  await headlineOf(ana, channel, /\*Fix released\*/);

  const names = { name_fix_released: ' Fix  shipped & live ', name_root_cause_identified: 'Cause found' };
  next(await chief.submit(await formOf(chief, 'milestones'), names));
  next(await chief.submit(await formOf(chief, 'severities'), { name_SEV1: 'Meltdown <!here>' }));
  const headline = await headlineOf(ana, channel, /SEV1 Meltdown[\s\S]*\*Fix shipped & live\*/);
  expect(headline.shown).not.toContain('Fix released');
  await eventually('topic with the new name', async () =>
    (await ana.sees(channel)).some((one) => /topic[\s\S]*SEV1 Meltdown/.test(one.shown)),
  );
  await eventually('the line with the new name', async () =>
    (await ana.sees(channel)).some((one) => /Fix shipped & live[\s\S]*v1 is out/.test(one.shown)),
  );
  await eventually('announcement with the new name', async () =>
    (await ana.sees(space.announcements)).some((one) => one.shown.includes('SEV1 Meltdown')),
  );

  const milestone = await ana.press(headline, 'Mark a milestone');
  expect(wordsOf(await eventually('form', async () => milestone.view))).toContain('"Fix shipped & live"');
  const state = await ana.press(headline, 'Status and severity');
  expect(wordsOf(await eventually('form', async () => state.view))).toContain('"SEV1 Meltdown <!here>"');
  const help = await type(ana, channel, '/incident help');
  expect(help.text).toContain('`fix-shipped-live` (fix-released)');
  expect(help.text).toContain('`cause-found` (root-cause)');
  expect((await type(ana, channel, '/incident list')).text).toContain('SEV1 Meltdown');
  expect((await type(ana, channel, '/incident timeline')).text).toContain('*Fix shipped & live*');

  await type(ana, channel, '/incident resolve');
  const { json, markdown, html, link } = await draftOf(ana, channel);
  expect(markdown).toMatch(/SEV1 Meltdown[\s\S]*Fix shipped & live/);
  expect(html).toContain('Fix shipped &#x26; live');
  expect(markdown + html).not.toMatch(/fix released/i);
  // What machines read keeps its keys.
  expect(json.milestones).toHaveProperty('fix_released');
  expect(json.severity).toBe('SEV1');
  expect(html).not.toContain('<!here>');

  next(await chief.submit(await formOf(chief, 'milestones'), { name_fix_released: 'Fix released' }));
  expect(await (await fetch(link)).text()).toContain('Fix released');
});

test('a severity is typed by its own name, in a declaration before a colon', async () => {
  const { ana } = space.people;
  next(await chief.submit(await formOf(chief, 'severities'), { name_SEV2: 'Quite bad' }));
  const { text } = await type(ana, space.announcements, '/incident declare quite bad: Fax is out');
  expect(text).toMatch(/declared: Fax is out\nRead as: SEV2 Quite bad;?/);
  expect(text).toContain('[“quite bad:” is part of the title]');
  const channel = await declare(space, ana, 'Quite bad smell');
  expect((await type(ana, channel, '/incident severity quite bad: It spreads')).text).toContain(
    'is now *SEV2 Quite bad*',
  );
  const listed = (await type(ana, channel, '/incident list quite bad, all')).text;
  expect(listed).toContain('Fax is out');
  expect(listed).toContain('Quite bad smell');
  expect(listed).not.toContain('Search is down');
});

test('a milestone is typed by the new name and by ours; the reply says the new one', async () => {
  const { ana, ben } = space.people;
  next(await chief.submit(await formOf(chief, 'milestones'), { name_detected: 'Alarm rang' }));
  const channel = await declare(space, ana, 'sev3 Mail waits');
  await ben.join(channel);
  expect((await type(ana, channel, '/incident alarm-rang 10m ago Pager')).text).toContain(
    'Marks: Alarm rang',
  );
  const held = await type(ben, channel, '/incident milestone alarm-rang,called 8m ago');
  expect(held.text).toMatch(/\*Alarm rang\* stays where @ana marked it/);
  expect(held.text).toContain('[Move Alarm rang here]');
  const again = await type(ben, channel, '/incident detected 7m ago');
  expect(again.text).toMatch(/> Alarm rang[\s\S]*stays where @ana/);
  const unknown = await type(ben, channel, '/incident milestone alarm 7m ago');
  expect(unknown.text).toMatch(/alarm-rang/);
});

test('names that cannot be kept are refused beside their fields, and nothing is saved', async () => {
  const form = await formOf(chief, 'milestones');
  const wrong = { name_mitigated: 'Update', name_escalated: 'Resolved', name_fix_merged: '!!' };
  const faulty = await chief.submit(form, { ...wrong, name_fix_created: 'Patch written' });
  expect(faulty).toMatchObject({ kind: 'errors', byClient: false });
  expect(faulty).toHaveProperty('errors.name_mitigated', expect.stringContaining('means something else'));
  expect(faulty).toHaveProperty('errors.name_escalated', expect.stringContaining('Resolved is called that'));
  expect(faulty).toHaveProperty('errors.name_fix_merged', expect.stringContaining('one letter or digit'));
  expect(wordsOf(await formOf(chief, 'milestones'))).not.toContain('Patch written');
});

test('two admins at once: one name stands, the other admin is told; who is none sees no form', async () => {
  const forms = await Promise.all([formOf(chief, 'milestones'), formOf(owner, 'milestones')]);
  const done = await Promise.all([
    chief.submit(forms[0], { name_mitigated: 'Bleeding stopped' }),
    owner.submit(forms[1], { name_mitigated: 'Users are fine' }),
  ]);
  const texts = done.map((one) => wordsOf(next(one)));
  expect(texts.filter((text) => text.includes(':white_check_mark: Saved.'))).toHaveLength(1);
  const told = texts.filter((text) => text.includes('Nothing of yours is saved yet'));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/Name of Mitigated: Mitigated → (?:Bleeding stopped|Users are fine)/);
  const refused = await type(space.people.ana, space.incidents, '/incident settings');
  expect(refused.view).toBeUndefined();
  expect(refused.text).toContain('Only admins and owners');
});

test('emoji of the workspace’s own are named where one is told to react, and none is where there is none', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev3 Search is slow');
  await headlineOf(ana, channel, /React with :pushpin: or type/);
  const own = { emoji_timeline: ':bookmark: :memo:', emoji_factor: 'eyes' };
  next(await chief.submit(await formOf(chief, 'emoji'), own));
  await headlineOf(ana, channel, /React with :bookmark: or type/);
  const help = await type(ana, channel, '/incident help');
  expect(help.text).toContain(':bookmark: puts it on the timeline');
  expect(help.text).toContain(':eyes: makes a contributing factor');
  expect(help.text).not.toMatch(/:pushpin:|:mag:/);
  next(await chief.submit(await formOf(chief, 'emoji'), { emoji_timeline: '' }));
  const bare = await headlineOf(ana, channel, /Type `?\/incident note/);
  expect(bare.shown).not.toContain('React with');
});

/** Lets the incident have begun an hour ago for what is expected of it. */
const anHourAgo = (title: string) =>
  rows.sql(`UPDATE "Incident" SET "watchedFrom" = now() - interval '1 hour' WHERE title = $1`, [title]);

const nudgesOf = (title: string) =>
  rows.sql<{ keys: string[]; answer: string | null; answeredBy: string | null }>(
    `SELECT n.keys, n.answer, n."answeredBy" FROM "Nudge" n JOIN "Incident" i ON i.id = n."incidentId"
     WHERE i.title = $1 ORDER BY n.at`,
    [title],
  );

const timersOf = (title: string) =>
  rows.sql<{ key: string; minutes: number }>(
    `SELECT t.key, round(extract(epoch FROM t."dueAt" - i."watchedFrom") / 60)::int AS minutes
     FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
     WHERE i.title = $1 AND t."firedAt" IS NULL AND t."canceledAt" IS NULL ORDER BY t.key`,
    [title],
  );

async function expecting(over: Record<string, string>): Promise<void> {
  next(await chief.submit(await formOf(chief, 'severities'), over));
}

test('what is newly expected reminds at once, once; a resolved incident is left alone', async () => {
  const { ana } = space.people;
  const open = 'Coffee is cold';
  const closed = 'Tea is cold';
  const channel = await declare(space, ana, `sev4 ${open}`);
  const other = await declare(space, ana, `sev4 ${closed}`);
  await type(ana, other, '/incident resolve');
  await Promise.all([open, closed].map((title) => rows.laneIdle(title)));
  await Promise.all([open, closed].map(anHourAgo));
  await expecting({ expected_SEV4: 'lead 30\nroot-cause 90' });
  await eventually('nudge', async () =>
    (await ana.sees(channel)).some((one) => one.shown.includes('Nobody leads yet')),
  );
  // Other policies that are late too: the lead was asked for already.
  await expecting({ expected_SEV4: 'lead 45\nroot-cause 100' });
  await expecting({ expected_SEV4: 'lead 20\nroot-cause 110' });
  await Promise.all([open, closed].map((title) => rows.laneIdle(title)));
  expect((await nudgesOf(open)).map(({ keys }) => keys)).toEqual([['lead']]);
  expect(await timersOf(open)).toEqual([
    { key: 'nudge:lead', minutes: expect.any(Number) },
    { key: 'nudge:root_cause_identified', minutes: 110 },
  ]);
  expect(await nudgesOf(closed)).toEqual([]);
  expect((await timersOf(closed)).filter(({ key }) => key.startsWith('nudge'))).toEqual([]);

  // Expected no more: the reminder ends, and says by whom.
  await expecting({ expected_SEV4: '' });
  await rows.laneIdle(open);
  expect(await timersOf(open)).toEqual([]);
  expect(await nudgesOf(open)).toEqual([{ keys: ['lead'], answer: 'dismissed', answeredBy: chief.id }]);
  await eventually('settled reminder', async () =>
    (await ana.sees(channel)).some((one) => /no longer late[\s\S]*Dismissed by @chief/.test(one.shown)),
  );
});

test('more time moves reminders that have not come, and those after the lead are called later', async () => {
  const { ana } = space.people;
  const title = 'Lights flicker';
  await expecting({ expected_SEV4: 'mitigated 50\ndetected 70' });
  const channel = await declare(space, ana, `sev4 ${title}`);
  await type(ana, channel, '/incident lead');
  await rows.laneIdle(title);
  expect(await timersOf(title)).toEqual([
    { key: 'nudge:detected', minutes: 70 },
    { key: 'nudge:mitigated', minutes: 50 },
  ]);
  await anHourAgo(title);
  await expecting({ expected_SEV4: 'mitigated 55\ndetected 80' });
  await eventually('reminder', async () => (await nudgesOf(title)).length === 1);
  await expecting({ expected_SEV4: 'mitigated 180\ndetected 90' });
  await rows.laneIdle(title);
  // The lead is not asked a second time: at the new time those after them are.
  expect((await nudgesOf(title)).map(({ keys }) => keys)).toEqual([['mitigated']]);
  expect(await timersOf(title)).toEqual([
    { key: 'nudge:detected', minutes: 90 },
    { key: 'nudge:mitigated', minutes: 180 },
  ]);
});
