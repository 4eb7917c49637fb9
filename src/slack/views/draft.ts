import type { Button, ModalView } from '@slack/types';
import { SECTION_TITLES, type SectionKey } from '../../incident/draftSections.ts';
import type { ChangedFigure } from '../../postmortem/changed-figures.ts';
import type { Postmortem } from '../../postmortem/postmortem.ts';
import type { Facts } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import type { StateSet } from '../../usecases/setPostmortemState.ts';
import type { PostmortemState } from '../../usecases/types.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { button, buttons, LIMITS, type Message, message, section } from './blocks.ts';
import { modal, option, textInput, words } from './inputs.ts';
import { placeText } from './published.ts';
import { impactSpan } from './words.ts';

/** Slack's input fields end here: a longer section is edited on the page. */
export const LONGEST_IN_SLACK = 3000;

const STATE_WORDS: Record<PostmortemState, string> = {
  draft: 'Draft',
  in_review: 'In review',
  published: 'Published',
};

/** The draft's message for channel, managers and lead: what it says, where to read and how to change it. */
export function draftMessage(
  postmortem: Postmortem,
  id: string,
  state: PostmortemState,
  /** Null: there is no link that all who see the message may have. */
  url: string | null,
  note: string | null,
): Message {
  const { record, facts, checks, changed } = postmortem;
  const { incident } = record;
  const name = `Postmortem of INC-${incident.number}`;
  const text = [
    `:page_facing_up: *${name}* (${STATE_WORDS[state].toLowerCase()}) ${clip(safe(incident.title), 300)}`,
    ...draftLines(postmortem),
    ...changedLines(changed),
    `${url ? `<${url}|Read it>` : 'Read it by a link of your own: *Edit on the page*'} · ${checks.length} ${checks.length === 1 ? 'check' : 'checks'} to look at`,
    ...(note ? [note] : []),
  ].join('\n');
  const steps = [
    button(ACTIONS.editDraft, 'Edit a section', id),
    button(ACTIONS.editOnPage, 'Edit on the page', id),
    ...nextSteps(state, id),
  ];
  // For a notification: the address would say nothing there.
  const short = `${name} (${STATE_WORDS[state].toLowerCase()}): impact ${lengthOf(facts)}. ${clip(safe(incident.title), 300)}`;
  return { ...message(text, ...buttons(steps)), text: short };
}

const lengthOf = ({ impact }: Facts): string =>
  impact.minutes === null ? 'not known' : formatMinutes(impact.minutes);

/** How long the impact was, and the worst that the checks found. */
export function draftLines({ facts, checks }: Postmortem): string[] {
  const { impact, lines } = facts;
  const ends = impact.start && impact.end ? ` (${impactSpan(impact.start, impact.end)})` : '';
  const errors = checks.filter((check) => check.severity === 'error');
  return [
    `Impact: *${lengthOf(facts)}*${ends} · ${lines.length} timeline ${lines.length === 1 ? 'line' : 'lines'}`,
    ...errors.slice(0, 5).map((check) => `:warning: ${safe(check.message)}`),
    ...(errors.length > 5 ? [`:warning: and ${errors.length - 5} more on the page`] : []),
  ];
}

function nextSteps(state: PostmortemState, id: string): Button[] {
  const to = (next: PostmortemState, label: string) =>
    button(`${ACTIONS.postmortemState}_${next}`, label, id);
  const back = to('draft', 'Back to draft');
  if (state === 'draft') return [to('in_review', 'Send to review')];
  return state === 'in_review' ? [to('published', 'Publish'), back] : [back];
}

/** Reply to whoever moved the postmortem on, with the next step. */
export function stateReply(
  state: 'draft' | 'published',
  id: string,
  { left, to, approvals }: StateSet,
): Message {
  const words = { draft: 'a draft again', published: `published${approvals}` };
  const count = left.length === 1 ? '1 action item is' : `${left.length} action items are`;
  const follow =
    left.length === 0
      ? []
      : [`${count} unfinished, and named in it. I ask the owners every week until they are done or dropped.`];
  return message(
    [`The postmortem is ${words[state]}.`, ...(to ? [placeText(to)] : []), ...follow].join('\n'),
    ...buttons(nextSteps(state, id)),
  );
}

/** “3 figures changed since somebody edited”, with old and new. */
function changedLines(changed: readonly ChangedFigure[]): string[] {
  if (changed.length === 0) return [];
  const shown = changed
    .slice(0, 5)
    .map(({ label, from, to }) => `${label}: ${from ?? 'none'} → ${to ?? 'none'}`);
  const more = changed.length > 5 ? `, and ${changed.length - 5} more` : '';
  const count = `${changed.length} ${changed.length === 1 ? 'figure' : 'figures'} changed since somebody edited`;
  return [`:arrows_counterclockwise: ${count}: ${safe(shown.join('; '))}${more}`];
}

/** Said where somebody wrote for a section that the settings leave out. */
export const leftOutText = (key: SectionKey): string =>
  `The workspace’s drafts leave out *${SECTION_TITLES[key]}*. Your text is kept, and shows once an admin brings the section back.`;

/** Replies to who wrote for the postmortem; `hidden`: the settings leave that section out. */
export const summaryReply = (text: string, hidden: boolean): Message =>
  written(`The summary is:\n${quote(text)}`, 'summary', hidden);

export const sectionReply = (name: string, key: SectionKey, text: string, hidden: boolean): Message =>
  written(`The section *${name}* is:\n${quote(text)}`, key, hidden);

export const factorReply = (text: string, hidden: boolean): Message =>
  written(`Contributing factor added:\n${quote(text)}`, 'factors', hidden);

const written = (text: string, key: SectionKey, hidden: boolean): Message =>
  message(hidden ? `${text}\n${leftOutText(key)}` : text);

/** Reply to `/incident postmortem`. */
export const draftOrderedReply = (number: number): Message =>
  message(
    `The draft of INC-${number} is being made from the timeline as it stands. It comes to its channel.`,
  );

/** `leftOutText`, once a section's form is saved. */
export const savedLeftOutText = (key: SectionKey): string => `Saved. ${leftOutText(key)}`;

/** Said in place of the form. */
export const tooLongText = (title: string, url: string): string =>
  `*${title}* is too long for a form in Slack. <${url}|Edit it on the page>.`;

/** Reply to "Edit on the page". */
export const ownLinkReply = (url: string, days: number): Message =>
  message(`<${url}|Your own link to the draft>. With it you can edit, for ${days} days; do not pass it on.`);

/** Which section to edit. */
export const sectionChoiceModal = (
  postmortemId: string,
  sections: readonly { key: string; title: string }[],
): ModalView =>
  modal(CALLBACKS.chooseSection, 'Edit the postmortem', 'Next', postmortemId, [
    {
      type: 'input',
      block_id: 'section',
      label: words('Section'),
      element: {
        type: 'static_select',
        action_id: 'section',
        options: sections.map(({ key, title }) => option(key, title)),
      },
    },
  ]);

export interface SectionModal {
  postmortemId: string;
  section: string;
  title: string;
  markdown: string;
  seen: number;
  /** Key of what the editor began with. */
  began?: string;
}

/** A section's Markdown to edit. `above` says what somebody else saved meanwhile. */
export const sectionModal = (
  { postmortemId, section: key, title, markdown, seen, began }: SectionModal,
  above?: string,
): ModalView =>
  modal(
    CALLBACKS.editSection,
    'Edit the postmortem',
    'Save',
    JSON.stringify({ postmortemId, section: key, seen, began }),
    [
      section(
        `*${safe(title)}* in Markdown. What you write stays to the letter; figures that change later are pointed out.`,
      ),
      ...(above === undefined ? [] : [section(above)]),
      textInput({ id: 'text', label: 'Text', initial: markdown, multiline: true, longest: LONGEST_IN_SLACK }),
    ],
  );

/** What a colleague saved while the form was open; the form keeps the reader's own text. */
export const staleText = (by: string, theirs: string): string =>
  clip(
    `:warning: <@${by}> saved this section while you wrote. *Nothing of yours is stored yet.* It now reads:\n\`\`\`${clip(safe(theirs).replaceAll('```', "'''"), 2200)}\`\`\`\nYour text is below. Saving it replaces theirs, which stays in the history.`,
    LIMITS.sectionText,
  );
