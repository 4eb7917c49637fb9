import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFile(join(root, file), 'utf8');

/** A service as this file writes it: the long forms only. */
interface Service {
  image: string;
  build?: string;
  command?: string[];
  restart: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  ports?: string[];
  read_only?: boolean;
}

describe('docker-compose.yml', () => {
  let text = '';
  let compose: { services: Record<string, Service>; volumes: Record<string, null> };
  const service = (name: string): Service => {
    const found = compose.services[name];
    if (!found) throw new Error(`no service ${name}`);
    return found;
  };

  beforeAll(async () => {
    text = await read('docker-compose.yml');
    compose = parse(text, { merge: true, strict: true });
  });

  it('follows the schema of Compose', async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const valid = ajv.compile(await composeSchema());
    expect(valid(compose), ajv.errorsText(valid.errors)).toBe(true);
    expect(valid({ services: { bot: { imago: 'debrief' } } })).toBe(false);
  });

  it('runs bot and worker from one image built here, each in its role', () => {
    expect(service('bot')).toMatchObject({ build: '.', environment: { ROLE: 'web' } });
    expect(service('worker')).toMatchObject({ build: '.', environment: { ROLE: 'worker' } });
    expect(service('worker').image).toBe(service('bot').image);
  });

  it('starts them on a migrated database and a healthy Redis', () => {
    for (const name of ['bot', 'worker']) {
      expect(service(name).depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
    expect(service('migrate')).toMatchObject({
      restart: 'no',
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
    expect(existsSync(join(root, service('migrate').command?.at(-1) ?? 'none'))).toBe(true);
  });

  it('checks the health of all that stay up, and starts them again', () => {
    for (const name of ['bot', 'worker', 'postgres', 'redis']) {
      expect(service(name).healthcheck?.test.length, name).toBeGreaterThan(1);
      expect(service(name).restart, name).toBe('unless-stopped');
    }
  });

  it('keeps the data of both stores, and Redis throws nothing away', () => {
    const named = Object.keys(compose.volumes);
    const used = Object.values(compose.services).flatMap((one) => one.volumes ?? []);
    expect(used.map((volume) => volume.split(':')[0]).sort()).toEqual(named.sort());
    const options = service('redis').command?.join(' ');
    expect(options).toContain('--appendonly yes');
    expect(options).toContain('--maxmemory-policy noeviction');
  });

  it('holds no secret: each comes from the environment', () => {
    const secrets = [...text.matchAll(/(?:PASSWORD|SECRET|TOKEN)[^\n]*/g)].map(([line]) => line);
    expect(secrets.length).toBeGreaterThan(0);
    for (const [, password] of text.matchAll(/:\/\/\w+:([^@\n]*)@/g))
      expect(password).toMatch(/^\$\{[A-Z_]+:\?/);
    for (const [, value] of text.matchAll(/^ *[A-Z_]*(?:PASSWORD|SECRET|TOKEN): *(.*)$/gm)) {
      expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
    }
  });

  it('opens one port, and that to its own machine only unless somebody says otherwise', () => {
    const ports = Object.values(compose.services).flatMap((one) => one.ports ?? []);
    expect(ports).toHaveLength(1);
    expect(ports[0]).toMatch(/^\$\{PUBLISH:-127\.0\.0\.1\}:/);
  });

  it('lets the containers of the bot change nothing but /tmp', () => {
    for (const name of ['bot', 'worker', 'migrate']) {
      expect(service(name)).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
  });
});

describe('Dockerfile', () => {
  it('copies what exists and what .dockerignore lets through, and drops root', async () => {
    const lines = (await read('Dockerfile')).split('\n');
    const allowed = (await read('.dockerignore')).split('\n').filter((line) => line.startsWith('!'));
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.length).toBeGreaterThan(4);
    for (const path of copied) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(allowed).toContain(`!${path}`);
    }
    expect(lines.indexOf('USER node')).toBeGreaterThan(0);
    expect(lines.findIndex((line) => line.startsWith('CMD'))).toBeGreaterThan(lines.indexOf('USER node'));
  });
});

describe('settings', () => {
  it('are the same in the code, .env.example and the README', async () => {
    const [config, example, readme] = await Promise.all([
      read('src/config.ts'),
      read('.env.example'),
      read('README.md'),
    ]);
    const inCode = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => match[1]);
    const inExample = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map((match) => match[1]);
    const inReadme = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map((match) => match[1]);
    expect(inCode).toContain('SLACK_BOT_TOKEN');
    expect(inReadme.sort()).toEqual([...inCode, 'POSTGRES_PASSWORD', 'PUBLISH'].sort());
    for (const name of inExample) expect(inReadme).toContain(name);
  });

  it('have no value in .env.example that somebody might keep', async () => {
    const example = await read('.env.example');
    const values = [...example.matchAll(/^[A-Z_]+=(.+)$/gm)].map(([line]) => line);
    expect(values).toEqual(['BASE_URL=https://debrief.example.com']);
  });
});

/** The schema of the Compose specification, as the linter dclint ships it. Its `$schema` is one that ajv has not. */
async function composeSchema(): Promise<object> {
  const dclint = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const schema = JSON.parse(await readFile(join(dclint, 'schemas/compose.schema.json'), 'utf8'));
  return { ...schema, $schema: undefined };
}
