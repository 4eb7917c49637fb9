import { z } from 'zod';

const required = (name: string) => z.string(`${name} is missing`);

const url = (name: string, protocol: RegExp, rule: string) =>
  z.url({
    protocol,
    error: ({ input }) => (input === undefined ? `${name} is missing` : `${name} ${rule}`),
  });

const whole = (name: string, least: number, most: number) => {
  const rule = `${name} must be a whole number from ${least} to ${most}`;
  return z.coerce.number(rule).int(rule).min(least, rule).max(most, rule);
};

const list = (one: RegExp, rule: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((parts) => parts.length > 0 && parts.every((part) => one.test(part)), rule);

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const environment = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'SLACK_BOT_TOKEN must begin with xoxb-').optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, 'SLACK_CLIENT_ID must be two numbers with a dot between them')
    .optional(),
  SLACK_CLIENT_SECRET: z.string().min(8, 'SLACK_CLIENT_SECRET must have at least 8 characters').optional(),
  TOKEN_KEY: list(
    /^[0-9a-f]{64}$/i,
    'TOKEN_KEY must be 64 hexadecimal digits (openssl rand -hex 32), each of several too',
  ).optional(),
  SLACK_SIGNING_SECRET: list(
    /^.{8,}$/,
    'SLACK_SIGNING_SECRET must have at least 8 characters, each of several too',
  ).optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'SLACK_APP_TOKEN must begin with xapp-').optional(),
  SLACK_API_URL: url('SLACK_API_URL', /^https?$/, 'must be an http or https address').optional(),
  PORT: whole('PORT', 0, 65_535).optional(),
  HOST: z.string().optional(),
  BASE_URL: url('BASE_URL', /^https?$/, 'must be an http or https address').optional(),
  DATABASE_URL: url('DATABASE_URL', /^postgres(ql)?$/, 'must begin with postgresql://'),
  DATABASE_POOL: whole('DATABASE_POOL', 2, 200).optional(),
  REDIS_URL: url('REDIS_URL', /^rediss?$/, 'must begin with redis:// or rediss://'),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]+$/, 'REDIS_PREFIX may have letters, digits, _ and - only')
    .optional(),
  ROLE: z.enum(['web', 'worker', 'all'], 'ROLE must be web, worker or all').optional(),
  LINK_SECRET: required('LINK_SECRET').min(32, 'LINK_SECRET must have at least 32 characters'),
  LINK_DAYS: whole('LINK_DAYS', 1, 3650).optional(),
  RATE_PER_USER: whole('RATE_PER_USER', 1, 1_000_000).optional(),
  RATE_PER_WORKSPACE: whole('RATE_PER_WORKSPACE', 1, 1_000_000).optional(),
  RATE_PAGES_PER_ADDRESS: whole('RATE_PAGES_PER_ADDRESS', 1, 1_000_000).optional(),
  RATE_PAGES_PER_LINK: whole('RATE_PAGES_PER_LINK', 1, 1_000_000).optional(),
  PROXY_HOPS: whole('PROXY_HOPS', 0, 10).optional(),
  ANNOUNCE_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/, 'ANNOUNCE_CHANNEL must be a channel id such as C0123456789')
    .optional(),
  MANAGERS: list(
    /^[CGUW][A-Z0-9]+$/,
    'MANAGERS must be a channel id or user ids, separated by commas',
  ).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`).optional(),
});

/** What the process runs with. Read once, at the start. */
export interface Config {
  slack: {
    /** Of the one workspace; null with `oauth`. */
    botToken: string | null;
    /** Null with `botToken`. */
    oauth: {
      clientId: string;
      clientSecret: string;
      /** In hex. The first one seals tokens, all open them. */
      tokenKeys: string[];
    } | null;
    /** Empty in Socket Mode. Several during a rotation, separated by commas in the environment. */
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
  /** After so many days a link to a page ends. */
  linkDays: number;
  /** Commands, forms and presses in a minute. */
  rates: { perUser: number; perWorkspace: number };
  /** Requests for pages in a minute, and how many proxies tell their clients' addresses. */
  pageRates: { perAddress: number; perLink: number; proxyHops: number };
  announceChannel: string | null;
  managers: string[];
  logLevel: (typeof LOG_LEVELS)[number];
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

/**
 * Reads the environment; an empty value is an absent one. Throws a ConfigError that lists every fault and no value.
 * Secrets have no default.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.entries(env).map(([name, value]) => [name, value?.trim() || undefined] as const);
  const values = Object.fromEntries(given);
  const read = environment.safeParse(values);
  const faults = read.success ? [] : read.error.issues.map((issue) => issue.message);
  faults.push(...accessFaults(values));
  // A worker takes nothing in from Slack.
  if (values.ROLE !== 'worker' && !values.SLACK_SIGNING_SECRET && !values.SLACK_APP_TOKEN) {
    faults.push('SLACK_SIGNING_SECRET is missing (or give SLACK_APP_TOKEN for Socket Mode)');
  }
  if (!read.success || faults.length > 0) throw new ConfigError([...new Set(faults)]);
  const { data } = read;
  const port = data.PORT ?? 3000;
  return {
    slack: {
      botToken: data.SLACK_BOT_TOKEN ?? null,
      oauth: data.SLACK_CLIENT_ID
        ? {
            clientId: data.SLACK_CLIENT_ID,
            clientSecret: data.SLACK_CLIENT_SECRET ?? '',
            tokenKeys: data.TOKEN_KEY ?? [],
          }
        : null,
      signingSecrets: data.SLACK_SIGNING_SECRET ?? [],
      appToken: data.SLACK_APP_TOKEN ?? null,
      apiUrl: data.SLACK_API_URL ? apiUrlOf(data.SLACK_API_URL) : null,
    },
    port,
    host: data.HOST ?? '0.0.0.0',
    baseUrl: (data.BASE_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL ?? 20,
    redisUrl: data.REDIS_URL,
    redisPrefix: data.REDIS_PREFIX ?? 'debrief',
    role: data.ROLE ?? 'all',
    linkSecret: data.LINK_SECRET,
    linkDays: data.LINK_DAYS ?? 90,
    rates: { perUser: data.RATE_PER_USER ?? 120, perWorkspace: data.RATE_PER_WORKSPACE ?? 1200 },
    pageRates: {
      perAddress: data.RATE_PAGES_PER_ADDRESS ?? 300,
      perLink: data.RATE_PAGES_PER_LINK ?? 60,
      proxyHops: data.PROXY_HOPS ?? 0,
    },
    announceChannel: data.ANNOUNCE_CHANNEL ?? null,
    managers: data.MANAGERS ?? [],
    logLevel: data.LOG_LEVEL ?? 'info',
  };
}

/** One workspace by its token, or any number by OAuth: exactly one of the two, and all that it needs. */
function accessFaults(values: Record<string, string | undefined>): string[] {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId, BASE_URL: baseUrl } = values;
  const faults: string[] = [];
  if (token && clientId)
    faults.push('SLACK_BOT_TOKEN must not be given together with SLACK_CLIENT_ID: one workspace, or several');
  if (!token && !clientId)
    faults.push('SLACK_BOT_TOKEN is missing (or give SLACK_CLIENT_ID to install in several workspaces)');
  if (!clientId) {
    for (const name of ['SLACK_CLIENT_SECRET', 'TOKEN_KEY'])
      if (values[name]) faults.push(`${name} must come with SLACK_CLIENT_ID`);
    return faults;
  }
  for (const name of ['SLACK_CLIENT_SECRET', 'TOKEN_KEY'])
    if (!values[name]) faults.push(`${name} is missing: SLACK_CLIENT_ID needs it`);
  for (const name of ['ANNOUNCE_CHANNEL', 'MANAGERS'])
    if (values[name])
      faults.push(`${name} must be unset with SLACK_CLIENT_ID: each workspace says it by /incident settings`);
  if (
    baseUrl &&
    /^http:/i.test(baseUrl) &&
    !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(baseUrl)
  )
    faults.push('BASE_URL must begin with https:// with SLACK_CLIENT_ID: Slack sends people back there');
  return faults;
}

/** `http://host:1234` means `http://host:1234/api/`, as Slack has it. */
function apiUrlOf(text: string): string {
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = '/api/';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.toString();
}
