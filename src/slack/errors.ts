import { formatUtc } from '../time/format.ts';
import type { Instant } from '../time/types.ts';
import { type Reason, Refusal } from '../usecases/refusal.ts';
import { clip, code, safe } from './mrkdwn.ts';
import { endedText, leftOutLines } from './views/review.ts';
import { timeForAll } from './views/words.ts';

const tangledText = (line: number): string =>
  `Line ${line} has more brackets, marks or nesting than can be read as Markdown. Nothing is stored; split it or leave some out.`;

/** One or two sentences for a refusal: what happened, and what to do next. */
export function refusalText(reason: Reason): string {
  switch (reason.code) {
    case 'no-incident-here':
      return 'This is not an incident’s channel. Name the incident, for example `/incident INC-42 note …`, or see `/incident list`.';
    case 'no-such-incident':
      return `There is no INC-${reason.number} here. \`/incident list\` shows the open ones.`;
    case 'no-such-entry':
      return `There is no line #${reason.number}. \`/incident timeline\` shows the numbers.`;
    case 'no-channel':
      return `INC-${reason.number} has no channel. Name it in commands: \`/incident INC-${reason.number} note …\`.`;
    case 'no-such-action':
      return `There is no action item ${reason.number} here. \`/incident actions all\` shows the open ones.`;
    case 'empty':
      return `Missing: ${reason.what}. Type for example \`${reason.example}\`.`;
    case 'too-long':
      return `The ${reason.what} has ${reason.length} characters; ${reason.longest} is the most. Shorten it and send it again.`;
    case 'too-many':
      return `That would be ${reason.count} ${reason.what}; ${reason.most} are the most. Nothing changed; name fewer and send it again.`;
    case 'tangled':
      return tangledText(reason.line);
    case 'not-there':
      return `I cannot tell which “${safe(reason.words)}” to replace, so nothing changed. Edit the section yourself.`;
    case 'time':
      return safe(reason.message);
    case 'address':
      return reason.why === 'password'
        ? 'That address holds a user name or password, which all who see the incident would read: nothing changed, send it without.'
        : 'That is no address that begins with `https://` or `http://`, so nothing changed.';
    case 'no-zone':
      return 'Slack did not tell me your time zone, so I do not guess. Name one with the time: `14:05 UTC` or `14:05 Berlin`.';
    case 'already':
      return `${reason.what} already. Nothing changed.`;
    case 'overtaken':
      return `${reason.what} (${whoAndWhen(reason)}). Nothing was changed.`;
    case 'closed':
      return `INC-${reason.number} is ${reason.status}${reason.change ? ` (${whoAndWhen(reason.change)})` : ''}. \`/incident reopen\` opens it again.`;
    case 'not-closed':
      return `INC-${reason.number} is ${reason.status}, not closed. There is nothing to reopen.`;
    case 'merged':
      return `INC-${reason.number} was merged into INC-${reason.into} and goes on there: begin with it, as in \`/incident INC-${reason.into} note …\`.`;
    case 'cannot-merge':
    case 'cannot-relate':
      return `${whyNot(reason)} Nothing was changed.`;
    case 'retracted':
      return `#${reason.number} is retracted. \`/incident restore #${reason.number}\` brings it back.`;
    case 'answered':
      return 'That question is answered already. Nothing changed.';
    case 'nudge-answered':
      return `<@${reason.by}> answered this reminder at ${formatUtc(reason.at)}: ${reason.kind}. Nothing changed.`;
    case 'not-admin': {
      const them = reason.admins.map((id) => `<@${id}>`).join(', ');
      const who = `Only admins and owners of the workspace change the settings${them && `: ${them}`}.`;
      return reason.known
        ? `${who} Ask one of them. Nothing changed.`
        : `${who} Slack did not tell me whether you are one. Try again in a minute. Nothing changed.`;
    }
    case 'outsider':
      return reason.may === 'nothing'
        ? 'This workspace keeps incidents to its own members. Ask one of them. Nothing changed.'
        : 'As a guest, or from another workspace, you can read and add notes in the channels that you are in. Ask a member of this workspace for the rest. Nothing changed.';
    case 'no-reviewer':
      return `Nobody of them can be asked, so nothing changed. ${leftOutLines(reason.leftOut).join(' ')}`;
    case 'review-answered':
      return `<@${reason.by}> answered this request, ${timeForAll(reason.at)}: ${reason.kind === 'approved' ? 'approved' : 'changes asked for'}. Nothing changed.`;
    case 'review-over':
      return `${endedText(reason)} Nothing of yours is stored.`;
    case 'review-gone':
      return 'This request is gone: its incident was deleted, or you may not see it any more. Nothing is stored.';
    case 'no-form':
      return `The form did not open (\`${reason.slack}\`), and nothing is stored. Ask for it again.`;
    case 'no-draft':
      return `INC-${reason.number} has no postmortem yet. \`/incident INC-${reason.number} postmortem\` makes a draft.`;
    case 'unknown':
      return reason.word === ''
        ? `Missing: ${reason.what}. There are: ${reason.known.join(', ')}.`
        : `${code(reason.word)} is no ${reason.what}. There are: ${reason.known.join(', ')}.`;
  }
}

const whoAndWhen = ({ by, at }: { by: string; at: Instant }): string => `by <@${by}>, ${timeForAll(at)}`;

function whyNot({ number, into, why }: { number: number; into: number; why: string }): string {
  if (why === 'same') return `INC-${into} is this incident itself. Name another one.`;
  if (why === 'private')
    return `INC-${number} and INC-${into} are not both open to the same people: one of them is private.`;
  if (why === 'test') return `One of INC-${number} and INC-${into} is a test, the other is not.`;
  return `INC-${into} is canceled or merged itself.`;
}

export const failureText =
  'Something broke on our side and this was not stored. Please try again in a minute.';

/** Said when the transaction was there and the answer was not. */
export const answerLostText =
  'This is stored, but something broke on our side before the answer. Do not send it again; `/incident timeline` shows where things stand.';

/** Said when nothing could be stored: the text comes back, so that nothing typed is lost. */
export const notStoredText = (typed: string): string =>
  typed === '' ? failureText : `${failureText} What you typed:\n${typedBlock(typed)}`;

/** Said when the database went away before it could be told whether the request is stored. */
export const unsureText = (typed: string): string => {
  const text =
    'The database went away while this was being stored. As soon as it is back I say here whether it is stored: do not send it again before.';
  return typed === '' ? text : `${text} What you typed:\n${typedBlock(typed)}`;
};

/** Said where a workspace has not installed the app, or has removed it. */
export const notInstalledText = (typed: string): string =>
  `This workspace has not installed Debrief, or has removed it. Nothing was stored; an admin can install it again.${typed && ` What you typed:\n${typedBlock(typed)}`}`;

/** A reply that refuses, with what was typed. */
export const refusalReply = (refusal: Refusal, typed: string): string =>
  typed === ''
    ? refusalText(refusal.reason)
    : `${refusalText(refusal.reason)}\nWhat you typed is kept here:\n${typedBlock(typed)}`;

// Without blocks a message's text may have 40,000 characters, and a slash command hardly half as many.
const LONGEST_REPEATED = 30_000;

/** What a person typed, in a block that can be copied whole. */
export const typedBlock = (typed: string): string =>
  `\`\`\`${clip(safe(typed).replaceAll('```', "'''"), LONGEST_REPEATED)}\`\`\``;

/** The command as it was typed; empty for what is no command. */
export function typedIn(body: Record<string, unknown>): string {
  return typeof body.command === 'string' ? `${body.command} ${String(body.text ?? '')}`.trim() : '';
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal;

/** The errors of a form that was sent, said on its first input; a form of no known shape says it on `text`. */
export function errorOnFirstInput(body: Record<string, unknown>, text: string): Record<string, string> {
  const { blocks } = (body.view ?? {}) as { blocks?: ({ type?: string; block_id?: string } | null)[] };
  const input = Array.isArray(blocks) ? blocks.find((block) => block?.type === 'input') : undefined;
  return { [input?.block_id ?? 'text']: text };
}
