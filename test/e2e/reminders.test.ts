import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { clearRedis } from '../../src/demo/database.ts';
import { shownView } from '../../src/demo/gateway/shown.ts';
import { createTimerQueue, createTimerWorker } from '../../src/jobs/timerQueue.ts';
import { keptLog } from '../slack/fakes.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, makeDue, sendToReview, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'Europe/Berlin', ben: 'America/New_York' } });
const rows = useDatabaseOf(space);

test('nobody in the lead: the channel is nudged; of two who answer at once one wins, taking the lead settles it', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev1 Payments fail');
  await ben.join(channel);
  await makeDue(space, channel, 'nudge:lead');
  const nudge = await eventually('nudge', async () =>
    (await ana.sees(channel)).find((one) => one.shown.includes('Nobody leads yet')),
  );
  const replies = await Promise.all([ana.press(nudge, 'nudge_snooze'), ben.press(nudge, 'nudge_dismiss')]);
  await Promise.all(replies.map((reply) => reply.visible()));
  expect(replies.filter(({ text }) => /answered this reminder/.test(text))).toHaveLength(1);
  const answered = await eventually('nudge with its answer', async () =>
    (await ana.sees(channel)).find((one) => one.ts === nudge.ts && /by @(ana|ben)/.test(one.shown)),
  );
  expect(answered.shown).not.toContain('[Dismiss]');
});

test('a late milestone: the lead is asked in private, and "done at" records it at the time given', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev1 Search is slow at 2h ago');
  await type(ana, channel, '/incident lead');
  await makeDue(space, channel, 'nudge:root_cause_identified');
  const nudge = await eventually('direct message', async () =>
    (await ana.dms()).find((one) => /Root cause identified\W* is late/.test(one.shown)),
  );
  const pressed = await ana.press(nudge, 'nudge_done');
  const form = await eventually('form', async () => pressed.view);
  expect(await ana.submit(form, { time: '2099-01-01 10:00' })).toMatchObject({ kind: 'errors' });
  expect(await ana.submit(form, { time: '35m ago' })).toEqual({ kind: 'closed' });
  const { text } = await type(ana, channel, '/incident timeline');
  expect(text).toMatch(/Root cause identified/);
  await eventually('settled reminder', async () =>
    (await ana.dms()).some(
      (one) => one.ts === nudge.ts && /no longer late[\s\S]*Settled by @ana/.test(one.shown),
    ),
  );
});

test('a milestone that lost its mark is asked for again, and after “Dismiss” no more', async () => {
  const { ana } = space.people;
  const key = 'nudge:root_cause_identified';
  const channel = await declare(space, ana, 'sev1 Logins hang at 3h ago');
  const number = /INC-\d+/.exec((await type(ana, channel, '/incident timeline')).text)?.[0] ?? 'none';
  await type(ana, channel, '/incident lead');
  /** Marks the milestone and takes its line back. */
  const markAndRetract = async () => {
    const { text } = await type(ana, channel, '/incident root-cause 1h ago The pool is empty');
    await type(ana, channel, `/incident retract ${/#\d+/.exec(text)?.[0]}`);
  };
  const reminders = async () =>
    (await ana.dms()).filter((one) => one.shown.includes(number) && /Root cause identified/.test(one.shown));
  const set = () =>
    rows.sql(
      `SELECT 1 FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
       WHERE "channelId" = $1 AND key = $2 AND "firedAt" IS NULL AND "canceledAt" IS NULL`,
      [channel, key],
    );
  await makeDue(space, channel, key);
  await eventually('reminder', async () => (await reminders()).length === 1);
  await makeDue(space, channel, key);
  await eventually('those after the lead', async () => (await set()).length === 0);

  await markAndRetract();
  await makeDue(space, channel, key);
  const again = await eventually('second reminder', async () => (await reminders())[1]);
  expect(again.shown).toMatch(/Root cause identified\W* is late/);
  await (await ana.press(again, 'nudge_dismiss')).visible();
  await markAndRetract();
  expect(await set()).toEqual([]);
});

test('a timer fires although Redis was emptied', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev1 Mail is late');
  await clearRedis(space.redisUrl, space.redisPrefix);
  await makeDue(space, channel, 'nudge:lead');
  await eventually('nudge', async () =>
    (await ana.sees(channel)).some((one) => one.shown.includes('Nobody leads yet')),
  );
});

test('a delayed job wakes an incident’s timers at their time', async () => {
  const prefix = `${space.redisPrefix}-timers`;
  const producer = new Redis(space.redisUrl);
  const consumer = new Redis(space.redisUrl, { maxRetriesPerRequest: null });
  const { logger } = keptLog();
  const fired: { id: string; at: number }[] = [];
  const queue = createTimerQueue(producer, prefix, logger);
  const worker = createTimerWorker(consumer, prefix, logger, async (id) => {
    fired.push({ id, at: Date.now() });
  });
  const start = Date.now();
  const id = '5f0c2a3e-7f0b-4f4e-9a53-0d1a51a3c0de';
  await queue.add(id, 700);
  await eventually('firing', async () => fired.length > 0);
  expect(fired).toEqual([{ id, at: expect.any(Number) }]);
  expect((fired[0]?.at ?? 0) - start).toBeGreaterThanOrEqual(690);
  await worker.close();
  await queue.close();
  producer.disconnect();
  consumer.disconnect();
  await clearRedis(space.redisUrl, prefix);
});

test('updates stand in the announcement’s thread, subscribers are told, the announcement shows the present state', async () => {
  const { ana, ben } = space.people;
  const asked = await type(ben, space.incidents, '/incident subscribe sev2');
  expect(asked.text).toMatch(/SEV2 Major and worse/);
  const channel = await declare(space, ana, 'sev2 Invoices are wrong');
  const announced = await eventually('announcement', async () =>
    (await ana.sees(space.announcements)).find((one) => one.shown.includes('Invoices are wrong')),
  );
  const reply = await type(ana, channel, '/incident update A fix is being tested');
  expect(reply.text).toMatch(/Update 1 is on the timeline.*announcement channel and to 1 subscriber/);
  await eventually('update in the thread', async () =>
    (await ana.sees(space.announcements)).some(
      (one) => one.threadTs === announced.ts && one.shown.includes('A fix is being tested'),
    ),
  );
  const form = await type(ana, channel, '/incident update');
  const view = form.view;
  if (!view) throw new Error('no form');
  expect(await ana.submit(view, { text: 'Refunds begin', impact: '12 customers', next: '30' })).toEqual({
    kind: 'closed',
  });
  await eventually('direct messages to ben', async () => {
    const got = (await ben.dms()).map(({ shown }) => shown).join('\n');
    return (
      /INC-\d+\W* Invoices are wrong/.test(got) &&
      /A fix is being tested/.test(got) &&
      /12 customers/.test(got)
    );
  });
  await type(ana, channel, '/incident resolve');
  await eventually('announcement in its last state', async () =>
    (await ana.sees(space.announcements)).some(
      (one) => one.ts === announced.ts && /SEV2 Major · resolved/.test(one.shown),
    ),
  );
});

test('a private incident’s update is told to nobody outside', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev1 private Salaries leaked');
  const reply = await type(ana, channel, '/incident update Access is closed');
  expect(reply.text).toMatch(/nobody outside is told/);
  const { view } = await type(ana, channel, '/incident update');
  if (!view) throw new Error('no form');
  const answer = await ana.submit(view, { text: 'Access is closed for good' });
  expect(answer).toMatchObject({ kind: 'updated' });
  expect(JSON.stringify(answer)).toContain('nobody outside is told');
  await type(ana, channel, '/incident note The last step of this lane');
  await eventually('line', async () =>
    (await ana.sees(channel)).some((one) => one.shown.includes('The last step of this lane')),
  );
  const outside = [...(await ana.sees(space.announcements)), ...(await ben.dms())];
  expect(outside.filter((one) => /Salaries|Access is closed/.test(one.shown))).toEqual([]);
});

test('publishing names what is unfinished, and its owner is asked once a week until it is done', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Exports are empty');
  await type(ana, channel, `/incident action Test the export <@${ben.id}> due 2030-01-31`);
  await type(ana, channel, '/incident resolve');
  const draft = await eventually('draft', async () =>
    (await ana.sees(channel)).find((one) => one.shown.includes('[Send to review]')),
  );
  const sent = await sendToReview(ana, draft);
  expect(JSON.stringify(sent)).toMatch(/is in review, but nobody is asked/);
  await ana.press(sent, 'Publish');
  await eventually('publishing', async () =>
    /is published without a review\.[\s\S]*1 action item is unfinished/.test(
      shownView(space.gateway.view(sent.id) ?? {}),
    ),
  );
  const { markdown, json } = await draftOf(ana, channel);
  expect(markdown).toMatch(
    /Unfinished when this was published\*\* \(.*UTC\): Test the export \(ben, due 2030-01-31\)/,
  );
  expect(json.published).toMatchObject({ by: 'ana', unfinished: [{ owner: 'ben', due: '2030-01-31' }] });

  const asked = async () =>
    (await ben.dms()).filter((one) => /is published; of its action items these are open/.test(one.shown));
  expect(await asked()).toEqual([]);
  await makeDue(space, channel, 'follow-up');
  const [question] = await eventually('question', async () => {
    const all = await asked();
    return all.length > 0 && all;
  });
  expect(question?.shown).toContain('Test the export');
  // Set for the week after.
  await makeDue(space, channel, 'follow-up');
  const both = await eventually('second question', async () => {
    const all = await asked();
    return all.length > 1 && all;
  });
  expect(both).toHaveLength(2);
  await (await ben.press(both[1] ?? draft, 'Item 1 is done')).visible();
  await makeDue(space, channel, 'follow-up');
  await eventually('firing', async () => {
    const [timer] = await rows.sql<{ left: number }>(
      `SELECT count(*)::int AS left FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
       WHERE "channelId" = $1 AND key = 'follow-up' AND "firedAt" IS NULL`,
      [channel],
    );
    return timer?.left === 0;
  });
  await rows.laneIdle('Exports are empty');
  expect(await asked()).toHaveLength(2);
});

test('a reaction makes a message an action item with its link; its owner ends it', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'Backups are stale');
  const ts = await ben.say(channel, 'We should test the restore');
  await ben.react(channel, ts, 'ballot_box_with_check');
  const told = await eventually('answer', async () =>
    (await ben.sees(channel)).find((one) => one.ephemeral && /is action item 1 now/.test(one.shown)),
  );
  const plan = await ben.press(told, 'Owner and date');
  const form = await eventually('form', async () => plan.view);
  expect(await ben.submit(form, { date: 'next week' })).toMatchObject({
    kind: 'errors',
    errors: { date: expect.stringContaining('2026-03-01') },
  });
  expect(await ben.submit(form, { owner: ben.id, date: '2030-02-01' })).toEqual({ kind: 'closed' });
  const mine = await type(ben, space.incidents, '/incident actions');
  expect(mine.text).toMatch(/1 open action item[\s\S]*We should test the restore \(message/);
  expect(mine.text).toMatch(/owner @ben, due 2030-02-01/);
  const fresh = (await type(ana, channel, '/incident action')).view;
  if (!fresh) throw new Error('no form');
  expect(await ana.submit(fresh, { action: 'Write a runbook' })).toEqual({ kind: 'closed' });
  expect((await type(ana, channel, '/incident actions all')).text).toMatch(
    /item 2: Write a runbook \(no owner yet, no date yet\)/,
  );
  expect((await type(ben, channel, '/incident action drop 1')).text).toMatch(/Missing: reason/);
  expect((await type(ben, channel, '/incident action done 1')).text).toMatch(/is done/);
  expect((await type(ana, channel, '/incident action done 1')).text).toMatch(/is done already/);
  expect((await type(ben, space.incidents, '/incident actions')).text).toMatch(/no open action items/);
});
