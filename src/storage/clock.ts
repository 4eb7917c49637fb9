import type { Logger } from 'pino';
import type { Clock } from '../usecases/ports.ts';
import type { PrismaClient } from './client.ts';

/** The time that all processes share. */
export interface SharedClock extends Clock {
  /** Asks PostgreSQL once, and from then on every ten seconds. Rejects when it cannot be asked now. */
  start(): Promise<void>;
  stop(): void;
}

const ASK_EVERY_MS = 10_000;
// Less is not worth a jump; more than that, and leases of two processes would not agree.
const MOST_OFF_MS = 1000;

/**
 * PostgreSQL's time, kept by a counter that nobody can set: claims and due times of several machines agree, and Slack's
 * signatures hold, whatever is done to this machine's clock. `elapsed` in milliseconds since any moment.
 */
export function createSharedClock(parts: {
  own: Clock;
  elapsed(): number;
  /** PostgreSQL's time, in milliseconds since 1970. */
  ask(): Promise<number>;
  logger: Pick<Logger, 'warn'>;
}): SharedClock {
  const { own, elapsed, ask, logger } = parts;
  let known = own.now();
  let at = elapsed();
  let timer: NodeJS.Timeout | undefined;
  const now = () => Math.round(known + elapsed() - at);

  async function compare(): Promise<void> {
    const asked = elapsed();
    const there = await ask();
    const answered = elapsed();
    const off = Math.round(there - (known + (asked + answered) / 2 - at));
    // Who answers late may have read its clock early or late.
    if (Math.abs(off) <= MOST_OFF_MS + (answered - asked) / 2) return;
    known = there;
    at = (asked + answered) / 2;
    logger.warn({ offMs: off }, 'this machine’s clock is not PostgreSQL’s: PostgreSQL’s counts');
  }

  return {
    now,
    async start() {
      await compare();
      timer = setInterval(() => {
        compare().catch((err) => logger.warn({ err }, 'PostgreSQL could not be asked for its time'));
      }, ASK_EVERY_MS);
    },
    stop: () => clearInterval(timer),
  };
}

/** PostgreSQL's clock, in milliseconds since 1970. */
export async function databaseTime(prisma: PrismaClient): Promise<number> {
  const rows = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL gave no time');
  return row.now.getTime();
}
