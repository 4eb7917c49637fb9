import type { Logger } from 'pino';
import type { Outbox, OutboxRow } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';

// What a killed process had claimed is free again after that. A living one renews its claim.
export const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
// A call to Slack ends after ten seconds: it begins only where the claim outlives it.
const LEAST_LEFT_MS = 15_000;
// No step takes so long: it hangs. The worker that has it next may come through.
const LONGEST_MS = 10 * 60_000;

/** Another worker has the row now: whatever this one meant to do is that one's to do. */
export class ClaimLost extends Error {}

export interface Claim {
  /** Throws ClaimLost where the claim is not ours any more: this process slept longer than the lease, say. */
  check(): Promise<void>;
  /** Stops renewing. */
  end(): void;
}

/** Keeps a row that was claimed for LEASE_MS at `claimedAt`, until `end`, but not for more than ten minutes. */
export function keepClaim(
  outbox: Pick<Outbox, 'extend'>,
  row: OutboxRow,
  claimedAt: number,
  { clock, logger }: { clock: Clock; logger: Logger },
): Claim {
  let until = claimedAt + LEASE_MS;
  const renew = async () => {
    const now = clock.now();
    if (now - claimedAt > LONGEST_MS) return false;
    const next = now + LEASE_MS;
    const ours = await outbox.extend(row, next);
    if (ours) until = next;
    return ours;
  };
  const timer = setInterval(() => {
    renew().catch((err) => logger.warn({ err, outboxId: String(row.id) }, 'a claim was not renewed'));
  }, RENEW_MS);
  return {
    async check() {
      if (until - clock.now() < LEAST_LEFT_MS && !(await renew())) throw new ClaimLost('claimed by another');
    },
    end: () => clearInterval(timer),
  };
}
