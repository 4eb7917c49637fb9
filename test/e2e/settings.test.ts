import { beforeAll, expect, test } from 'vitest';
import type { Person, View } from '../../src/demo/gateway/people/person.ts';
import { SECTION_TITLES } from '../../src/incident/draftSections.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, type } from './incident.ts';
import { next, settingsForms, wordsOf } from './settingsForms.ts';

const space = useWorkspace({ people: { ana: 'UTC' } });
const formOf = settingsForms(space);
let chief: Person;
let owner: Person;

beforeAll(async () => {
  chief = await space.gateway.person({ name: 'chief', tz: 'Europe/Berlin', admin: true });
  owner = await space.gateway.person({ name: 'owner', tz: 'UTC', admin: true });
});

test('others are told who may, before and after an admin is known', async () => {
  const before = await type(space.people.ana, space.incidents, '/incident settings');
  expect(before.view).toBeUndefined();
  expect(before.text).toContain('Only admins and owners of the workspace change the settings. Ask one');
  await formOf(chief, 'display');
  const after = await type(space.people.ana, space.incidents, '/incident settings');
  expect(after.text).toContain('@chief');
});

test('a save is a version with who, when and what; drafts follow it', async () => {
  const { ana } = space.people;
  const form = await formOf(chief, 'display');
  const faulty = await chief.submit(form, { zone: 'Mars' });
  expect(faulty).toMatchObject({ kind: 'errors', byClient: false });
  expect(faulty).toHaveProperty('errors.zone', expect.stringContaining('no zone “Mars”'));
  const saved = next(await chief.submit(form, { zone: 'Tokyo', archiveAfterDays: '30' }));
  expect(wordsOf(saved)).toContain('Zone in drafts: none → Asia/Tokyo');
  expect(wordsOf(saved)).toContain(`*Last changed* by <@${chief.id}>`);

  const template = await formOf(chief, 'template');
  const sections = Object.values(SECTION_TITLES).filter((title) => title !== 'Contributing factors');
  const values = { sections: sections.join('\n'), guidance_summary: 'Two sentences.' };
  expect(wordsOf(next(await chief.submit(template, values)))).toContain(
    'Sections left out: none → Contributing factors',
  );
  const { view } = await type(chief, space.incidents, '/incident settings');
  expect(wordsOf(view as View)).toMatch(/Last changed.*Before that.*Zone in drafts/s);

  const channel = await declare(space, ana, 'sev3 Search is slow');
  await type(ana, channel, '/incident resolve');
  const { markdown } = await draftOf(ana, channel);
  expect(markdown).toContain('Two sentences.');
  expect(markdown).toContain('In Asia/Tokyo');
  expect(markdown).not.toContain('## Contributing factors');
});

test('an emoji for two things is refused beside both fields, and a new one works at once', async () => {
  const { ana } = space.people;
  const form = await formOf(chief, 'emoji');
  const faulty = await chief.submit(form, { emoji_detected: ':pushpin:' });
  expect(faulty).toHaveProperty('errors.emoji_timeline', expect.stringContaining('also set for Detected'));
  expect(faulty).toHaveProperty('errors.emoji_detected', expect.stringContaining('also set for Timeline'));
  next(await chief.submit(form, { emoji_detected: ':eyes:' }));
  const channel = await declare(space, ana, 'sev3 Mail waits');
  const ts = await ana.say(channel, 'The graph jumped');
  await ana.react(channel, ts, 'satellite_antenna');
  await ana.react(channel, ts, 'eyes');
  await eventually('mark by the new emoji', async () =>
    (await type(ana, channel, '/incident timeline')).text.includes('*Detected*\nThe graph jumped'),
  );
});

test('two admins at once: the second is shown what the first changed, and nothing of either is lost', async () => {
  const [first, second] = [await formOf(chief, 'roles'), await formOf(owner, 'severities')];
  next(await chief.submit(first, { roles: 'scribe\nliaison' }));
  const stale = next(await owner.submit(second, { name_SEV1: 'Catastrophe' }));
  expect(wordsOf(stale)).toMatch(
    /Nothing of yours is saved yet.*Roles: communications, scribe → scribe, liaison/s,
  );
  expect(wordsOf(stale)).toContain('Catastrophe');
  expect(wordsOf(next(await owner.submit(stale)))).toContain('Name of SEV1: Critical → Catastrophe');
  expect(wordsOf(await formOf(owner, 'roles'))).toContain('liaison');
});

test('two admins at the same moment: one is saved, the other is told', async () => {
  const forms = await Promise.all([formOf(chief, 'roles'), formOf(owner, 'roles')]);
  const done = await Promise.all([
    chief.submit(forms[0], { roles: 'from chief' }),
    owner.submit(forms[1], { roles: 'from owner' }),
  ]);
  const texts = done.map((one) => wordsOf(next(one)));
  expect(texts.filter((text) => text.includes(':white_check_mark: Saved.'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('Nothing of yours is saved yet'))).toHaveLength(1);
});

test('an admin who is one no more cannot save a form that was open', async () => {
  const form = await formOf(owner, 'roles');
  const { workspace } = space.gateway;
  const user = { id: owner.id, name: 'owner', tz: 'UTC', is_admin: false };
  const body = { type: 'event_callback', team_id: workspace.teamId, event_id: 'EvDemoted1' };
  const event = { type: 'user_change', user, event_ts: String(Date.now() / 1000) };
  await space.gateway.sendRaw(JSON.stringify({ ...body, event }));
  await eventually('refusal', async () =>
    (await type(owner, space.incidents, '/incident settings')).text.includes('Only admins'),
  );
  expect(wordsOf(next(await owner.submit(form, { roles: 'mine' })))).toContain('Only admins and owners');
  expect(wordsOf(await formOf(chief, 'roles'))).not.toContain('mine');
});
