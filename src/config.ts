import { z } from 'zod';

const secret = (name: string, atLeast: number) =>
  z.string(`${name} is missing`).trim().min(atLeast, `${name} must have at least ${atLeast} characters`);

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const ids = (pattern: RegExp, message: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every((one) => pattern.test(one)), message);

const environment = z.object({
  SLACK_BOT_TOKEN: secret('SLACK_BOT_TOKEN', 1).startsWith('xox', 'SLACK_BOT_TOKEN must begin with xoxb-'),
  SLACK_SIGNING_SECRET: optional(secret('SLACK_SIGNING_SECRET', 8)),
  SLACK_APP_TOKEN: optional(z.string().startsWith('xapp-', 'SLACK_APP_TOKEN must begin with xapp-')),
  SLACK_API_URL: optional(
    z.url({ protocol: /^https?$/, error: 'SLACK_API_URL must be an http or https address' }),
  ),
  PORT: optional(z.coerce.number('PORT must be a number').int().min(0).max(65_535)),
  HOST: optional(z.string()),
  BASE_URL: optional(z.url({ protocol: /^https?$/, error: 'BASE_URL must be an http or https address' })),
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL must begin with postgresql://' }),
  ),
  REDIS_URL: optional(
    z.url({ protocol: /^rediss?$/, error: 'REDIS_URL must begin with redis:// or rediss://' }),
  ),
  REDIS_PREFIX: optional(z.string().regex(/^[\w-]+$/, 'REDIS_PREFIX may have letters, digits, _ and - only')),
  DATABASE_POOL: optional(z.coerce.number().int().min(2).max(200)),
  ROLE: optional(z.enum(['web', 'worker', 'all'], 'ROLE must be web, worker or all')),
  LINK_SECRET: secret('LINK_SECRET', 32),
  ANNOUNCE_CHANNEL: optional(
    z.string().regex(/^[CG][A-Z0-9]+$/, 'ANNOUNCE_CHANNEL must be a channel id such as C0123456789'),
  ),
  MANAGERS: optional(
    ids(/^[CGUW][A-Z0-9]+$/, 'MANAGERS must be a channel id or user ids, separated by commas'),
  ),
  LOG_LEVEL: optional(
    z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent',
    ),
  ),
});

/** What the process runs with. Read once, at the start. */
export interface Config {
  slack: {
    botToken: string;
    /** Null in Socket Mode. Several during a rotation, separated by commas in the environment. */
    signingSecrets: string[];
    appToken: string | null;
    /** Ends in a slash; null: Slack itself. */
    apiUrl: string | null;
  };
  port: number;
  host: string;
  /** Public address of the pages, without a slash at its end. */
  baseUrl: string;
  databaseUrl: string;
  databasePool: number;
  redisUrl: string;
  redisPrefix: string;
  role: 'web' | 'worker' | 'all';
  linkSecret: string;
  announceChannel: string | null;
  managers: string[];
  logLevel: string;
}

/** Every fault of the environment at once, a line each. */
export class ConfigError extends Error {
  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.map((one) => `  - ${one}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Reads the environment. Throws a ConfigError that lists every fault; secrets have no default. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const read = environment.safeParse(env);
  const faults = read.success ? [] : read.error.issues.map((issue) => `${messageOf(issue)}`);
  for (const name of ['DATABASE_URL', 'REDIS_URL']) if (!env[name]) faults.push(`${name} is missing`);
  if (!env.SLACK_SIGNING_SECRET && !env.SLACK_APP_TOKEN) {
    faults.push('SLACK_SIGNING_SECRET is missing (or give SLACK_APP_TOKEN for Socket Mode)');
  }
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  const { data } = read;
  const port = data.PORT ?? 3000;
  return {
    slack: {
      botToken: data.SLACK_BOT_TOKEN,
      signingSecrets: (data.SLACK_SIGNING_SECRET ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
      appToken: data.SLACK_APP_TOKEN ?? null,
      apiUrl: data.SLACK_API_URL ? apiUrlOf(data.SLACK_API_URL) : null,
    },
    port,
    host: data.HOST ?? '0.0.0.0',
    baseUrl: (data.BASE_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    databaseUrl: data.DATABASE_URL ?? '',
    databasePool: data.DATABASE_POOL ?? 20,
    redisUrl: data.REDIS_URL ?? '',
    redisPrefix: data.REDIS_PREFIX ?? 'debrief',
    role: data.ROLE ?? 'all',
    linkSecret: data.LINK_SECRET,
    announceChannel: data.ANNOUNCE_CHANNEL ?? null,
    managers: data.MANAGERS ?? [],
    logLevel: data.LOG_LEVEL ?? 'info',
  };
}

// zod's own words name no variable: put it in front where ours do not.
function messageOf(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0] ?? '');
  return issue.message.includes(name) ? issue.message : `${name}: ${issue.message}`;
}

/** `http://host:1234` means `http://host:1234/api/`, as Slack has it. */
function apiUrlOf(text: string): string {
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = '/api/';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.toString();
}
