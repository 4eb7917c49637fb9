const AFTER_MS = 250;

export interface Again {
  /** Does `work`, which a database out of reach refused, as soon as it can be done. */
  until(work: () => Promise<unknown>): void;
  /** Tries once more each of what is left. */
  last(): Promise<void>;
}

/** One thing after another, and a quarter of a second after each that fails: a database that comes back is not stormed. */
export function createAgain(): Again {
  const left = new Set<() => Promise<unknown>>();
  let running = false;

  /** Never two at once of the same. */
  async function tried(work: () => Promise<unknown>): Promise<boolean> {
    if (!left.delete(work)) return true;
    try {
      await work();
      return true;
    } catch {
      left.add(work);
      return false;
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (left.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, AFTER_MS).unref());
      for (const work of left) if (!(await tried(work))) break;
    }
    running = false;
  }

  return {
    until(work) {
      left.add(work);
      if (!running) void run();
    },
    async last() {
      await Promise.all([...left].map(tried));
    },
  };
}
