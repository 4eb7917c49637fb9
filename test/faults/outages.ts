import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { type OwnServer, ownPostgres, ownRedis, smallDisk } from '../support/servers.ts';
import { useWorkspace } from '../support/workspace.ts';
import { type Outage, suffer } from './outage.ts';
import {
  clockOutages,
  migrationOutages,
  postgresOutages,
  processOutages,
  redisOutages,
  slackOutages,
} from './outageCases.ts';

/** Servers of one test file, there once its tests run. */
export interface Broken {
  postgres: OwnServer;
  redis: OwnServer;
  /** Null where none may be mounted. */
  disk: ReturnType<typeof smallDisk>;
  /** Says how many milliseconds the bot's clocks are off. */
  clockFile: string;
}

/**
 * What the bot stands on breaks for so many seconds, one after the other, while people work. In brief without what other
 * tests break too: Slack, and what differs little from another case.
 */
export function outages(seconds: number, { brief = false } = {}): void {
  const broken = {} as Broken;
  const folder = mkdtempSync(join(tmpdir(), 'debrief-clock-'));
  broken.clockFile = join(folder, 'shift');
  writeFileSync(broken.clockFile, '0');
  broken.disk = smallDisk(400);
  if (!broken.disk)
    process.stderr.write('No disk may be mounted here: the case of a full one is left out.\n');
  // Before the workspace's, and so run after it.
  afterAll(async () => {
    await broken.postgres?.remove();
    await broken.redis?.remove();
    broken.disk?.remove();
    rmSync(folder, { recursive: true });
  });
  const space = useWorkspace({
    process: true,
    passages: true,
    people: { ana: 'UTC', ben: 'UTC' },
    roles: ['web', 'worker'],
    // As Slack does: at once, and when it is over.
    gateway: { retryDelays: [300, seconds * 500, seconds * 500 + 4000] },
    env: {
      NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, '../support/shiftedClock.mjs'))}`,
      CLOCK_FILE: broken.clockFile,
    },
    async servers() {
      broken.redis = await ownRedis();
      broken.postgres = await ownPostgres(broken.disk && join(broken.disk.place, 'postgres'));
      return { databaseUrl: broken.postgres.url, redisUrl: broken.redis.url };
    },
  });
  const rows = useDatabaseOf(space);
  const run = (cases: Outage[]) =>
    test.each(cases.filter((one) => !brief || !one.alike).map((one) => ({ name: one.what, one })))(
      '$name',
      ({ one }) => suffer(space, rows, one, seconds).then(() => undefined),
      900_000,
    );
  describe('PostgreSQL', () => run(postgresOutages(space, broken)));
  describe('Redis', () => run(redisOutages(broken)));
  if (!brief) describe('Slack', () => run(slackOutages(space)));
  describe('a process', () => run(processOutages(space)));
  describe('clocks', () => run(clockOutages(space, broken)));
  describe('migrations', () => run(migrationOutages(space)));
}
