import { expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, eventually, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'UTC', ben: 'UTC' }, gateway: { retryDelays: [100] } });
const rows = useDatabaseOf(space);

test('what people do while the bot is away is on the timeline when it is back', async () => {
  const { ana, ben } = space.people;
  const title = 'Away for hours';
  const channel = await declare(space, ana, title);
  const ago = (minutes: number) => ({ at: Date.now() - minutes * 60_000 });
  const kept = await ben.say(channel, 'Login is slow', ago(50));
  const edited = await ben.say(channel, 'Twelve nodes are down', ago(45));
  const deleted = await ben.say(channel, 'I think it is DNS', ago(40));
  const unpinned = await ben.say(channel, 'Never mind this', ago(35));
  const wasPinned = await ben.say(channel, 'Try the old build', ago(33));
  const pinned = await ben.say(channel, 'The new build is at fault', ago(32));
  await ana.pin(channel, wasPinned);
  await captured(ana, channel, 'Try the old build');
  const root = await ben.say(channel, 'Anything in the logs?', ago(30));
  for (const [ts, text] of [
    [kept, 'Login is slow'],
    [edited, 'Twelve nodes are down'],
    [deleted, 'I think it is DNS'],
    [unpinned, 'Never mind this'],
  ] as const) {
    await ana.react(channel, ts, 'pushpin');
    await captured(ana, channel, text);
  }
  await type(ana, channel, '/incident note Typed by hand');
  await rows.laneIdle(title);

  await space.bot.stop();
  await ben.edit(channel, edited, 'Eleven nodes are down');
  await ben.deleteMessage(channel, deleted);
  await ana.unreact(channel, unpinned, 'pushpin');
  await ben.unpin(channel, wasPinned);
  await ben.pin(channel, pinned);
  await ben.react(channel, kept, 'satellite_antenna');
  const late = await ben.say(channel, 'Certificates expired', ago(20));
  await ana.react(channel, late, 'dart');
  const reply = await ben.say(channel, 'Yes: handshake errors', { threadTs: root, ...ago(25) });
  await ana.react(channel, reply, 'pushpin');
  await space.gateway.settled();
  await space.restart('stop');

  await eventually('all that was missed', async () => {
    const { text } = await type(ana, channel, '/incident timeline');
    return (
      /Certificates expired/.test(text) &&
      /handshake errors/.test(text) &&
      /Eleven nodes/.test(text) &&
      !/Never mind this/.test(text) &&
      /The new build is at fault/.test(text) &&
      !/Try the old build/.test(text) &&
      /Detected[\s\S]*Login is slow/.test(text)
    );
  });
  await rows.laneIdle(title);
  const entries = await rows.sql<{ text: string; at: string; ts: string; gone: boolean; capturedBy: string }>(
    `SELECT text, extract(epoch FROM "occurredAt")::text AS at, "messageTs" AS ts, "capturedBy",
       "messageGoneAt" IS NOT NULL AS gone
     FROM "Entry" WHERE "channelId" = $1 AND "retractedAt" IS NULL AND source = 'reaction'`,
    [channel],
  );
  const of = (ts: string) => entries.filter((one) => one.ts === ts);
  for (const [ts, person] of [
    [late, ana],
    [reply, ana],
    [pinned, ben],
  ] as const) {
    expect(of(ts)).toMatchObject([{ capturedBy: person.id }]);
    expect(Number(of(ts)[0]?.at)).toBeCloseTo(Number(ts), 2);
  }
  await eventually('deletion', async () => {
    const found = await rows.sql(
      `SELECT 1 FROM "Entry" WHERE "messageTs" = $1 AND "messageGoneAt" IS NOT NULL AND text = 'I think it is DNS'`,
      [deleted],
    );
    return found.length === 1;
  });
  const revisions = await rows.sql<{ change: string; by: string }>(
    `SELECT change, "by" FROM "EntryRevision" r JOIN "Entry" e ON e.id = r."entryId" WHERE e."messageTs" = $1`,
    [edited],
  );
  expect(revisions).toMatchObject([{ change: 'message-edited' }]);
  // Nobody's words but people's: the bot's own line is as it was.
  expect(
    (await ana.sees(channel)).filter((one) => !one.ephemeral && /Typed by hand/.test(one.shown)),
  ).toHaveLength(1);

  // A later event counts more than what was read.
  await ana.unreact(channel, late, 'dart');
  await eventually('retraction', async () => {
    const { text } = await type(ana, channel, '/incident timeline');
    return !/Certificates expired/.test(text);
  });
});

test('after app_rate_limited everything is compared at once', async () => {
  const { ana, ben } = space.people;
  const title = 'Events left out';
  const channel = await declare(space, ana, title);
  const said = await ben.say(channel, 'Orders are stuck');
  await rows.laneIdle(title);
  await eventually(
    'first comparison',
    async () =>
      (
        await rows.sql(
          `SELECT 1 FROM "Reconciling" r JOIN "Incident" i ON i.id = r."incidentId"
       WHERE title = $1 AND "passTs" IS NULL AND "nextAt" > now()`,
          [title],
        )
      ).length === 1,
  );
  space.gateway.deliverTo('http://127.0.0.1:9/nowhere');
  await ben.react(channel, said, 'pushpin');
  await space.gateway.settled();
  space.gateway.deliverTo(space.bot.eventsUrl);
  const { teamId: team_id } = space.gateway.workspace;
  const minute_rate_limited = Math.floor(Date.now() / 60_000) * 60;
  const answer = await space.gateway.sendRaw(
    JSON.stringify({ type: 'app_rate_limited', team_id, minute_rate_limited, api_app_id: 'A' }),
  );
  expect(answer.status).toBe(200);
  await captured(ben, channel, 'Orders are stuck');
});
