/** How often each thing is measured; the best of them counts, since other work on the machine only adds. */
const ROUNDS = 5;
const ROUND_MS = 40;

/** Nanoseconds that one call takes. */
export function nanoseconds(work: () => unknown): number {
  let kept: unknown;
  const time = (times: number) => {
    const begun = performance.now();
    for (let index = 0; index < times; index++) kept = work();
    return performance.now() - begun;
  };
  let times = 1;
  while (time(times) < ROUND_MS) times *= 2;
  const rounds = Array.from({ length: ROUNDS }, () => time(times) / times);
  if (kept === nanoseconds) throw new Error('nothing was measured');
  return Math.min(...rounds) * 1e6;
}
