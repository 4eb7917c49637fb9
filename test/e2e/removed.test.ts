import { expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, eventually, type } from './incident.ts';

// The simple way, with SLACK_BOT_TOKEN; for several workspaces see installs.test.ts.
const space = useWorkspace({ people: { ana: 'UTC' } });
const rows = useDatabaseOf(space);

async function missing(): Promise<string[]> {
  const answer = (await (await fetch(`${space.bot.url}/readyz`)).json()) as { missing: string[] };
  return answer.missing;
}

test('the one workspace removes the app: everything waits, and is done when the token counts again', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'Search fails');
  await rows.laneIdle('Search fails');
  space.gateway.uninstall();
  await eventually('word to the operator', async () => (await missing()).includes('slack-token'));
  await eventually('line in the log', async () => /Slack refuses our token/.test(space.bot.output()));
  const reply = await type(ana, channel, '/incident note Kept all the same');
  expect(reply.text).toContain('Kept all the same');
  const open = () => rows.sql(`SELECT attempts FROM "Outbox" WHERE kind = 'entry' AND "doneAt" IS NULL`);
  expect(await open()).toEqual([{ attempts: 0 }]);

  for (const grant of space.gateway.app.tokens.values()) delete grant.gone;
  // As if the rest's five minutes had passed; what was under way may have begun it anew.
  await eventually('end of the rest', async () => {
    await rows.sql(
      `UPDATE "Standstill" SET since = since - interval '1 hour', until = until - interval '1 hour'`,
    );
    return (await open()).length === 0;
  });
  await rows.laneIdle('Search fails');
  expect(
    (await ana.sees(channel)).some((one) => !one.ephemeral && one.shown.includes('Kept all the same')),
  ).toBe(true);
  expect(space.bot.output()).toContain('takes our token again');
  expect(await missing()).toEqual([]);
});
