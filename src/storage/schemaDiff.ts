import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { NO_FILTER, openSchemaEngine, PRISMA_DIR, readMigrations, readSchema } from './schemaEngine.ts';

/** Object ids of PostgreSQL's types `"char"` and `text`. */
const PG_CHAR = 18;
const PG_TEXT = 25;

/** Which columns of a result, known by its rows, are of type `"char"`. */
type CharColumns = WeakMap<unknown[], number[]>;

/**
 * SQL that leads from what the migrations build to what `schema.prisma` says; null when they agree.
 * `scratchUrl` is an empty PostgreSQL database: the migrations are run in it, so it can be used once.
 * Checks and partial indexes are left out of the comparison: Prisma cannot express them.
 */
export async function schemaDiff(scratchUrl: string, prismaDir = PRISMA_DIR): Promise<string | null> {
  const pool = new pg.Pool({ connectionString: scratchUrl });
  const { provider, adapterName } = new PrismaPg(pool);
  const charColumns = passCharAsText(pool);
  const connect = () => connectReadingChar(pool, charColumns);
  const engine = await openSchemaEngine(
    { provider, adapterName, connect, connectToShadowDb: connect },
    prismaDir,
  );
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

// The engine reads columns of type "char", which Prisma's adapter refuses. So the pool passes them off as text,
// and the adapter gives them back as characters; the rows, the same array in both, tie the two together.
function passCharAsText(pool: pg.Pool): CharColumns {
  const found: CharColumns = new WeakMap();
  const ask = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const query = async (...args: unknown[]) => {
    const result = await ask(...args);
    const columns = (result.fields ?? []).flatMap((field, index) =>
      field.dataTypeID === PG_CHAR ? [index] : [],
    );
    for (const index of columns) Object.assign(result.fields[index] ?? {}, { dataTypeID: PG_TEXT });
    if (columns.length > 0) found.set(result.rows, columns);
    return result;
  };
  Object.assign(pool, { query });
  return found;
}

async function connectReadingChar(pool: pg.Pool, charColumns: CharColumns): Promise<SqlDriverAdapter> {
  const adapter: SqlDriverAdapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (request) => {
    const result = await queryRaw(request);
    for (const index of charColumns.get(result.rows) ?? [])
      result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
