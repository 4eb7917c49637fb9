import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../config.ts';
import { migrate } from '../storage/migrate.ts';
import { startServices } from './embedded.ts';

type Env = Record<string, string | undefined>;

const DATA_DIR = '.debrief';

/** Stand for what the embedded services will give. */
const TO_COME = {
  DATABASE_URL: 'postgresql://embedded',
  REDIS_URL: 'redis://embedded',
  LINK_SECRET: '-'.repeat(32),
};

/**
 * For trying Debrief out: where no databases are given it starts its own, with their data (and a link secret) in
 * `.debrief/`, says so, and returns the environment completed. With both given it returns the environment as it is.
 */
export async function withServices(
  env: Env,
  log: (line: string) => void,
): Promise<{ env: Env; services: { stop(): Promise<void> } | null }> {
  if (env.DATABASE_URL && env.REDIS_URL) return { env, services: null };
  // What the person must give is checked first: nothing is started for a configuration with faults.
  loadConfig({ ...env, ...TO_COME, ...(env.LINK_SECRET && { LINK_SECRET: env.LINK_SECRET }) });
  const missing = [!env.DATABASE_URL && 'DATABASE_URL', !env.REDIS_URL && 'REDIS_URL']
    .filter(Boolean)
    .join(' and ');
  log(
    `No ${missing}: running on embedded services, with their data in ${DATA_DIR}/. Fine for trying it out.`,
  );
  mkdirSync(DATA_DIR, { recursive: true });
  const services = await startServices({
    ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }),
    ...(env.REDIS_URL && { redisUrl: env.REDIS_URL }),
    dataDir: DATA_DIR,
    log,
  });
  if (!env.DATABASE_URL) await migrate(services.databaseUrl);
  const { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL } = services;
  return { env: { ...env, DATABASE_URL, REDIS_URL, LINK_SECRET: env.LINK_SECRET || linkSecret() }, services };
}

/** A secret of this installation's own, made once. */
function linkSecret(): string {
  const path = join(DATA_DIR, 'link-secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}
