// The two nearest changes of one zone are 167 hours apart (Gaza 2040), so that no step holds two.
const STEP = 156 * 3_600_000;

/** A change of a zone's clocks, found without the code under test. Offsets in milliseconds. */
export interface ClockChange {
  at: number;
  before: number;
  after: number;
}

/** Milliseconds that the platform's own calendar puts a zone ahead of UTC; an oracle that shares no code with ours. */
export function platformOffset(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const shown = format.format(instant);
    const part = (from: number, to: number) => Number(shown.slice(from, to));
    // 09/23/2025, 21:53:07
    return (
      Date.UTC(part(6, 10), part(0, 2) - 1, part(3, 5), part(12, 14), part(15, 17), part(18, 20)) - instant
    );
  };
}

/** Every change of a zone's clocks from 1970 to 2040. */
export function clockChanges(zone: string): ClockChange[] {
  const offsetAt = platformOffset(zone);
  const changes: ClockChange[] = [];
  let before = offsetAt(Date.UTC(1970, 0, 1));
  for (let next = Date.UTC(1970, 0, 1) + STEP; next < Date.UTC(2041, 0, 1); next += STEP) {
    const after = offsetAt(next);
    if (after === before) continue;
    let [low, high] = [next - STEP, next];
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
    before = after;
  }
  return changes;
}
