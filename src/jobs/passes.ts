export interface Passes {
  /** Begins: with `first` at once, or with a pass after the first wait. */
  start(first?: () => Promise<void>): void;
  /** No further pass; waits for the one under way. */
  stop(): Promise<void>;
}

/** Runs `pass` again and again, never two at once, `everyMs` after the end of the one before. */
export function createPasses(
  everyMs: number,
  pass: () => Promise<void>,
  failed: (error: unknown) => void,
): Passes {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const later = () => {
    if (!stopped) timer = setTimeout(run, everyMs, pass);
  };
  const run = (work: () => Promise<void>) => {
    running = work().catch(failed).finally(later);
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
