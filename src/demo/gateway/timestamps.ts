const TS = /"([1-9]\d{9}\.\d{6})"/g;

/**
 * Slack's message ids are times. The emulator numbers its messages within a second, so its ids are exchanged
 * for ones by our clock: microseconds, each later than the one before unless a time was asked for.
 */
export class Timestamps {
  private readonly outer = new Map<string, string>();
  private readonly inner = new Map<string, string>();
  private last = 0;

  constructor(private readonly now: () => number) {}

  /** A new id, later than all given before. */
  next(): string {
    this.last = Math.max(Math.round(this.now() * 1000), this.last + 1);
    return format(this.last);
  }

  /** JSON for the emulator: our ids become its. */
  inward(json: string): string {
    return json.replace(TS, (whole, ts: string) => (this.inner.has(ts) ? `"${this.inner.get(ts)}"` : whole));
  }

  /** JSON from the emulator: its ids become ours. Unknown ones are new, and are of the time `at` if given. */
  outward(json: string, at?: number): string {
    return json.replace(TS, (_, ts: string) => `"${this.outer.get(ts) ?? this.admit(ts, at)}"`);
  }

  private admit(ts: string, at: number | undefined): string {
    let ours = at === undefined ? this.next() : format(Math.round(at * 1000));
    while (this.inner.has(ours)) ours = format(micros(ours) + 1);
    this.outer.set(ts, ours);
    this.inner.set(ours, ts);
    return ours;
  }
}

function format(microseconds: number): string {
  const digits = String(microseconds).padStart(16, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function micros(ts: string): number {
  return Number(ts.replace('.', ''));
}
