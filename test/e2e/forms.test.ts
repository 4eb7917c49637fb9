import { expect, test } from 'vitest';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, eventually, headlineOf, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'America/New_York', ben: 'Europe/Berlin' } });
const rows = useDatabaseOf(space);

// The clocks skip it in New York.
const SKIPPED = '2026-03-08 02:30';

/** A time without a date that is asked about: it was thirteen hours ago. */
const longAgo = (): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'America/New_York',
  }).format(Date.now() - 13 * 3_600_000);

async function noteForm(person: Person, channel: string) {
  const reply = await person.press(await headlineOf(person, channel), 'Add a note');
  return eventually('form', async () => reply.view);
}

const timeline = async (channel: string) =>
  (await type(space.people.ana, channel, '/incident timeline')).text;

/** Sends a form while the incident is held for longer than Slack waits. */
async function sendLate(person: Person, channel: string, title: string, values: Record<string, string>) {
  const form = await noteForm(person, channel);
  const holder = await rows.hold('SELECT 1 FROM "Incident" WHERE title = $1 FOR UPDATE', [title]);
  try {
    expect(await person.submit(form, values)).toEqual({ kind: 'closed' });
  } finally {
    await holder.release();
  }
}

test('what a form is answered after Slack closed it comes by direct message, to each who sent one', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'Checkout fails');
  await ben.join(channel);
  await Promise.all([
    sendLate(ana, channel, 'Checkout fails', { text: 'Rolled back to 41', time: '25:61' }),
    sendLate(ben, channel, 'Checkout fails', { text: 'Errors fall', time: '25:62' }),
  ]);
  for (const [person, typed, other] of [
    [ana, 'Rolled back to 41', 'Errors fall'],
    [ben, 'Errors fall', 'Rolled back to 41'],
  ] as const) {
    const told = await eventually('direct message', async () =>
      (await person.dms()).find((one) => one.shown.includes('before my answer came')),
    );
    expect(told.shown).toMatch(/“Note on INC-\d+”[\s\S]*25:6\d/);
    expect(told.shown).toContain(typed);
    expect(told.shown).not.toContain(other);
  }
  expect(await timeline(channel)).not.toContain('Rolled back');
});

test('a question that came late is answered in the direct message; a form that was taken says nothing', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Search is slow');
  await sendLate(ana, channel, 'Search is slow', { text: 'Cache filled up', time: SKIPPED });
  const asked = await eventually('question', async () =>
    (await ana.dms()).find((one) => one.shown.includes('clocks skip that time')),
  );
  expect(asked.shown).toContain('Cache filled up');
  await (await ana.press(asked, /03:30 EDT/)).visible();
  expect(await timeline(channel)).toMatch(/03:30 in New York[^\n]*\nCache filled up/);
  const before = (await ana.dms()).length;
  await sendLate(ana, channel, 'Search is slow', { text: 'Cache cleared', time: '' });
  await eventually('the line', async () => (await timeline(channel)).includes('Cache cleared'));
  expect(await ana.dms()).toHaveLength(before);
});

test('the question for a time takes another time, or one of the readings, and nothing else', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Mail is late');
  const asked = await ana.submit(await noteForm(ana, channel), { text: 'Queue is full', time: longAgo() });
  if (asked.kind !== 'updated') throw new Error(JSON.stringify(asked));
  expect(await ana.submit(asked.view, {})).toMatchObject({
    kind: 'errors',
    byClient: false,
    errors: { reading: expect.stringContaining('14:05') },
  });
  expect(await ana.submit(asked.view, { another_time: '25:61' })).toMatchObject({
    kind: 'errors',
    errors: { reading: expect.stringContaining('25:61') },
  });
  expect(await ana.submit(asked.view, { another_time: '2026-03-08 04:10' })).toEqual({ kind: 'closed' });
  expect(await timeline(channel)).toMatch(/04:10 in New York[^\n]*\nQueue is full/);
});

test('“Change text” keeps the links and mentions whose words stay', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Reports are wrong');
  const noted = await type(ana, channel, '/incident note @ben follows https://runbook.example/a?b=1');
  const { view } = await ana.press(noted, 'Change text');
  if (!view) throw new Error('no form');
  const shown = JSON.stringify(view.blocks);
  expect(shown).toContain('ben follows https://runbook.example/a?b=1');
  await ana.submit(view, { text: 'ben follows https://runbook.example/a?b=1 to the letter' });
  const [entry] = await rows.sql<{ text: string }>(`SELECT text FROM "Entry" WHERE text LIKE '%letter'`);
  expect(entry?.text).toMatch(
    new RegExp(
      `^<@${space.people.ben.id}(\\|ben)?> follows <https://runbook.example/a\\?b=1> to the letter$`,
    ),
  );
});

test('a form that Slack does not open is called so, and nothing stored', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Invoices are late');
  const said = await ana.say(channel, 'Invoices wait');
  const refused = () => space.gateway.fail('views.open', { error: 'expired_trigger_id' });
  refused();
  expect((await type(ana, channel, '/incident update')).text).toMatch(
    /The form did not open .*expired_trigger_id.*nothing is stored[\s\S]*\/incident update/,
  );
  refused();
  const pressed = await ana.press(await headlineOf(ana, channel), 'Add a note');
  await eventually('words', async () => pressed.text.includes('The form did not open'));
  refused();
  await expect(ana.shortcut('add_to_timeline', channel, said)).rejects.toThrow('The form did not open');
});

test('the preview of the declaring form stores nothing', async () => {
  const { ana } = space.people;
  const { view } = await type(ana, space.incidents, '/incident declare');
  if (!view) throw new Error('no form');
  const count = async () => (await rows.sql('SELECT id FROM "Inbox" WHERE kind = \'interaction\'')).length;
  const before = await count();
  for (const title of ['V', 'Vi', 'Video', 'Video stops']) await ana.press(view, 'title', title);
  await eventually('preview', async () =>
    space.gateway.calls.some(
      ({ method, args }) => method === 'views.update' && JSON.stringify(args).includes('-video-stops'),
    ),
  );
  expect(await count()).toBe(before);
  expect(await ana.submit(view, {})).toEqual({ kind: 'closed' });
  expect(await count()).toBe(before + 1);
});
