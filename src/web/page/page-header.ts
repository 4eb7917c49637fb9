import { hasGap } from '../../postmortem/document-gaps.ts';
import { longDate, utcClock, utcDate } from '../../postmortem/document-time.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import type { Facts, Moment } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import { formatIn } from '../../time/format.ts';
import { nearestCities } from '../../time/places.ts';
import type { Instant } from '../../time/types.ts';
import { offsetAt } from '../../time/zones.ts';
import { type Html, html, trusted } from './html.ts';
import { stripClocks, stripText, timelineStrip } from './strip.ts';
import type { DraftPage, DraftState, PageLinks, ZoneForm } from './types.ts';

const STATE_WORDS: Record<DraftState['name'], string> = {
  draft: 'Draft',
  in_review: 'In review',
  published: 'Published',
};

/** What a reader must see first: which incident, how bad, how long, from when to when, and the picture of it. */
export function pageHeader({
  draft,
  facts,
  checks,
  state,
  links = {},
  zoneForm,
  now,
  actions,
}: DraftPage): Html {
  const gaps = draft.sections.filter(hasGap).length;
  const version = state.version === undefined ? '' : `, version ${state.version}`;
  return html`<header class="top"><div class="wrap">
<div class="chips"><span class="reference">${draft.reference}</span>
<span class="chip sev ${draft.severity.toLowerCase()}">${draft.severityText}</span>
<span class="chip">${capital(draft.status)}</span>
${draft.flags.map((flag) => html`<span class="chip">${capital(flag)}</span> `)}
<span class="chip">${STATE_WORDS[state.name]}${version}</span>
${draft.tracker && html`<a class="chip" href="${draft.tracker}">Tracker</a>`}
${todo('to check', checks.length, 'checks-title')}${todo('to fill in', gaps, 'contents-title')}
${actions && stateForm(actions.state, state.name)}${exportLinks(links)}</div>
<h1>${draft.title}</h1>
${impactLine(draft, facts)}
${measures(facts)}
${picture(facts, draft.zone, now)}
${zoneForm && otherZone(zoneForm, draft.zone)}
</div></header>`;
}

/** The step to the next state, and the way back. */
function stateForm(action: string, name: DraftState['name']): Html {
  const back = ['draft', 'Back to draft'];
  const steps = {
    draft: [['in_review', 'Send to review']],
    in_review: [['published', 'Publish'], back],
    published: [back],
  };
  return html`<form class="state" method="post" action="${action}">${steps[name].map(
    ([next, words]) => html`<button name="state" value="${next}">${words}</button>`,
  )}</form>`;
}

function todo(words: string, count: number, id: string): Html | false {
  return count > 0 && html`<a class="chip todo" href="#${id}">${count} ${words}</a> `;
}

/** `3 things to check` */
export function checksTitle(count: number): string {
  if (count === 0) return 'Checks';
  return count === 1 ? '1 thing to check' : `${count} things to check`;
}

function exportLinks({ markdown, html: file, json, text, public: outside, history }: PageLinks): Html | null {
  const all = [
    [markdown, 'Markdown'],
    [file, 'HTML'],
    [json, 'JSON'],
    [text, 'Text'],
    [outside, 'Public form'],
    [history, 'History'],
  ] as const;
  const there = all.filter(([href]) => href !== undefined);
  if (there.length === 0) return null;
  return html`<ul class="exports" aria-label="Exports">${there.map(([href, name]) => html`<li><a href="${href}">${name}</a></li>`)}</ul>`;
}

function impactLine({ zone }: Draft, { impact }: Facts): Html {
  if (!impact.start || impact.minutes === null) {
    return html`<p class="impact-line">No impact is on record yet.</p>`;
  }
  const several = impact.windows.length > 1 ? ` in ${impact.windows.length} windows` : '';
  return html`<div class="impact-line">
<p class="big"><span class="value">${formatMinutes(impact.minutes)}</span><span class="caption">of impact${impact.open ? ' so far' : ''}${several}</span></p>
<dl class="ends"><dt>From</dt><dd>${end(impact.start, zone)}</dd><dt>To</dt><dd>${impact.end ? end(impact.end, zone) : 'not over'}</dd></dl>
</div>`;
}

function end({ at, label, entryNumber, precision }: Moment, zone: string): Html {
  const iso = `${utcDate(at)}T${utcClock(at)}Z`;
  const proof =
    entryNumber === null ? label : html`<a href="#entry-${entryNumber}">${label}, #${entryNumber}</a>`;
  const local = offsetAt(zone, at) === 0 ? null : html` <span class="local">${formatIn(at, zone)}</span>`;
  return html`${precision && `${precision} `}<time datetime="${iso}"><strong>${utcClock(at)} UTC</strong>, ${longDate(at)}</time> (${proof})${local}`;
}

function nearest(name: string): string {
  const cities = nearestCities(name);
  return cities.length > 0
    ? `Did you mean ${cities.join(', ')}?`
    : 'Type for example Europe/Berlin or Tokyo.';
}

function measures({ durations }: Facts): Html | null {
  const shown = durations.filter(({ name }) => name.startsWith('time_to_')).slice(0, 6);
  if (shown.length === 0) return null;
  return html`<dl class="measures">${shown.map(
    ({ label, minutes }) => html`<div><dt>${label}</dt><dd>${formatMinutes(minutes)}</dd></div>`,
  )}</dl>`;
}

function picture(facts: Facts, zone: string, now: Instant): Html | null {
  const [, local] = stripClocks(facts, zone, now);
  const wide = timelineStrip(facts, zone, now, 1104, 'wide');
  return (
    wide &&
    html`<figure class="picture">${wide}${timelineStrip(facts, zone, now, 358, 'narrow')}<figcaption>${local && html`Upper line UTC, lower line ${local}.`}<span class="unseen"> Milestones in order of time. ${stripText(facts, zone)}.</span></figcaption></figure>`
  );
}

/** Which clock stands beside UTC, and the way to another: a reader may be anywhere. Nothing typed: back to the first. */
function otherZone({ action, hidden, unknown }: ZoneForm, zone: string): Html {
  const wrong = unknown !== null && trusted(' aria-invalid="true" aria-describedby="no-zone"');
  return html`<details class="zone"${unknown !== null && trusted(' open')}><summary>${zone === 'UTC' ? 'Times in UTC' : `Beside UTC: ${zone}`}. Show another zone</summary><form method="get" action="${action}">${hidden.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<label>Zone or city beside UTC <input type="text" name="zone" value="${unknown ?? zone}"${wrong} maxlength="60"></label><button>Show</button>${
    unknown !== null &&
    html`<p id="no-zone" role="alert">I know no zone “${unknown}”. ${nearest(unknown)}</p>`
  }</form></details>`;
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}
