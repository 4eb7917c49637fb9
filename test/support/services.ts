import type { TestProject } from 'vitest/node';
import { startServices } from '../../src/demo/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string;
  }
}

/**
 * Vitest's global setup: the PostgreSQL and Redis of the environment (`DATABASE_URL`, `REDIS_URL`), else ones
 * of our own for this run. Tests get their addresses by `inject('databaseUrl')` and `inject('redisUrl')`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const services = await startServices({
    databaseUrl: DATABASE_URL || undefined,
    redisUrl: REDIS_URL || undefined,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  project.provide('databaseUrl', services.databaseUrl);
  project.provide('redisUrl', services.redisUrl);
  return services.stop;
}
