import type { App, ReceiverEvent } from '@slack/bolt';
import { pino } from 'pino';
import type { Inbox } from '../../src/usecases/edges.ts';

/** A logger that keeps its lines, from `debug` on. */
export function keptLog() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { logger, lines, text: () => JSON.stringify(lines) };
}

interface Row {
  key: string;
  kind: string;
  body: object;
  done: boolean;
  error: string | null;
}

/** The inbox in memory. `down`: methods that fail, as with a database out of reach; `slow`: how long storing takes. */
export function fakeInbox(down: Set<keyof Inbox> = new Set(), slow = { ms: 0 }) {
  const rows: Row[] = [];
  const rowOf = (id: bigint): Row => {
    const row = rows[Number(id) - 1];
    if (!row) throw new Error(`no row ${id}`);
    return row;
  };
  const reach = (method: keyof Inbox) => {
    if (down.has(method)) throw new Error('the database is out of reach');
  };
  const inbox: Pick<Inbox, 'ownerOf' | 'receive' | 'done' | 'failed' | 'forgo' | 'free'> = {
    ownerOf: async (channelId) => (channelId === 'C0SHARED' ? 'T1' : null),
    async receive(key, kind, body) {
      reach('receive');
      if (slow.ms > 0) await new Promise((resolve) => setTimeout(resolve, slow.ms));
      if (rows.some((row) => row.key === key)) return null;
      rows.push({ key, kind, body, done: false, error: null });
      return BigInt(rows.length);
    },
    async done(id, _at, error) {
      reach('done');
      const row = rowOf(id);
      if (row.done) return false;
      Object.assign(row, { done: true, error: error ?? null });
      return true;
    },
    async failed(id, error) {
      reach('failed');
      rowOf(id).error = error;
    },
    async forgo(key, kind) {
      reach('forgo');
      const row = rows.find((one) => one.key === key);
      if (!row) rows.push({ key, kind, body: {}, done: true, error: 'told as not stored' });
      else if (!row.done) Object.assign(row, { done: true, error: 'told as not stored' });
    },
    async free(id) {
      reach('free');
      rowOf(id).key += `:${id}`;
    },
  };
  return { inbox, rows, down };
}

/** As much of a Bolt app as the intake knows: `listener` is run for each event. */
export const fakeApp = (listener: (event: ReceiverEvent) => Promise<void>): App =>
  ({ processEvent: listener }) as unknown as App;

/** Resolves when `holds` does; the test's own time limit ends the wait. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** Redis' counters in memory: three calls a key, as the limiter makes them. */
export function counters(state = { down: false, hangs: false }) {
  const counts = new Map<string, number>();
  const multi = () => {
    const answers: [null, unknown][] = [];
    const chain = {
      set: (key: string) => {
        if (!counts.has(key)) counts.set(key, 0);
        answers.push([null, 'OK']);
        return chain;
      },
      incr: (key: string) => {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        answers.push([null, counts.get(key)]);
        return chain;
      },
      ttl: () => {
        answers.push([null, 42]);
        return chain;
      },
      exec: async () => {
        if (state.down) throw new Error('Connection is closed.');
        if (state.hangs) await new Promise(() => undefined);
        return answers;
      },
    };
    return chain;
  };
  return { redis: { multi } as never, counts };
}
