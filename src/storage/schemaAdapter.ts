import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Object ids of PostgreSQL's types `"char"` and `text`. */
const PG_CHAR = 18;
const PG_TEXT = 25;

/** Deadlock, and a lock that was not to be had in time. */
const BUSY = new Set(['40P01', '55P03']);
const SCRIPT_TRIES = 60;
const SCRIPT_PAUSE_MS = 1000;

/** Which columns of a result, known by its rows, are of type `"char"`. */
type CharColumns = WeakMap<unknown[], number[]>;

/**
 * How the schema engine reaches PostgreSQL: Prisma's own adapter, mended in two places (below). `pool` serves
 * this alone, and is ended by the caller. Where the engine asks for a shadow database it gets the same one.
 */
export function schemaAdapter(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = new PrismaPg(pool);
  const charColumns = passCharAsText(pool);
  const connect = async () => {
    const adapter = await new PrismaPg(pool).connect();
    runScriptsWhole(adapter, pool);
    giveCharBack(adapter, charColumns);
    return adapter;
  };
  return { provider, adapterName, connect, connectToShadowDb: connect };
}

// Prisma's adapter cuts a script at each semicolon, which breaks functions and quoted text. PostgreSQL itself
// takes a script whole, and as one transaction: where others hold its tables, it is undone and tried again.
function runScriptsWhole(adapter: SqlDriverAdapter, pool: pg.Pool): void {
  adapter.executeScript = async (script) => {
    for (let tries = 1; ; tries++) {
      try {
        await pool.query(script);
        return;
      } catch (error) {
        const busy = error instanceof pg.DatabaseError && BUSY.has(error.code ?? '');
        if (!busy || tries === SCRIPT_TRIES) throw error;
        await sleep(SCRIPT_PAUSE_MS);
      }
    }
  };
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

function giveCharBack(adapter: SqlDriverAdapter, charColumns: CharColumns): void {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (request) => {
    const result = await queryRaw(request);
    for (const index of charColumns.get(result.rows) ?? []) {
      result.columnTypes[index] = ColumnTypeEnum.Character;
    }
    return result;
  };
}
