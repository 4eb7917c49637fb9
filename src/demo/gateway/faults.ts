/** What goes wrong with the next calls of a method; `*` stands for every method. */
export interface Fault {
  /** How many calls; 1. */
  times?: number;
  /** Answer with this HTTP status and no body of Slack's. */
  status?: number;
  /** Answer `{ok: false, error}`. */
  error?: string;
  /** Answer 429 with `Retry-After`, in seconds. */
  retryAfter?: number;
  /** Never answer (true), or only after so many milliseconds, and then as usual. */
  hang?: boolean | number;
  /** Do what was asked, then break the connection instead of answering. */
  resetAfterAccept?: boolean;
}

export interface Faults {
  add(method: string, fault: Fault): void;
  /** The fault that meets this call, if any. */
  take(method: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  const waiting = new Map<string, { fault: Fault; left: number }[]>();
  return {
    add(method, fault) {
      waiting.set(method, [...(waiting.get(method) ?? []), { fault, left: fault.times ?? 1 }]);
    },
    take(method) {
      const name = waiting.get(method)?.length ? method : '*';
      const [first, ...rest] = waiting.get(name) ?? [];
      if (!first) return undefined;
      first.left--;
      if (first.left <= 0) waiting.set(name, rest);
      return first.fault;
    },
    clear: () => waiting.clear(),
  };
}
