import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Exceeded } from '../slack/limited.ts';

export interface RateLimits {
  /** Requests a minute. */
  perUser: number;
  perWorkspace: number;
}

/** Counts a request; null: it may go on. Never rejects: a Redis that is away must not stop an incident. */
export type RateLimiter = (teamId: string, userId: string) => Promise<Exceeded | null>;

const MINUTE_S = 60;
const WAIT_MS = 300;

/** Fixed windows of a minute, counted in Redis by all processes together. */
export function createRateLimiter(
  redis: Pick<Redis, 'multi'>,
  { prefix, perUser, perWorkspace }: RateLimits & { prefix: string },
  logger: Logger,
): RateLimiter {
  async function count(teamId: string, userId: string): Promise<Exceeded | null> {
    const keys = [`${prefix}:rate:${teamId}:${userId}`, `${prefix}:rate:${teamId}`];
    const batch = redis.multi();
    // The window begins with its first request: only that one sets when it ends.
    for (const key of keys) batch.set(key, 0, 'EX', MINUTE_S, 'NX').incr(key).ttl(key);
    const answers = (await batch.exec()) ?? [];
    const [ofUser, userTtl, ofTeam, teamTtl] = [1, 2, 4, 5].map((at) => Number(answers[at]?.[1] ?? 0));
    if ((ofUser ?? 0) > perUser)
      return { who: 'user', most: perUser, afterSeconds: Math.max(1, userTtl ?? 1) };
    if ((ofTeam ?? 0) > perWorkspace)
      return { who: 'workspace', most: perWorkspace, afterSeconds: Math.max(1, teamTtl ?? 1) };
    return null;
  }

  return async (teamId, userId) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS, null);
    });
    const counted = count(teamId, userId).catch((err) => {
      logger.warn({ err }, 'requests are not counted: Redis is out of reach');
      return null;
    });
    return Promise.race([counted, late]).finally(() => clearTimeout(timer));
  };
}
