import { beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, eventually, headlineOf, makeDue, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'Europe/Berlin', ben: 'America/New_York' } });
const rows = useDatabaseOf(space);

beforeAll(async () => {
  const chief = await space.gateway.person({ name: 'chief', tz: 'UTC', admin: true });
  const { view } = await type(chief, space.incidents, '/incident settings');
  const form = view && (await chief.submit(view, { section: 'display' }));
  if (form?.kind !== 'updated') throw new Error('No settings came up.');
  await chief.submit(form.view, { archiveAfterDays: '3' });
});

const notice = (person: Person, channel: string) =>
  eventually('notice', async () =>
    (await person.sees(channel)).find((one) => one.shown.includes('This channel goes to the archive')),
  );

/** An incident whose channel is in the archive. */
async function archived(title: string): Promise<{ channel: string; number: string }> {
  const { ana } = space.people;
  const channel = await declare(space, ana, `sev3 ${title}`);
  const number = /INC-(\d+)/.exec((await headlineOf(ana, channel)).shown)?.[1] ?? '';
  await type(ana, channel, '/incident resolve');
  await makeDue(space, channel, 'archive-notice');
  await notice(ana, channel);
  await makeDue(space, channel, 'archive');
  await eventually('archive', async () =>
    ana.say(channel, 'Is anybody here?').then(
      () => false,
      (error) => /is_archived/.test(String(error)),
    ),
  );
  return { channel, number };
}

test('a closed incident’s channel goes to the archive a day after the notice; reopening says how to get it back', async () => {
  const { ana, ben } = space.people;
  const { channel, number } = await archived('Certificates expire');

  const reopened = await type(ben, space.incidents, `/incident INC-${number} reopen`);
  expect(reopened.text).toMatch(/is open again/);
  const told = await eventually('how to get the channel back', async () =>
    (await ben.dms()).find((one) => /did not let me take its channel/.test(one.shown)),
  );
  expect(told.shown).toMatch(/not_in_channel[\s\S]*Unarchive channel[\s\S]*invite me again/);
  const noted = await type(ben, space.incidents, `/incident INC-${number} note The new one is wrong too`);
  expect(noted.text).toMatch(/#\d+.* on the timeline of INC-/);
  await rows.laneIdle('Certificates expire');

  await ana.unarchive(channel);
  await headlineOf(ana, channel, /investigating/);
  await eventually('the line that came meanwhile', async () =>
    (await ana.sees(channel)).some((one) => one.shown.includes('The new one is wrong too')),
  );
  // Reopening took its milestone away, which Slack let nobody show in the archive.
  await eventually('the line that changed meanwhile', async () =>
    (await ana.sees(channel)).some(
      (one) => /Incident resolved/.test(one.shown) && !/inferred/.test(one.shown),
    ),
  );
  expect(space.gateway.calls.filter(({ method }) => method === 'conversations.archive')).toHaveLength(1);
});

test('“Keep this channel” calls the archiving off, once', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Reports are slow');
  await ben.join(channel);
  await type(ana, channel, '/incident resolve');
  await makeDue(space, channel, 'archive-notice');
  const told = await notice(ana, channel);
  const replies = await Promise.all([ana.press(told, 'keep_channel'), ben.press(told, 'keep_channel')]);
  await Promise.all(replies.map((reply) => reply.visible()));
  expect(replies.filter(({ text }) => /stays as it is/.test(text))).toHaveLength(1);
  expect(replies.filter(({ text }) => /called off or over already/.test(text))).toHaveLength(1);
  const left = await rows.sql(
    `SELECT key FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
     WHERE "channelId" = $1 AND key LIKE 'archive%' AND "firedAt" IS NULL AND "canceledAt" IS NULL`,
    [channel],
  );
  expect(left).toEqual([]);
});

test('where Slack refuses the archiving, the channel is told', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev3 Avatars are missing');
  await type(ana, channel, '/incident resolve');
  await makeDue(space, channel, 'archive-notice');
  await notice(ana, channel);
  space.gateway.fail('conversations.archive', { error: 'restricted_action' });
  await makeDue(space, channel, 'archive');
  await eventually('words', async () =>
    (await ana.sees(channel)).some((one) =>
      /did not let me archive this channel \(restricted_action\)/.test(one.shown),
    ),
  );
});
