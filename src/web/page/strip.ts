import { inSentence } from '../../incident/milestones.ts';
import { clockAfter, shortDate, utcClock, utcDate } from '../../postmortem/document-time.ts';
import type { Facts, Moment } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import { besideUtc, withPrecision, zoneLabel } from '../../time/format.ts';
import type { Instant } from '../../time/types.ts';
import { offsetAt, wallAt } from '../../time/zones.ts';
import { type Html, html } from './html.ts';
import { placeLabels } from './strip-labels.ts';
import { axisTicks, timeScale } from './strip-scale.ts';

const EDGE = 8;
const AXIS_Y = 14;
const AXIS_ROW = 14;
const LANE_HEIGHT = 19;
const CHARACTER = 6.5;
const AXIS_CHARACTER = 6;

interface Mark {
  at: Instant;
  precision?: Moment['precision'];
  label: string;
  inferred: boolean;
}

/**
 * The incident along time as SVG of the given width: impact windows as bands, lines of the timeline as ticks,
 * milestones as labelled dots. Times are UTC; along the axis the clock of `zone` (IANA) stands under them. Null when
 * nothing has happened. Colours come from the page's style.
 */
export function timelineStrip(
  facts: Facts,
  zone: string,
  now: Instant,
  width: number,
  className: string,
): Html | null {
  const { windows } = facts.impact;
  const instants = instantsOf(facts, now);
  if (instants.length === 0) return null;
  const scale = timeScale(instants, EDGE, width - EDGE);
  const clocks = stripClocks(facts, zone, now);
  const lineY = AXIS_Y + clocks.length * AXIS_ROW + 16;
  const firstLane = lineY + 34;
  const marks = marksOf(facts);
  const texts = marks.map(({ at, precision, label }, index) => ({
    label,
    when: withPrecision(dayAndClock(at, marks[index - 1]?.at ?? instants[0] ?? at), precision),
  }));
  const labels = texts.map(({ label, when }, index) => ({
    x: scale.x(marks[index]?.at ?? 0),
    width: (label.length + when.length + 1) * CHARACTER,
  }));
  const places = placeLabels(labels, width);
  const height = firstLane + Math.max(0, ...places.map(({ lane }) => lane + 1)) * LANE_HEIGHT;
  const n = (value: number) => value.toFixed(1);
  return html`<svg class="strip ${className}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true" focusable="false">
<line class="base" x1="${EDGE}" x2="${width - EDGE}" y1="${lineY}" y2="${lineY}"/>
${windows.map(({ from, to }) => {
  const [left, right] = [scale.x(from.at), scale.x(to?.at ?? Math.max(now, from.at))];
  return html`<rect class="${to ? 'impact' : 'impact open'}" x="${n(left)}" y="${lineY - 9}" width="${n(Math.max(3, right - left))}" height="18" rx="3"/>`;
})}
${axis(scale, instants, clocks, width)}
${scale.breaks.map(({ from, to, minutes }) => {
  const middle = (scale.x(from) + scale.x(to)) / 2;
  return html`<path class="break" d="M${n(middle - 7)} ${lineY + 12}l6 -24h8l-6 24z"/><text class="gap-label" x="${n(middle)}" y="${lineY - 15}" text-anchor="middle">${formatMinutes(minutes)}</text>`;
})}
${facts.lines.map(({ entry }) => html`<line class="tick" x1="${n(scale.x(entry.occurredAt))}" x2="${n(scale.x(entry.occurredAt))}" y1="${lineY - 9}" y2="${lineY + 9}"/>`)}
${places.map(({ lane }, index) => html`<path class="leader" d="M${n(labels[index]?.x ?? 0)} ${lineY + 5}V${firstLane + lane * LANE_HEIGHT - 10}"/>`)}
${marks.map(({ inferred }, index) => html`<circle class="${inferred ? 'dot inferred' : 'dot'}" cx="${n(labels[index]?.x ?? 0)}" cy="${lineY}" r="5"/>`)}
${places.map(({ lane, anchor }, index) => html`<text class="label" x="${n(Math.min(width, Math.max(0, (labels[index]?.x ?? 0) + (anchor === 'start' ? -4 : 4))))}" y="${firstLane + lane * LANE_HEIGHT}" text-anchor="${anchor}">${texts[index]?.label} <tspan class="at">${texts[index]?.when}</tspan></text>`)}
</svg>`;
}

/** Whose clocks stand along the axis, from above: UTC, and `zone`'s (IANA) where it ever shows something else. */
export function stripClocks(facts: Facts, zone: string, now: Instant): string[] {
  return ['UTC', ...(instantsOf(facts, now).some((at) => besideUtc(at, zone) !== null) ? [zone] : [])];
}

function instantsOf({ lines, impact }: Facts, now: Instant): Instant[] {
  return [
    ...lines.map(({ entry }) => entry.occurredAt),
    ...impact.windows.flatMap(({ from, to }) => [from.at, to?.at ?? Math.max(now, from.at)]),
  ];
}

/** What the picture shows, for those who do not see it. */
export function stripText(facts: Facts, zone: string): string {
  return marksOf(facts)
    .map(({ at, precision, label, inferred }, index, all) => {
      const local = besideUtc(at, zone);
      const utc = `${clockAfter(at, all[index - 1]?.at ?? null)} UTC`;
      return `${label}${inferred ? ' (inferred)' : ''}: ${withPrecision(utc, precision)}${local ? ` (${local})` : ''}`;
    })
    .join('. ');
}

/** Milestones, and the ends of the impact that no milestone proves; those of one minute together. */
function marksOf({ milestones, impact }: Facts): Mark[] {
  const marks = milestones.map(
    ({ label, at, precision, provenance }): Mark => ({
      at,
      precision,
      label,
      inferred: provenance === 'inferred',
    }),
  );
  for (const moment of impact.windows.flatMap(({ from, to }) => (to ? [from, to] : [from]))) {
    if (!marks.some(({ at }) => utcMinute(at) === utcMinute(moment.at)))
      marks.push({ ...moment, inferred: false });
  }
  const together: Mark[] = [];
  for (const mark of marks.sort((a, b) => a.at - b.at)) {
    const last = together.at(-1);
    if (last && utcMinute(last.at) === utcMinute(mark.at)) last.label += `, ${inSentence(mark.label)}`;
    else together.push({ ...mark });
  }
  return together;
}

/** Round UTC times, with a row of labels for each clock: those that would touch the one before are left out. */
function axis(
  scale: ReturnType<typeof timeScale>,
  instants: readonly Instant[],
  clocks: readonly string[],
  width: number,
): Html[] {
  const ticks = axisTicks(scale, Math.min(...instants), Math.max(...instants), 74);
  const tickY = AXIS_Y + (clocks.length - 1) * AXIS_ROW + 6;
  return [
    ...clocks.map((zone, row) => axisRow(scale, ticks, zone, AXIS_Y + row * AXIS_ROW, width)),
    ...ticks.map((at) => {
      const x = scale.x(at).toFixed(1);
      return html`<line class="axis-tick" x1="${x}" x2="${x}" y1="${tickY}" y2="${tickY + 6}"/>`;
    }),
  ];
}

function axisRow(
  scale: ReturnType<typeof timeScale>,
  ticks: readonly Instant[],
  zone: string,
  y: number,
  width: number,
): Html {
  let end = Number.NEGATIVE_INFINITY;
  let before: Instant | null = null;
  const labels: Html[] = [];
  for (const at of ticks) {
    const x = scale.x(at);
    const label = axisLabel(at, before, zone);
    const length = label.length * AXIS_CHARACTER;
    const anchor = x < 40 ? 'start' : x > width - 40 ? 'end' : 'middle';
    const from = anchor === 'start' ? x : anchor === 'end' ? x - length : x - length / 2;
    if (from < end + 6) continue;
    [end, before] = [from + length, at];
    labels.push(
      html`<text class="axis" x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}">${label}</text>`,
    );
  }
  return html`${labels}`;
}

/** The zone's clock; its date where it changes, its abbreviation or offset where that does. */
function axisLabel(at: Instant, before: Instant | null, zone: string): string {
  const wall = wallAt(zone, at);
  if (before === null) return dated(wall);
  const changed = offsetAt(zone, before) !== offsetAt(zone, at);
  return `${dayAndClock(wall, wallAt(zone, before))}${changed ? ` ${zoneLabel(at, zone)}` : ''}`;
}

function dayAndClock(at: Instant, previous: Instant): string {
  return utcDate(at) === utcDate(previous) ? utcClock(at) : dated(at);
}

const dated = (at: Instant) => `${shortDate(at)} ${utcClock(at)}`;

const utcMinute = (at: Instant) => `${utcDate(at)}T${utcClock(at)}`;
