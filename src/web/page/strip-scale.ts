import { minutesBetween } from '../../time/duration.ts';
import type { Instant } from '../../time/types.ts';

const MINUTE = 60_000;
const LONG = 12 * 60;

/** A stretch of the time line between two neighbouring instants that matter, as minutes and as drawn. */
interface Stretch {
  from: Instant;
  to: Instant;
  minutes: number;
  /** Length as drawn: less than `minutes` where a long silence is compressed. */
  drawn: number;
}

export interface Scale {
  x(at: Instant): number;
  /** The stretches that are not to scale. */
  breaks: { from: Instant; to: Instant; minutes: number }[];
  /** Pixels of a minute where nothing is compressed. */
  perMinute: number;
}

/**
 * Lays instants out between `left` and `right`. To scale, except that in an incident of over 12 hours a silence
 * of more than a third of the whole is shortened, so that the rest stays readable.
 */
export function timeScale(instants: readonly Instant[], left: number, right: number): Scale {
  const points = [...new Set(instants)].sort((a, b) => a - b);
  const first = points[0] ?? 0;
  const total = minutesBetween(first, points.at(-1) ?? first);
  const isBreak = (minutes: number) => total > LONG && minutes > total * 0.3;
  const stretches = points.slice(1).map((to, index): Stretch => {
    const from = points[index] ?? first;
    const minutes = (to - from) / MINUTE;
    return { from, to, minutes, drawn: minutes };
  });
  const rest = stretches
    .filter(({ minutes }) => !isBreak(minutes))
    .reduce((sum, { minutes }) => sum + minutes, 0);
  if (rest > 0) {
    for (const stretch of stretches)
      if (isBreak(stretch.minutes)) stretch.drawn = Math.min(stretch.minutes, rest * 0.6);
  }
  const drawn = stretches.reduce((sum, stretch) => sum + stretch.drawn, 0);
  const perMinute = drawn > 0 ? (right - left) / drawn : 0;
  return {
    perMinute,
    breaks: stretches
      .filter((stretch) => stretch.drawn < stretch.minutes)
      .map(({ from, to }) => ({ from, to, minutes: minutesBetween(from, to) })),
    x: (at) => {
      let offset = 0;
      for (const stretch of stretches) {
        if (at >= stretch.to) offset += stretch.drawn;
        else if (at > stretch.from)
          offset += stretch.drawn * ((at - stretch.from) / (stretch.to - stretch.from));
      }
      return left + offset * perMinute;
    },
  };
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** Round UTC times to write along the scale, at least `spacing` pixels apart, none inside a compressed stretch. */
export function axisTicks(scale: Scale, from: Instant, to: Instant, spacing: number): Instant[] {
  const step = (STEPS.find((minutes) => minutes * scale.perMinute >= spacing) ?? 1440) * MINUTE;
  const ticks: Instant[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const inside = scale.breaks.find((gap) => at > gap.from && at < gap.to);
    if (inside) at = Math.max(at, Math.floor(inside.to / step) * step);
    else if (ticks.length === 0 || scale.x(at) - scale.x(ticks.at(-1) ?? at) >= spacing) ticks.push(at);
  }
  return ticks;
}
