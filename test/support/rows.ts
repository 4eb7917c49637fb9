import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { Workspace } from './workspace.ts';

export interface Rows {
  /** Runs plain SQL on the workspace's database. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Holds what the query locks until it is let go. */
  hold(text: string, values?: unknown[]): Promise<{ release(): Promise<void> }>;
  /** Waits until Slack has been told everything of the incident with that title, ninety seconds unless told. */
  laneIdle(title: string, patienceMs?: number): Promise<void>;
  /** The steps of that incident that were given up. */
  givenUp(title: string): Promise<{ kind: string; error: string }[]>;
}

const PATIENCE_MS = 90_000;

/** Looks into the database of a workspace past the bot. */
export function useDatabaseOf(space: Workspace): Rows {
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: space.databaseUrl, max: 2 });
    // The test may cut every connection.
    pool.on('error', () => undefined);
  });
  afterAll(() => pool.end());
  const rows: Rows = {
    sql: async (text, values) => (await pool.query(text, values)).rows,
    async hold(text, values) {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query(text, values);
      return {
        async release() {
          await client.query('ROLLBACK');
          client.release();
        },
      };
    },
    async laneIdle(title, patienceMs = PATIENCE_MS) {
      let open: object[] = [];
      for (const end = Date.now() + patienceMs; Date.now() < end; ) {
        open = await rows.sql(
          `SELECT kind, attempts, o.error FROM "Outbox" o JOIN "Incident" i ON i.id::text = lane
           WHERE title = $1 AND "doneAt" IS NULL`,
          [title],
        );
        if (open.length === 0) return;
        await new Promise((go) => setTimeout(go, 250));
      }
      throw new Error(`Slack was not told all of “${title}”: ${JSON.stringify(open)}`);
    },
    givenUp: (title) =>
      rows.sql(
        `SELECT kind, o.error FROM "Outbox" o JOIN "Incident" i ON i.id::text = lane
         WHERE title = $1 AND result IS NULL AND o.error IS NOT NULL AND "doneAt" IS NOT NULL
           AND o.error <> ''`,
        [title],
      ),
  };
  return rows;
}
