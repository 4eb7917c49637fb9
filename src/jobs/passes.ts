export interface Passes {
  /** Begins: with `first` at once, or with a pass after the first wait. */
  start(first?: () => Promise<void>): void;
  /** No further pass; waits for the one under way. */
  stop(): Promise<void>;
}

const OVERDUE_MS = 5 * 60_000;

/**
 * Runs `pass` again and again, never two at once, `everyMs` after the end of the one before. `overdue`: one has been under
 * way for so many minutes, said every five.
 */
export function createPasses(
  everyMs: number,
  pass: () => Promise<void>,
  failed: (error: unknown) => void,
  overdue?: (minutes: number) => void,
): Passes {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const later = () => {
    if (!stopped) timer = setTimeout(run, everyMs, pass);
  };
  const run = (work: () => Promise<void>) => {
    let minutes = 0;
    const watch = setInterval(() => {
      minutes += OVERDUE_MS / 60_000;
      overdue?.(minutes);
    }, OVERDUE_MS);
    running = work()
      .catch(failed)
      .finally(() => {
        clearInterval(watch);
        later();
      });
  };
  return {
    start: (first) => (first ? run(first) : later()),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
