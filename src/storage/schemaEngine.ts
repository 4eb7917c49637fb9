import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';
import { schemaAdapter } from './schemaAdapter.ts';

/** The folder that holds `schema.prisma` and `migrations/`. */
export const PRISMA_DIR = fileURLToPath(new URL('../../prisma/', import.meta.url));

/** No table or enum of the database is left out of a comparison. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own schema engine, the WebAssembly build that npm ships: nothing is downloaded.
 * It connects through `pool`, which serves this alone; the caller frees the engine and ends the pool.
 */
export async function openSchemaEngine(pool: pg.Pool, prismaDir = PRISMA_DIR): Promise<SchemaEngine> {
  await loadBindings();
  const { files } = await readSchema(prismaDir);
  const datamodels = files.map((file): [string, string] => [file.path, file.content]);
  const adapter = bindMigrationAwareSqlAdapterFactory(schemaAdapter(pool));
  const ignoreLog = () => {};
  return bindings.SchemaEngine.new({ datamodels }, ignoreLog, adapter);
}

/** Reads `schema.prisma`. */
export async function readSchema(prismaDir = PRISMA_DIR): Promise<SchemasContainer> {
  const path = join(prismaDir, 'schema.prisma');
  return { files: [{ path, content: await readFile(path, 'utf8') }] };
}

/** Reads `prisma/migrations` as the engine wants it, oldest first. */
export async function readMigrations(prismaDir = PRISMA_DIR): Promise<MigrationList> {
  const baseDir = join(prismaDir, 'migrations');
  const names = (await readdir(baseDir, { withFileTypes: true })).filter((item) => item.isDirectory());
  const migrationDirectories = await Promise.all(
    names
      .map((item) => item.name)
      .sort()
      .map(async (path) => {
        const value = await readFile(join(baseDir, path, 'migration.sql'), 'utf8');
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
      }),
  );
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
  };
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories };
}

// TypeScript knows WebAssembly only with the browser's types; this is the one call we make.
declare global {
  namespace WebAssembly {
    function instantiate(
      code: Uint8Array,
      imports: Record<string, object>,
    ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
  }
}

let loaded: Promise<void> | undefined;

// The bindings keep their WebAssembly instance in a module variable: a second instance would break the first.
function loadBindings(): Promise<void> {
  loaded ??= instantiate();
  return loaded;
}

async function instantiate(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const code = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const imports = Object.fromEntries(
    Object.entries(bindings).map(([name, binding]) => [
      name,
      name.startsWith('__wbg_setTimeout_') ? quietTimer : binding,
    ]),
  );
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': imports });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

// The engine never clears the 10-second timer of its lock: it must not keep a finished process alive.
function quietTimer(run: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(run, ms).unref();
}
