// npm run new-migration -- NAME: compares prisma/schema.prisma with the migrations and writes the SQL in between.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../src/demo/embedded/postgres.ts';
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

const sql = await compare();
if (sql === null) {
  console.log('The migrations already build what prisma/schema.prisma says. Nothing written.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const file = join(migrations, `${stamp}_${name}`, 'migration.sql');
  await mkdir(join(file, '..'));
  await writeFile(file, sql);
  console.log(`Wrote ${file}. Read it, and add what Prisma cannot say (checks, partial indexes).`);
}

/** Runs the migrations in a PostgreSQL of its own, which goes away with its files. */
async function compare() {
  const scratch = await mkdtemp(join(tmpdir(), 'debrief-scratch-'));
  await chmod(scratch, 0o711); // Run as root, PostgreSQL becomes another user, who must get at its folder.
  try {
    const server = await startPostgres({
      directory: join(scratch, 'postgres'),
      durable: false,
      log: console.log,
    });
    try {
      return await schemaDiff(server.url, PRISMA_DIR);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
