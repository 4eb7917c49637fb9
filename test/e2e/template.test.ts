import { beforeAll, expect, test } from 'vitest';
import type { Person, View } from '../../src/demo/gateway/people/person.ts';
import { SECTION_TITLES } from '../../src/incident/draftSections.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, type } from './incident.ts';
import { next, settingsForms, wordsOf } from './settingsForms.ts';

const space = useWorkspace({ people: { ana: 'UTC' }, gateway: { canvases: true } });
const formOf = settingsForms(space);
let chief: Person;

beforeAll(async () => {
  chief = await space.gateway.person({ name: 'chief', tz: 'UTC', admin: true });
});

const TITLES = Object.values(SECTION_TITLES);
const WITHOUT = TITLES.filter((title) => title !== 'Contributing factors');

async function save(values: Record<string, string>): Promise<string> {
  return wordsOf(next(await chief.submit(await formOf(chief, 'template'), values)));
}

/** The form of a section, as the draft's message opens it. */
async function sectionForm(person: Person, channel: string, section: string): Promise<View> {
  const message = await eventually('draft', async () =>
    (await person.sees(channel)).findLast((one) => one.shown.includes('[Edit a section]')),
  );
  const pressed = await person.press(message, 'Edit a section');
  return next(await person.submit(await eventually('choice', async () => pressed.view), { section }));
}

test('sections change their order and go, and come back with all that people wrote', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev3 Search is slow');
  await type(ana, channel, '/incident factor No alert on the queue');
  await type(ana, channel, '/incident resolve');
  const form = await sectionForm(ana, channel, 'factors');
  expect(await ana.submit(form, { text: '- No alert on the queue\n- My own words\n' })).toEqual({
    kind: 'closed',
  });
  const open = await sectionForm(ana, channel, 'factors');

  const order = ['Summary', ...WITHOUT.filter((title) => title !== 'Summary')];
  const saved = await save({ sections: order.join('\n') });
  expect(saved).toContain('Sections left out: none → Contributing factors');
  expect(saved).toContain('Order of sections: none → Summary, Date and time');
  expect(wordsOf(await formOf(chief, 'template'))).toContain('*Left out now*: Contributing factors');
  const hidden = await draftOf(ana, channel);
  expect(hidden.markdown).not.toContain('My own words');
  expect(hidden.markdown).toMatch(/^## Summary[\s\S]*^## Date and time/m);
  expect(hidden.html).toContain('their text is kept: Contributing factors.');

  // Written while it is left out, in a form that was open and by command: stored, and said so.
  const told = next(await ana.submit(open, { text: '- No alert on the queue\n- My own words, mended\n' }));
  expect(wordsOf(told)).toMatch(/Saved\. The workspace’s drafts leave out \*Contributing factors\*/);
  const reply = await type(ana, channel, '/incident factor A second queue');
  expect(reply.text).toMatch(/A second queue[\s\S]*leave out \*Contributing factors\*. Your text is kept/);

  await save({ sections: TITLES.join('\n') });
  const { markdown, html } = await draftOf(ana, channel);
  expect(markdown).toMatch(/## Contributing factors[\s\S]*My own words, mended[\s\S]*A second queue/);
  expect(markdown).toMatch(/^## Date and time[\s\S]*^## Summary/m);
  expect(html).not.toContain('their text is kept');
});

test('guidance of one’s own changes without touching what was edited', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev3 Mail is slow');
  await type(ana, channel, '/incident resolve');
  const form = await sectionForm(ana, channel, 'resolution');
  expect(await ana.submit(form, { text: '### Mitigation\n\nNothing eased it.\n' })).toEqual({
    kind: 'closed',
  });
  await save({ guidance_mitigation: 'Name the lever that was pulled.', guidance_summary: 'For the board.' });
  const { markdown } = await draftOf(ana, channel);
  expect(markdown).toContain('Nothing eased it.');
  expect(markdown).toContain('For the board.');
  expect(markdown).not.toContain('Name the lever');
  expect(markdown).not.toMatch(/conflict/i);
});

test('what is no section is refused beside the field, and nothing is saved', async () => {
  const form = await formOf(chief, 'template');
  const faulty = await chief.submit(form, { sections: 'Summary\nSumary', guidance_timeline: 'Short.' });
  expect(faulty).toMatchObject({ kind: 'errors', byClient: false });
  expect(faulty).toHaveProperty('errors.sections', expect.stringContaining('“Sumary” is no section'));
  const twice = await chief.submit(form, { sections: 'Summary\nTimeline\nsummary' });
  expect(twice).toHaveProperty('errors.sections', expect.stringContaining('“Summary” stands here twice'));
  expect(wordsOf(await formOf(chief, 'template'))).not.toContain('Short.');
});

const callsOf = (method: string, channel: string) =>
  space.gateway.calls.filter((call) => call.method === method && call.args.channel_id === channel);

const filesIn = async (channel: string) =>
  (await space.people.ana.sees(channel)).flatMap(({ files }) => files);

test('the draft is the channel’s canvas: made once though the answer was lost, then replaced; a file where that is refused', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev3 Search is slow');
  space.gateway.fail('conversations.canvases.create', { resetAfterAccept: true });
  await type(ana, channel, '/incident note Index rebuilt');
  await type(ana, channel, '/incident resolve');
  const made = await eventually('canvas', async () => space.gateway.canvas(channel));
  const link = await eventually('link to the canvas', async () =>
    (await ana.sees(channel)).flatMap(({ links }) => links).find((url) => url.includes(`/${made.id}`)),
  );
  expect(link).toContain('/docs/');
  expect(made).toMatchObject({ access: 'read', title: expect.stringMatching(/^INC-\d+: postmortem$/) });
  expect(made.markdown).toMatch(/^Made by Debrief from the timeline/);
  expect(made.markdown).toContain('Index rebuilt');
  expect(callsOf('conversations.canvases.create', channel)).toHaveLength(1);

  await type(ana, channel, '/incident note 5m ago Late words');
  await eventually('replaced canvas', async () => made.markdown.includes('Late words'));
  expect(await filesIn(channel)).toEqual([]);

  space.gateway.fail('canvases.edit', { error: 'canvas_editing_failed', times: 2 });
  await type(ana, channel, '/incident note 4m ago Later words');
  const [file] = await eventually('file', async () => {
    const all = await filesIn(channel);
    return all.length > 0 && all;
  });
  expect(await ana.download(file ?? {})).toContain('Later words');

  // The next draft takes the canvas up again.
  await type(ana, channel, '/incident postmortem');
  await eventually('canvas again', async () => made.markdown.includes('Later words'));
});

test('a private draft and one beside somebody else’s canvas come as a file', async () => {
  const { ana } = space.people;
  const closed = await declare(space, ana, 'sev3 private Key in a log');
  await type(ana, closed, '/incident resolve');
  const open = await declare(space, ana, 'sev3 Mail is late');
  space.gateway.fail('conversations.canvases.create', { error: 'channel_canvas_already_exists' });
  await type(ana, open, '/incident resolve');
  for (const channel of [closed, open]) {
    await eventually('file', async () => (await filesIn(channel)).length > 0);
    expect(space.gateway.canvas(channel)).toBeUndefined();
  }
  expect(callsOf('conversations.canvases.create', closed)).toEqual([]);
});
