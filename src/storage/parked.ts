import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { INBOX_ATTEMPTS } from '../usecases/edges.ts';

type Box = 'inbox' | 'outbox';

/** Something that was given up and waits for an operator: what it was, never its text. */
export interface Parked {
  box: Box;
  id: string;
  kind: string;
  /** The incident's number, where it is one's. */
  number: number | null;
  error: string | null;
  since: Date;
}

const PARKED_IN = {
  inbox: `"doneAt" IS NULL AND attempts >= ${INBOX_ATTEMPTS}`,
  outbox: `"doneAt" IS NOT NULL AND error IS NOT NULL AND result IS NULL`,
};

/** Everything that is parked, the longest first. */
export async function listParked(db: pg.Pool): Promise<Parked[]> {
  const { rows } = await db.query<Parked>(`
    SELECT 'inbox' AS box, id::text, kind, NULL AS number, error, "touchedAt" AS since
    FROM "Inbox" WHERE ${PARKED_IN.inbox}
    UNION ALL
    SELECT 'outbox', o.id::text, o.kind, i.number, o.error, o."doneAt"
    FROM "Outbox" o LEFT JOIN "Incident" i ON i.id::text = o.lane WHERE ${PARKED_IN.outbox}
    ORDER BY since, id`);
  return rows;
}

/** Makes a parked row as good as new. Since when it may have had its effect in Slack stays: it is looked up first. */
const TAKE_UP = {
  inbox: `UPDATE "Inbox" SET attempts = 0 WHERE ${PARKED_IN.inbox}`,
  outbox: `UPDATE "Outbox" SET "doneAt" = NULL, error = NULL, "runAfter" = NULL, attempts = 0, faults = 0,
    "triedSince" = NULL
    WHERE ${PARKED_IN.outbox}`,
};

/** Takes up again what is parked in a box, or one row of it: the sweep finds it within seconds. Gives how many. */
export async function takeUpParked(db: pg.Pool, box: Box, id?: string): Promise<number> {
  const { rowCount } = await db.query(`${TAKE_UP[box]} AND ($1::bigint IS NULL OR id = $1)`, [id ?? null]);
  return rowCount ?? 0;
}

const USAGE = `npm run parked                      lists what was given up
npm run parked -- retry all         takes all of it up again
npm run parked -- retry outbox 12   takes one up again`;

async function main(databaseUrl: string, [verb, box, id]: string[]): Promise<string> {
  const db = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    if (verb === undefined) {
      const parked = await listParked(db);
      const lines = parked.map(({ box, id, kind, number, error, since }) =>
        [since.toISOString(), box, id, kind, number === null ? '' : `INC-${number}`, error ?? ''].join('\t'),
      );
      return lines.join('\n') || 'Nothing is parked.';
    }
    if (verb === 'retry' && box === 'all')
      return `Taken up again: ${(await takeUpParked(db, 'inbox')) + (await takeUpParked(db, 'outbox'))}.`;
    if (verb === 'retry' && (box === 'inbox' || box === 'outbox') && /^\d{1,18}$/.test(id ?? ''))
      return `Taken up again: ${await takeUpParked(db, box, id)}.`;
    return USAGE;
  } finally {
    await db.end();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) {
    console.error('Set DATABASE_URL.');
    process.exit(1);
  }
  console.log(await main(databaseUrl, process.argv.slice(2)));
}
