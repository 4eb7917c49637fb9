import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../src/config.ts';

const SECRETS = {
  SLACK_BOT_TOKEN: 'xoxb-very-secret',
  SLACK_SIGNING_SECRET: 'signing-very-secret',
  LINK_SECRET: 'link-very-secret-of-32-characters',
};
const LEAST = {
  ...SECRETS,
  DATABASE_URL: 'postgresql://u:pass-very-secret@db/debrief',
  REDIS_URL: 'redis://redis:6379',
};

/** The faults that an environment is refused with, a line each. */
function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [head, ...lines] = error.message.split('\n');
    expect(head).toBe(
      lines.length === 1 ? 'The configuration has a fault:' : 'The configuration has faults:',
    );
    return lines.map((line) => line.replace(/^ {2}- /, ''));
  }
  return [];
}

describe('the configuration', () => {
  it('needs no more than secrets and databases', () => {
    expect(loadConfig(LEAST)).toEqual({
      slack: {
        botToken: 'xoxb-very-secret',
        oauth: null,
        signingSecrets: ['signing-very-secret'],
        appToken: null,
        apiUrl: null,
      },
      port: 3000,
      host: '0.0.0.0',
      baseUrl: 'http://localhost:3000',
      databaseUrl: LEAST.DATABASE_URL,
      databasePool: 20,
      redisUrl: 'redis://redis:6379',
      redisPrefix: 'debrief',
      role: 'all',
      linkSecret: SECRETS.LINK_SECRET,
      linkDays: 90,
      rates: { perUser: 120, perWorkspace: 1200 },
      pageRates: { perAddress: 300, perLink: 60, proxyHops: 0 },
      announceChannel: null,
      managers: [],
      logLevel: 'info',
    });
  });

  it('reads everything that can be set', () => {
    const config = loadConfig({
      ...LEAST,
      SLACK_SIGNING_SECRET: 'signing-very-secret, the-one-before',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:9000',
      PORT: '0',
      HOST: '::1',
      BASE_URL: 'https://debrief.example.com/x//',
      DATABASE_POOL: '5',
      LINK_DAYS: '7',
      RATE_PER_USER: '5',
      RATE_PER_WORKSPACE: '50',
      RATE_PAGES_PER_ADDRESS: '70',
      RATE_PAGES_PER_LINK: '7',
      PROXY_HOPS: '2',
      REDIS_URL: 'rediss://redis',
      REDIS_PREFIX: 'team-a_1',
      ROLE: 'worker',
      ANNOUNCE_CHANNEL: 'C0123',
      MANAGERS: 'U01, W02,',
      LOG_LEVEL: 'silent',
    });
    expect(config).toMatchObject({
      slack: {
        signingSecrets: ['signing-very-secret', 'the-one-before'],
        appToken: 'xapp-1',
        apiUrl: 'http://127.0.0.1:9000/api/',
      },
      port: 0,
      host: '::1',
      baseUrl: 'https://debrief.example.com/x',
      databasePool: 5,
      linkDays: 7,
      rates: { perUser: 5, perWorkspace: 50 },
      pageRates: { perAddress: 70, perLink: 7, proxyHops: 2 },
      redisUrl: 'rediss://redis',
      redisPrefix: 'team-a_1',
      role: 'worker',
      announceChannel: 'C0123',
      managers: ['U01', 'W02'],
      logLevel: 'silent',
    });
  });

  it('takes empty and blank values for absent ones', () => {
    const names = [
      'SLACK_APP_TOKEN',
      'SLACK_API_URL',
      'PORT',
      'HOST',
      'BASE_URL',
      'DATABASE_POOL',
      'LINK_DAYS',
      'RATE_PER_USER',
      'RATE_PER_WORKSPACE',
      'RATE_PAGES_PER_ADDRESS',
      'RATE_PAGES_PER_LINK',
      'PROXY_HOPS',
      'REDIS_PREFIX',
      'ROLE',
      'ANNOUNCE_CHANNEL',
      'MANAGERS',
      'LOG_LEVEL',
    ];
    for (const blank of ['', '  ', undefined]) {
      expect(loadConfig({ ...LEAST, ...Object.fromEntries(names.map((name) => [name, blank])) })).toEqual(
        loadConfig(LEAST),
      );
    }
    for (const name of Object.keys(LEAST)) {
      for (const blank of ['', ' ', undefined]) {
        const [fault, ...others] = faultsOf({ ...LEAST, [name]: blank });
        expect(fault).toMatch(new RegExp(`^${name} is missing`));
        expect(others).toEqual([]);
      }
    }
  });

  it('needs no signing secret in Socket Mode', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = LEAST;
    expect(loadConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({
      signingSecrets: [],
      appToken: 'xapp-1',
    });
  });

  it('needs neither signing secret nor app token for a worker, which takes nothing in', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = LEAST;
    expect(loadConfig({ ...rest, ROLE: 'worker' })).toMatchObject({
      role: 'worker',
      slack: { appToken: null },
    });
    expect(faultsOf({ ...rest, ROLE: 'web' })).toEqual([
      'SLACK_SIGNING_SECRET is missing (or give SLACK_APP_TOKEN for Socket Mode)',
    ]);
  });

  it('says every missing secret and database at once', () => {
    expect(faultsOf({})).toEqual([
      'DATABASE_URL is missing',
      'REDIS_URL is missing',
      'LINK_SECRET is missing',
      'SLACK_BOT_TOKEN is missing (or give SLACK_CLIENT_ID to install in several workspaces)',
      'SLACK_SIGNING_SECRET is missing (or give SLACK_APP_TOKEN for Socket Mode)',
    ]);
  });

  describe('for several workspaces', () => {
    const { SLACK_BOT_TOKEN: _, ...rest } = LEAST;
    const SEVERAL = {
      ...rest,
      SLACK_CLIENT_ID: '1234.5678',
      SLACK_CLIENT_SECRET: 'client-very-secret',
      TOKEN_KEY: 'a1'.repeat(32),
    };

    it('has no token, and keys by which tokens are sealed', () => {
      expect(
        loadConfig({ ...SEVERAL, TOKEN_KEY: `${'a1'.repeat(32)},${'B2'.repeat(32)}` }).slack,
      ).toMatchObject({
        botToken: null,
        oauth: {
          clientId: '1234.5678',
          clientSecret: 'client-very-secret',
          tokenKeys: ['a1'.repeat(32), 'B2'.repeat(32)],
        },
      });
    });

    it.each<[string, Record<string, string>, RegExp]>([
      [
        'a token beside',
        { SLACK_BOT_TOKEN: 'xoxb-very-secret' },
        /^SLACK_BOT_TOKEN must not .*SLACK_CLIENT_ID/,
      ],
      ['no key', { TOKEN_KEY: '' }, /^TOKEN_KEY is missing/],
      ['a key that is too short', { TOKEN_KEY: 'a1'.repeat(31) }, /^TOKEN_KEY must be 64/],
      ['a key that is no number', { TOKEN_KEY: 'g1'.repeat(32) }, /^TOKEN_KEY must be 64/],
      [
        'an old key of no known form',
        { TOKEN_KEY: `${'a1'.repeat(32)},very-secret` },
        /^TOKEN_KEY must be 64/,
      ],
      ['no client secret', { SLACK_CLIENT_SECRET: '' }, /^SLACK_CLIENT_SECRET is missing/],
      [
        'an address that Slack does not send people to',
        { BASE_URL: 'http://debrief.example.com' },
        /^BASE_URL must begin with https/,
      ],
      ['a channel of one workspace', { ANNOUNCE_CHANNEL: 'C0123' }, /^ANNOUNCE_CHANNEL must be unset/],
      ['people of one workspace', { MANAGERS: 'U0123' }, /^MANAGERS must be unset/],
    ])('is refused with %s', (_what, change, fault) => {
      expect(faultsOf({ ...SEVERAL, ...change })).toEqual([expect.stringMatching(fault)]);
    });

    it.each(['http://localhost:3000', 'http://127.0.0.1', 'https://debrief.example.com'])(
      'takes %s',
      (BASE_URL) => {
        expect(faultsOf({ ...SEVERAL, BASE_URL })).toEqual([]);
      },
    );

    it.each(['SLACK_CLIENT_SECRET', 'TOKEN_KEY'] as const)('%s alone is a mistake', (name) => {
      expect(faultsOf({ ...LEAST, [name]: SEVERAL[name] })).toEqual([
        `${name} must come with SLACK_CLIENT_ID`,
      ]);
    });
  });

  const wrong: Record<string, string> = {
    SLACK_BOT_TOKEN: 'xoxp-very-secret',
    SLACK_SIGNING_SECRET: 'long-enough,secret',
    SLACK_APP_TOKEN: 'xoxb-very-secret',
    SLACK_API_URL: 'ftp://slack',
    PORT: '3000.5',
    BASE_URL: 'debrief.example.com',
    DATABASE_URL: 'mysql://u:pass-very-secret@db',
    DATABASE_POOL: 'many',
    LINK_DAYS: '0',
    RATE_PER_USER: '0',
    RATE_PER_WORKSPACE: 'x',
    RATE_PAGES_PER_ADDRESS: '0',
    RATE_PAGES_PER_LINK: '-1',
    PROXY_HOPS: '1.5',
    REDIS_URL: 'http://redis',
    REDIS_PREFIX: 'a b',
    ROLE: 'both',
    LINK_SECRET: 'very-secret',
    ANNOUNCE_CHANNEL: '#incidents',
    MANAGERS: 'U01,@ana',
    LOG_LEVEL: 'loud',
  };

  it('says every wrong value at once, a line each, beginning with its name', () => {
    const faults = faultsOf(wrong);
    expect(faults.map((line) => line.split(' ')[0]).sort()).toEqual(Object.keys(wrong).sort());
    for (const line of faults) expect(line).toMatch(/^[A-Z_]+ (?:must|may) .{5,}$/);
  });

  it.each(Object.entries(wrong))('refuses %s=%s alone, in one line', (name, value) => {
    expect(faultsOf({ ...LEAST, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} (?:must|may) `)),
    ]);
  });

  it.each([
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '-0.5'],
    ['DATABASE_POOL', '1'],
    ['DATABASE_POOL', '201'],
    ['MANAGERS', ','],
    ['SLACK_SIGNING_SECRET', ', ,'],
    ['DATABASE_URL', 'db'],
    ['BASE_URL', 'https://'],
  ])('refuses %s=%s', (name, value) => {
    expect(faultsOf({ ...LEAST, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} must `)),
    ]);
  });

  it('shows no secret in what it says', () => {
    expect(faultsOf(wrong).join('\n')).not.toMatch(/secret[^\n]*secret|very|pass|ana/);
    expect(faultsOf({ ...LEAST, PORT: 'x' }).join('\n')).not.toContain('very');
  });

  it.each([
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000/api/'],
    ['http://127.0.0.1:9000/api', 'http://127.0.0.1:9000/api/'],
    ['https://slack.example.com/x/', 'https://slack.example.com/x/'],
  ])('reads the address of another Slack: %s', (given, apiUrl) => {
    expect(loadConfig({ ...LEAST, SLACK_API_URL: given }).slack.apiUrl).toBe(apiUrl);
  });
});
