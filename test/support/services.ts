import { spawnSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { freshDatabase } from '../../src/demo/database.ts';
import { startServices } from '../../src/demo/embedded.ts';
import { migrate } from '../../src/storage/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string;
    /** Name of a migrated database to copy. */
    template: string;
  }
}

/**
 * Vitest's global setup: the PostgreSQL and Redis of the environment (`DATABASE_URL`, `REDIS_URL`), else ones
 * of our own for this run. Tests get their addresses by `inject('databaseUrl')` and `inject('redisUrl')`, and
 * copy a database that is migrated here, once.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The bot runs from dist: it is to be what src says now.
  const ready = spawnSync(process.execPath, ['scripts/bootstrap.mjs'], { stdio: 'inherit' });
  if (ready.status !== 0) throw new Error('This folder could not be made ready.');
  const { DATABASE_URL, REDIS_URL } = process.env;
  const services = await startServices({
    databaseUrl: DATABASE_URL || undefined,
    redisUrl: REDIS_URL || undefined,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const template = await freshDatabase(services.databaseUrl, 'template');
  await migrate(template.url);
  project.provide('template', template.name);
  project.provide('databaseUrl', services.databaseUrl);
  project.provide('redisUrl', services.redisUrl);
  return async () => {
    await template.drop();
    await services.stop();
  };
}
