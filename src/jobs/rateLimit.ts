import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Exceeded } from '../slack/limited.ts';

export interface RateLimits {
  /** Requests a minute. */
  perUser: number;
  perWorkspace: number;
}

/** What a request counts against: a name, and how many of that name a minute takes. */
export interface Limit {
  key: string;
  most: number;
}

/**
 * Counts a request. Gives the first limit that is used up and when it begins anew; null: it may go on. Never rejects: a
 * Redis that is away must not stop an incident.
 */
export type Counter = <One extends Limit>(
  limits: readonly One[],
) => Promise<{ limit: One; afterSeconds: number } | null>;

export type RateLimiter = (teamId: string, userId: string) => Promise<Exceeded | null>;

const MINUTE_S = 60;
const WAIT_MS = 300;

/** Fixed windows of a minute, counted in Redis by all processes together. */
export function createCounter(redis: Pick<Redis, 'multi'>, prefix: string, logger: Logger): Counter {
  async function count<One extends Limit>(limits: readonly One[]) {
    const batch = redis.multi();
    // The window begins with its first request: only that one sets when it ends.
    for (const { key } of limits) {
      const name = `${prefix}:rate:${key}`;
      batch.set(name, 0, 'EX', MINUTE_S, 'NX').incr(name).ttl(name);
    }
    const answers = (await batch.exec()) ?? [];
    const numberAt = (at: number) => Number(answers[at]?.[1] ?? 0);
    const at = limits.findIndex(({ most }, index) => numberAt(3 * index + 1) > most);
    const limit = limits[at];
    return limit ? { limit, afterSeconds: Math.max(1, numberAt(3 * at + 2)) } : null;
  }

  return async (limits) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS, null);
    });
    const counted = count(limits).catch((err) => {
      logger.warn({ err }, 'requests are not counted: Redis is out of reach');
      return null;
    });
    return Promise.race([counted, late]).finally(() => clearTimeout(timer));
  };
}

/** Of Slack's requests: by person and by workspace. */
export const createRateLimiter =
  (count: Counter, { perUser, perWorkspace }: RateLimits): RateLimiter =>
  async (teamId, userId) => {
    const exceeded = await count([
      { key: `${teamId}:${userId}`, most: perUser, who: 'user' as const },
      { key: teamId, most: perWorkspace, who: 'workspace' as const },
    ]);
    return exceeded && { ...exceeded.limit, afterSeconds: exceeded.afterSeconds };
  };
