import { inSentence } from '../../incident/milestones.ts';
import { clockAfter, shortDate, utcClock, utcDate } from '../../postmortem/document-time.ts';
import type { Facts } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import type { Instant } from '../../time/types.ts';
import { type Html, html } from './html.ts';
import { placeLabels } from './strip-labels.ts';
import { axisTicks, timeScale } from './strip-scale.ts';

const EDGE = 8;
const LINE_Y = 44;
const LANE_HEIGHT = 19;
const FIRST_LANE = LINE_Y + 34;
const CHARACTER = 6.5;

interface Mark {
  at: Instant;
  label: string;
  inferred: boolean;
}

/**
 * The incident along time as SVG of the given width: impact windows as bands, lines of the timeline as ticks,
 * milestones as labelled dots, times in UTC. Null when nothing has happened. Colours come from the page's style.
 */
export function timelineStrip(facts: Facts, now: Instant, width: number, className: string): Html | null {
  const { windows } = facts.impact;
  const instants = [
    ...facts.lines.map(({ entry }) => entry.occurredAt),
    ...windows.flatMap(({ from, to }) => [from.at, to?.at ?? Math.max(now, from.at)]),
  ];
  if (instants.length === 0) return null;
  const scale = timeScale(instants, EDGE, width - EDGE);
  const marks = marksOf(facts);
  const texts = marks.map(({ at, label }, index) => ({
    label,
    when: dayAndClock(at, marks[index - 1]?.at ?? instants[0] ?? at),
  }));
  const labels = texts.map(({ label, when }, index) => ({
    x: scale.x(marks[index]?.at ?? 0),
    width: (label.length + when.length + 1) * CHARACTER,
  }));
  const places = placeLabels(labels, width);
  const height = FIRST_LANE + Math.max(0, ...places.map(({ lane }) => lane + 1)) * LANE_HEIGHT;
  const n = (value: number) => value.toFixed(1);
  return html`<svg class="strip ${className}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true" focusable="false">
<line class="base" x1="${EDGE}" x2="${width - EDGE}" y1="${LINE_Y}" y2="${LINE_Y}"/>
${windows.map(({ from, to }) => {
  const [left, right] = [scale.x(from.at), scale.x(to?.at ?? Math.max(now, from.at))];
  return html`<rect class="${to ? 'impact' : 'impact open'}" x="${n(left)}" y="${LINE_Y - 9}" width="${n(Math.max(3, right - left))}" height="18" rx="3"/>`;
})}
${axis(scale, instants, width)}
${scale.breaks.map(({ from, to, minutes }) => {
  const middle = (scale.x(from) + scale.x(to)) / 2;
  return html`<path class="break" d="M${n(middle - 7)} ${LINE_Y + 12}l6 -24h8l-6 24z"/><text class="gap-label" x="${n(middle)}" y="${LINE_Y - 15}" text-anchor="middle">${formatMinutes(minutes)}</text>`;
})}
${facts.lines.map(({ entry }) => html`<line class="tick" x1="${n(scale.x(entry.occurredAt))}" x2="${n(scale.x(entry.occurredAt))}" y1="${LINE_Y - 9}" y2="${LINE_Y + 9}"/>`)}
${places.map(({ lane }, index) => html`<path class="leader" d="M${n(labels[index]?.x ?? 0)} ${LINE_Y + 5}V${FIRST_LANE + lane * LANE_HEIGHT - 10}"/>`)}
${marks.map(({ inferred }, index) => html`<circle class="${inferred ? 'dot inferred' : 'dot'}" cx="${n(labels[index]?.x ?? 0)}" cy="${LINE_Y}" r="5"/>`)}
${places.map(({ lane, anchor }, index) => html`<text class="label" x="${n(Math.min(width, Math.max(0, (labels[index]?.x ?? 0) + (anchor === 'start' ? -4 : 4))))}" y="${FIRST_LANE + lane * LANE_HEIGHT}" text-anchor="${anchor}">${texts[index]?.label} <tspan class="at">${texts[index]?.when}</tspan></text>`)}
</svg>`;
}

/** What the picture shows, for those who do not see it. */
export function stripText(facts: Facts): string {
  return marksOf(facts)
    .map(
      ({ at, label, inferred }, index, all) =>
        `${label}${inferred ? ' (inferred)' : ''}: ${clockAfter(at, all[index - 1]?.at ?? null)} UTC`,
    )
    .join('. ');
}

/** Milestones, and the ends of the impact that no milestone proves; those of one minute together. */
function marksOf({ milestones, impact }: Facts): Mark[] {
  const marks = milestones.map(
    ({ label, at, provenance }): Mark => ({ at, label, inferred: provenance === 'inferred' }),
  );
  for (const moment of impact.windows.flatMap(({ from, to }) => (to ? [from, to] : [from]))) {
    if (!marks.some(({ at }) => utcMinute(at) === utcMinute(moment.at)))
      marks.push({ at: moment.at, label: moment.label, inferred: false });
  }
  const together: Mark[] = [];
  for (const mark of marks.sort((a, b) => a.at - b.at)) {
    const last = together.at(-1);
    if (last && utcMinute(last.at) === utcMinute(mark.at)) last.label += `, ${inSentence(mark.label)}`;
    else together.push({ ...mark });
  }
  return together;
}

function axis(scale: ReturnType<typeof timeScale>, instants: readonly Instant[], width: number): Html[] {
  const [from, to] = [Math.min(...instants), Math.max(...instants)];
  return axisTicks(scale, from, to, 74).map((at, index, all) => {
    const x = scale.x(at);
    const before = all[index - 1];
    const label =
      before !== undefined && utcDate(before) === utcDate(at)
        ? utcClock(at)
        : `${shortDate(at)} ${utcClock(at)}`;
    const anchor = x < 40 ? 'start' : x > width - 40 ? 'end' : 'middle';
    return html`<text class="axis" x="${x.toFixed(1)}" y="14" text-anchor="${anchor}">${label}</text><line class="axis-tick" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="20" y2="26"/>`;
  });
}

function dayAndClock(at: Instant, previous: Instant): string {
  return utcDate(at) === utcDate(previous) ? utcClock(at) : `${shortDate(at)} ${utcClock(at)}`;
}

const utcMinute = (at: Instant) => `${utcDate(at)}T${utcClock(at)}`;
