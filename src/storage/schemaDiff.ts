import pg from 'pg';
import { NO_FILTER, openSchemaEngine, PRISMA_DIR, readMigrations, readSchema } from './schemaEngine.ts';

/**
 * SQL that leads from what the migrations build to what `schema.prisma` says; null when they agree.
 * `scratchUrl` is an empty PostgreSQL database: the migrations are run in it, so it can be used once.
 * Checks and partial indexes are left out of the comparison: Prisma cannot express them.
 */
export async function schemaDiff(scratchUrl: string, prismaDir = PRISMA_DIR): Promise<string | null> {
  const pool = new pg.Pool({ connectionString: scratchUrl });
  const engine = await openSchemaEngine(pool, prismaDir);
  try {
    const { stdout, exitCode } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations(prismaDir)) },
      to: { tag: 'schemaDatamodel', ...(await readSchema(prismaDir)) },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    });
    return exitCode === 2 ? stdout : null;
  } finally {
    engine.free();
    await pool.end();
  }
}
