import type { Clock } from '../usecases/ports.ts';

/** Slack takes about one message a second in a channel, and a few at once. */
const EVERY_MS = 1000;
const AT_ONCE = 4;
const MOST_REMEMBERED = 1000;

/** A message has to wait for those before it in its channel. */
export class Paced extends Error {
  constructor(readonly waitMs: number) {
    super(`not before ${waitMs} ms`);
  }
}

/** Keeps messages of a channel apart. One process' own: what others post as well, Slack's 429 says. */
export function createPace(clock: Clock): (channel: string) => void {
  // When the channel will be at rest again, were nothing more posted.
  const restAt = new Map<string, number>();
  /** Throws Paced while it is too early for a message there; otherwise it counts as posted. */
  return (channel) => {
    const now = clock.now();
    const rest = Math.max(restAt.get(channel) ?? 0, now);
    const early = rest - now - (AT_ONCE - 1) * EVERY_MS;
    // The clock was set back: that is no reason to wait.
    if (early > 0 && early <= EVERY_MS) throw new Paced(early);
    if (restAt.size > MOST_REMEMBERED) for (const [one, at] of restAt) if (at <= now) restAt.delete(one);
    restAt.set(channel, (early > 0 ? now : rest) + EVERY_MS);
  };
}
