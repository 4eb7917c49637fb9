import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A small tree that breaks each rule once, in each way that a file can name another. */
const tree: Record<string, string> = {
  'src/main.ts': "import './app.ts';\nimport './demo/embedded.ts';",
  'src/app.ts': [
    "export * from './time/clock.ts';\nexport * from './incident/entry.ts';\nexport * from './postmortem/facts.ts';",
    "export * from './usecases/note.ts';\nexport * from './storage/prisma.ts';\nexport * from './slack/listeners/note.ts';",
    "export * from './slack/views/note.ts';\nexport * from './jobs/relay.ts';\nexport * from './web/page.ts';",
  ].join('\n'),
  'src/time/clock.ts': "import type { Entry } from '../incident/entry.ts';\nexport type Clock = Entry;",
  'src/incident/entry.ts':
    "import { readFile } from 'node:fs/promises';\nexport type Entry = typeof readFile;",
  'src/postmortem/facts.ts':
    "import { note } from '../usecases/note.ts';\nimport pg from 'pg';\nexport const facts = [note, pg];",
  'src/usecases/note.ts':
    "export { Client } from 'pg';\nexport const note = () => import('../storage/prisma.ts');",
  'src/storage/prisma.ts': "export { page } from '../web/page.ts';\nexport * from './generated/client.ts';",
  'src/storage/generated/client.ts': 'export const client = 1;',
  'src/slack/listeners/note.ts':
    "import { type page } from '../../storage/prisma.ts';\nexport type Note = typeof page;",
  'src/slack/views/note.ts': "import web from '@slack/web-api';\nexport const view = web;",
  'src/jobs/relay.ts':
    "export { view } from '../slack/views/note.ts';\nexport { page } from '../web/page.ts';",
  'src/web/page.ts':
    "import { client } from '../storage/generated/client.ts';\nimport './gone.ts';\nimport tool from 'tool';\nimport '../app.ts';\nexport const page = [client, tool];",
  'src/demo/embedded.ts': "import tool from 'tool';\nexport const embedded = tool;",
  'src/web/lonely.ts': "import { embedded } from '../demo/embedded.ts';\nexport const lonely = embedded;",
  'scripts/tool.mjs': "import '../src/demo/embedded.ts';",
  'package.json': '{"dependencies":{"pg":"1","@slack/web-api":"1"},"devDependencies":{"tool":"1"}}',
  ...madeUp('pg'),
  ...madeUp('@slack/web-api'),
  ...madeUp('tool'),
};

describe('import rules', () => {
  let folder = '';
  let report = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'debrief-imports-'));
    for (const [path, text] of Object.entries(tree)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    report = await cruise(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    'time-points-inward: src/time/clock.ts → src/incident/entry.ts',
    'pure-core-without-node: src/incident/entry.ts → fs/promises',
    'postmortem-points-inward: src/postmortem/facts.ts → src/usecases/note.ts',
    'pure-core: src/postmortem/facts.ts → node_modules/pg/index.js',
    'usecases-points-inward: src/usecases/note.ts → src/storage/prisma.ts',
    'usecases-through-ports: src/usecases/note.ts → node_modules/pg/index.js',
    'storage-keeps-to-itself: src/storage/prisma.ts → src/web/page.ts',
    'slack-keeps-to-itself: src/slack/listeners/note.ts → src/storage/prisma.ts',
    'views-are-pure: src/slack/views/note.ts → node_modules/@slack/web-api/index.js',
    'jobs-keeps-to-itself: src/jobs/relay.ts → src/web/page.ts',
    'web-keeps-to-itself: src/web/page.ts → src/storage/generated/client.ts',
    'prisma-in-storage-only: src/web/page.ts → src/storage/generated/client.ts',
    'no-development-package: src/web/page.ts → node_modules/tool/index.js',
    'resolvable: src/web/page.ts → ./gone.ts',
    'only-app-and-main-build: src/web/page.ts → src/app.ts',
    'demo-is-outside: src/web/lonely.ts → src/demo/embedded.ts',
    'not-dead: src/web/lonely.ts',
    'no-cycle: src/app.ts →',
  ])('refuses %s', (line) => {
    expect(report).toContain(`error ${line}`);
  });

  it('refuses nothing that is allowed', () => {
    expect(report).not.toContain('src/main.ts');
    expect(report).not.toContain('src/jobs/relay.ts → src/slack');
    expect(report).not.toContain('src/demo/embedded.ts →');
    expect(report).not.toContain('src/storage/prisma.ts → src/storage');
  });
});

function cruise(cwd: string): Promise<string> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', join(root, '.dependency-cruiser.cjs'), 'src', 'scripts'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}

function madeUp(name: string): Record<string, string> {
  return {
    [`node_modules/${name}/package.json`]: `{"name":"${name}","main":"index.js"}`,
    [`node_modules/${name}/index.js`]: 'export default 1;',
  };
}
