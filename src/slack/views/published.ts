import { leadOf } from '../../incident/people.ts';
import type { IncidentRecord } from '../../incident/types.ts';
import type { Corrections, Writers } from '../../postmortem/corrections.ts';
import { isCorrected } from '../../postmortem/corrections.ts';
import { figuresText, joined } from '../../postmortem/document-publication.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import type { Postmortem } from '../../postmortem/postmortem.ts';
import { plainSection } from '../../postmortem/render/plain.ts';
import { formatMinutes } from '../../time/duration.ts';
import type { PublishedTo } from '../../usecases/types.ts';
import { ACTIONS } from '../ids.ts';
import { clip, escapeText, safe } from '../mrkdwn.ts';
import { button, buttons, type Message, message } from './blocks.ts';
import { postRefusedText } from './refused.ts';
import { impactSpan, severityText, timeForAll } from './words.ts';

const MOST_FIGURES = 5;
const SUMMARY_LINES = 3;

const named = ({ incident }: IncidentRecord): string =>
  `*Postmortem of INC-${incident.number}: ${clip(safe(incident.title), 300)}*`;

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

const short = ({ incident }: IncidentRecord, words: string): string =>
  clip(`Postmortem of INC-${incident.number} ${words}: ${safe(incident.title)}`, 500);

/** The published postmortem, whole from its state: the parent of what is corrected later. `version`: the present one. */
export function publishedPost(postmortem: Postmortem, version: number, url: string | null): Message {
  const { record, facts, draft, publication, corrected } = postmortem;
  const { incident, actions } = record;
  const left = actions.filter((one) => one.doneAt === null).length;
  const parts = [
    count(facts.lines.length, 'timeline line'),
    left === 0 ? 'no unfinished action items' : count(left, 'unfinished action item'),
  ];
  const since =
    corrected && isCorrected(corrected)
      ? `:pencil2: Corrected since${version === publication?.version ? '' : `, now version ${version}`}: ${correctionText(corrected)}`
      : '';
  const lines = [
    `:newspaper: ${named(record)}`,
    `Impact: ${impactText(postmortem)}`,
    `${severityText(incident.severity, record.names)} · ${incident.leadId ? `led by <@${incident.leadId}>` : `declared by <@${incident.declaredBy}>, nobody led it`}`,
    ...summaryLines(draft),
    `${parts.join(' · ')}${url ? ` · <${url}|Read it>` : ''}`,
    ...(publication
      ? [
          `Published${publication.version === null ? '' : ` as version ${publication.version}`} by <@${publication.by}>, ${timeForAll(publication.at)}`,
        ]
      : []),
    ...(since ? [since] : []),
  ];
  return { ...message(lines.join('\n')), text: short(record, 'published') };
}

function impactText({ facts: { impact } }: Postmortem): string {
  if (!impact.start || impact.minutes === null) return 'not known';
  return `*${formatMinutes(impact.minutes)}* (${impactSpan(impact.start, impact.end, 'now, not over')})`;
}

function summaryLines(draft: Draft): string[] {
  const lines = plainSection(draft, 'summary')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const more = lines.length > SUMMARY_LINES ? ' …' : '';
  const shown = lines.slice(0, SUMMARY_LINES).map((line) => `> ${clip(escapeText(line), 250)}`);
  return shown.length === 0 ? [] : [shown.join('\n') + more];
}

/** `Impact duration 2 h → 2 h 5 min, by <@U1>; sections “Summary”, “Root cause” edited by <@U2>` */
function correctionText({ figures, figuresFrom, sections }: Corrections): string {
  const titles = new Map<string, string[]>();
  for (const { title, from } of sections) {
    const by = byWhom(from, ' by ');
    titles.set(by, [...(titles.get(by) ?? []), `“${title}”`]);
  }
  return [
    ...(figures.length > 0
      ? [`${escapeText(figuresText(figures, MOST_FIGURES))}${byWhom(figuresFrom, ', by ')}`]
      : []),
    ...[...titles].map(([by, of]) => `section${of.length === 1 ? '' : 's'} ${of.join(', ')} edited${by}`),
  ].join('; ');
}

const byWhom = (from: Writers, before: string): string =>
  from ? `${before}${joined(from.by.map((id) => `<@${id}>`))}` : '';

/** In the thread of its post: what was corrected since it was last told. */
export const correctionReply = (corrected: Corrections, version: number, url: string | null): Message =>
  message(`:pencil2: Corrected in version ${version}: ${correctionText(corrected)}.${readIt(url)}`);

/** In the thread of its post: that it is published once more, and what is different. */
export function publishedAgainReply(
  by: string,
  { version, before }: { version: number; before: number },
  corrected: Corrections,
  url: string | null,
): Message {
  const what = isCorrected(corrected)
    ? `Changed since version ${before}: ${correctionText(corrected)}.`
    : `Figures and texts are those of version ${before}.`;
  return message(`:newspaper: Published again by <@${by}> as version ${version}. ${what}${readIt(url)}`);
}

const readIt = (url: string | null): string => (url ? ` <${url}|Read it>` : '');

/** In place of the post, while it is a draft again. */
export function revisedPost(record: IncidentRecord, change: { by: string; at: number } | null): Message {
  const taken = change ? ` (taken back by <@${change.by}>, ${timeForAll(change.at)})` : '';
  const text = `:construction: ${named(record)}\nIt is being revised${taken}, and cannot be read by everybody until it is published again. Ask <@${leadOf(record.incident)}> about it.`;
  return { ...message(text), text: short(record, 'is being revised') };
}

/** Where the post went; or Slack's word why not. */
export type PostOutcome = { to: PublishedTo; refused: string | null };

export interface PublishedHere {
  record: IncidentRecord;
  postmortemId: string;
  /** Null: not known. */
  by: string | null;
  version: number | null;
  url: string | null;
}

/** In the incident's channel: who published it, where to read it and where it was posted. */
export function publishedHere(published: PublishedHere, outcome: PostOutcome): Message {
  const { record, by, version, url, postmortemId } = published;
  const as = version === null ? '' : ` as version ${version}`;
  const text = `:newspaper: ${someone(by)} published the postmortem of INC-${record.incident.number}${as}.${readIt(url)}\n${whereText(outcome)}`;
  const again = outcome.refused ? [button(ACTIONS.postPublished, 'Post it now', postmortemId)] : [];
  return message(text, ...buttons(again));
}

function whereText({ to, refused }: PostOutcome): string {
  if (to.kind !== 'channel') return placeText(to);
  return refused ? refusedText(to.channelId, refused) : `It is posted in <#${to.channelId}>.`;
}

/** Where a published postmortem goes. */
export function placeText(to: PublishedTo): string {
  switch (to.kind) {
    case 'channel':
      return `It goes to <#${to.channelId}>.`;
    case 'nowhere':
      return 'It is posted nowhere but in the incident’s channel: no channel is set for postmortems or announcements. An admin sets one with `/incident settings`, Channels and managers.';
    case 'private':
      return 'The incident is private, so it is posted nowhere but in its own channel. It opens by links of one’s own: type `/incident postmortem` there, then *Edit on the page*.';
    case 'test':
      return 'The incident is a test, so its postmortem is posted nowhere but in its own channel.';
  }
}

const refusedText = (channelId: string, code: string): string =>
  `${postRefusedText('it', channelId, code)}; then press the button. It is published all the same.`;

const someone = (by: string | null): string => (by === null ? 'Somebody' : `<@${by}>`);

/** In the incident's channel: it is a draft again. */
export function revisedHere(record: IncidentRecord, by: string | null, posted: string | null): Message {
  const there =
    posted === null
      ? ''
      : ` Its post in <#${posted}> says so, and the link there opens it once it is published again.`;
  return message(
    `:construction: ${someone(by)} made the postmortem of INC-${record.incident.number} a draft again.${there}`,
  );
}
