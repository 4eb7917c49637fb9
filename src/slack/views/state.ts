import { type DeclareFlag, severityNameFirst } from '../../incident/arguments.ts';
import { inSentence } from '../../incident/milestones.ts';
import type { Entry, Incident, IncidentRecord, Names } from '../../incident/types.ts';
import type { Facts, Impact, TimelineLine } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import { utcOf } from '../../time/format.ts';
import type { Declared } from '../../usecases/declare.ts';
import type { Resolved } from '../../usecases/resolve.ts';
import type { ImpactSet } from '../../usecases/setImpact.ts';
import { ACTIONS } from '../ids.ts';
import { clip, safe } from '../mrkdwn.ts';
import { button, buttons, type Message, message, pack, section } from './blocks.ts';
import { NO_ANNOUNCEMENTS } from './refused.ts';
import { label, labels, type Reader, severityText, timeFor } from './words.ts';

/** Reply to a declaration: its number and everything that was read from the line, each with an undo. */
export function declaredReply(declared: Declared, reader: Reader): Message {
  const { incident, flags, startedAt, startEntryNumber } = declared;
  const severity = severityText(incident.severity, reader.names);
  const read: string[] = [];
  const undo = flags.map(({ flag, typed }) =>
    button(`${ACTIONS.undoFlag}_${flag}`, `“${typed}” is part of the title`, `${incident.id}|${typed}`),
  );
  read.push(flags.some(({ flag }) => flag === 'severity') ? severity : `${severity} (by default)`);
  if (incident.private) read.push('private: only those invited see the channel');
  if (incident.test) read.push('a test: left out of metrics and announcements');
  if (incident.retrospective)
    read.push('retrospective: nothing is marked unless you mark it, give every time a date');
  if (startedAt && startEntryNumber !== null) {
    read.push(
      `${inSentence(label('impact_started', reader.names))} ${timeFor(startedAt.instant, reader, startedAt.precision)} (#${startEntryNumber})`,
    );
    undo.push(
      button(`${ACTIONS.undoFlag}_start`, 'Undo the start time', `${incident.id}|${startEntryNumber}`),
    );
  }
  const text = [
    `*INC-${incident.number}* is declared: ${clip(safe(incident.title), 300)}`,
    `Read as: ${read.join('; ')}.`,
    ...severityLeftOut(declared, reader.names),
    ...declared.notes,
    'Its channel is being made; you will be invited.',
    ...(declared.announced.kind === 'nowhere' ? [`It is announced nowhere. ${NO_ANNOUNCEMENTS}`] : []),
  ].join('\n');
  return message(text, ...buttons(undo));
}

/** A title may begin with a severity's name: it was not read as one, and the reply says how it would be. */
function severityLeftOut({ incident, flags }: Declared, names: Names): string[] {
  const found = severityNameFirst(incident.title, names.severities);
  if (!found || found.severity === incident.severity || flags.some(({ flag }) => flag === 'severity'))
    return [];
  return [
    `“${safe(found.typed)}” is part of the title. \`/incident INC-${incident.number} severity ${found.severity}\` sets ${severityText(found.severity, names)}.`,
  ];
}

/** Reply to "is part of the title". */
export function undoneReply(
  { number, severity, title, ...incident }: Incident,
  flag: DeclareFlag,
  { names }: Reader,
): Message {
  const now: Record<DeclareFlag, string> = {
    severity: `, at ${severityText(severity, names)}`,
    private:
      '. It stays private: Slack lets no app open a private channel. To have an open one, `/incident cancel` this one and declare it in the form (`/incident declare`), which takes a title as it is',
    test: `. It is no test any more: ${incident.private ? 'it counts, and stays private' : 'it counts, and is announced'}`,
    retrospective: '. It is a live incident now: reminders come, and times may do without a date',
  };
  return message(`INC-${number} is now called *${safe(title)}*${now[flag]}.`);
}

/** Reply to the undo of the time in a declaration. */
export const startUndoneReply = ({ number }: Entry): Message =>
  message(`The start of impact (#${number}) is taken back.`);

/** Reply to "Which instant ended the impact?". */
export const impactEndedReply = (incident: Incident, entry: Entry, reader: Reader): Message =>
  message(
    `The impact of INC-${incident.number} ended at *${timeFor(entry.occurredAt, reader, entry.precision)}* (#${entry.number}).`,
  );

/** Reply to a resolve: what ends the impact now, and the earlier instants that may be meant instead. */
export function resolvedReply(resolved: Resolved, reader: Reader): Message {
  const { incident, end, candidates, held } = resolved;
  const lines = [`*INC-${incident.number}* is resolved. The postmortem draft follows in its channel.`];
  if (end) {
    const how =
      end.mark.provenance === 'inferred'
        ? 'the time of this command (inferred)'
        : `marked by <@${end.mark.markedBy}>`;
    lines.push(
      `*${label('resolved', reader.names)}* stands on #${end.entry.number} at ${timeFor(end.entry.occurredAt, reader, end.entry.precision)}, ${how}.`,
    );
  }
  if (held)
    lines.push(
      `The time that you gave was not stored: that mark was there first. \`/incident time #${end?.entry.number ?? 'N'} TIME\` corrects it.`,
    );
  if (candidates.length > 0)
    lines.push('*Which instant ended the impact?* Until you choose, it is the time of resolving.');
  const choices = candidates.map(({ milestone, entryId, at, precision }) =>
    button(
      `${ACTIONS.endImpact}_${milestone}`,
      `${reader.names.milestones[milestone]} · ${utcOf({ at, precision })}`,
      entryId,
    ),
  );
  const now =
    candidates.length > 0 && end
      ? [button(`${ACTIONS.endImpact}_resolved`, 'The time of resolving', end.entry.id)]
      : [];
  return message([...lines, ...resolved.notes].join('\n'), ...buttons([...choices, ...now]));
}

const MOST_WINDOWS = 10;

/** Each of several windows, and what they come to: a second one is more often a correction than meant. */
function windowLines({ windows, minutes }: Impact, reader: Reader): string[] {
  if (windows.length < 2) return [];
  const lines = windows
    .slice(0, MOST_WINDOWS)
    .map(
      ({ from, to, minutes: length }) =>
        `• ${timeFor(from.at, reader, from.precision)} to ${to ? timeFor(to.at, reader, to.precision) : 'now'} (${formatMinutes(length)})`,
    );
  const more = windows.length > MOST_WINDOWS ? [`• and ${windows.length - MOST_WINDOWS} more`] : [];
  return [
    `The impact has ${windows.length} windows now, together *${formatMinutes(minutes ?? 0)}*:`,
    ...lines,
    ...more,
    'If this one was to replace another: `/incident impact clear` takes all of them away, then give it again.',
  ];
}

export function impactReply({ window, impact, notes }: ImpactSet, reader: Reader): Message {
  if (!window)
    return message('The impact windows are cleared. The impact follows from the milestones again.');
  const from = timeFor(window.from.instant, reader, window.from.precision);
  const said = window.to
    ? `Impact from *${from}* to *${timeFor(window.to.instant, reader, window.to.precision)}*.`
    : `Impact since *${from}*. It goes on.`;
  return message([said, ...notes, ...windowLines(impact, reader)].join('\n'));
}

const PAGE = 40;

/** The timeline as it stands, the latest lines where it is long. */
export function timelineReply(record: IncidentRecord, facts: Facts, reader: Reader, all: boolean): Message {
  const { incident } = record;
  const shown = facts.lines.slice(-PAGE);
  const left = facts.lines.length - shown.length;
  const head = `*Timeline of INC-${incident.number}* ${clip(safe(incident.title), 300)}`;
  const more = left > 0 ? [`_${counted(left, 'earlier line')} not shown; the draft has them all._`] : [];
  const lines =
    facts.lines.length === 0
      ? ['No lines yet. `/incident note TEXT` adds one.']
      : shown.map((line) => timelineLine(line, reader));
  const retracted = all ? record.entries.filter((entry) => entry.retractedAt !== null) : [];
  const gone = retracted
    .slice(-PAGE)
    .map((entry) => `_Retracted:_ ~#${entry.number} ${excerpt(entry.text, 80)}~`);
  const blocks = pack([head, ...more, ...lines, ...gone]);
  return {
    text: `Timeline of INC-${incident.number}: ${counted(facts.lines.length, 'line')}`,
    blocks: blocks.map(section),
  };
}

function timelineLine({ entry, marks, minutesSincePrevious }: TimelineLine, reader: Reader): string {
  const gap = minutesSincePrevious === null ? '' : ` (+${formatMinutes(minutesSincePrevious)})`;
  const milestones =
    marks.length > 0
      ? ` *${labels(
          marks.map((mark) => mark.milestone),
          reader.names,
        )}*`
      : '';
  const link = entry.permalink ? ` <${entry.permalink}|↗>` : '';
  const when = timeFor(entry.occurredAt, reader, entry.precision);
  const gone = entry.messageGoneAt ? ' _(message deleted in Slack)_' : '';
  const was = entry.movedFrom ? ` (was ${entry.movedFrom})` : '';
  return `*#${entry.number}*${was} ${when}${gap}${milestones}\n${excerpt(entry.text, 300)}${link}${gone}`;
}

// A code fence left open would take in the lines that follow.
const excerpt = (text: string, longest: number): string => clip(safe(text).replaceAll('```', "'''"), longest);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
