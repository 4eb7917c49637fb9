import { parseEntryNumber, parseMilestone } from '../../../incident/arguments.ts';
import { MILESTONES, milestoneWord } from '../../../incident/milestones.ts';
import { computeFacts } from '../../../postmortem/facts.ts';
import { editEntry } from '../../../usecases/editEntry.ts';
import { markNumbered } from '../../../usecases/markNumbered.ts';
import { note } from '../../../usecases/note.ts';
import { readTimeline } from '../../../usecases/readTimeline.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { retime } from '../../../usecases/retime.ts';
import { restore, retract } from '../../../usecases/retract.ts';
import { quote } from '../../mrkdwn.ts';
import { editedReply, restoredReply, retractedReply } from '../../views/changes.ts';
import { askedReply } from '../../views/choice.ts';
import { notedReply, retimedReply } from '../../views/entries.ts';
import { timelineReply } from '../../views/state.ts';
import { labels } from '../../views/words.ts';
import type { CommandHandler } from './types.ts';

export const noteCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const noted = await run((scope) => note(scope, { ref, text: rest, source: 'command', milestones: [] }));
  return noted.kind === 'asked' ? askedReply(noted, reader, rest) : notedReply(noted, reader);
};

export const milestoneCommand: CommandHandler = async ({ ref, rest, milestone, run, reader }) => {
  const { noted, kept } = await run(async (scope) => {
    const { names } = scope;
    const read = parseMilestone(rest, milestone, names.milestones);
    const { milestones, entry: number } = read;
    const [word] = read.unknown;
    const known = MILESTONES.map((key) => milestoneWord(key, names.milestones));
    if (word !== undefined) throw new Refusal({ code: 'unknown', what: 'milestone', word, known });
    const example = '/incident milestone root-cause 14:05 Bad config';
    if (milestones.length === 0) throw new Refusal({ code: 'empty', what: 'milestone', example });
    if (number !== null) {
      const marked = await markNumbered(scope, { ref, number, milestones });
      return { noted: { ...marked, notes: [...marked.notes, ...notTaken(number, read.rest)] }, kept: '' };
    }
    const fallbackText = labels(milestones, names);
    const input = { ref, text: read.rest, source: 'command' as const, milestones, fallbackText };
    return { noted: await note(scope, input), kept: rest || fallbackText };
  });
  return noted.kind === 'asked' ? askedReply(noted, reader, kept) : notedReply(noted, reader);
};

/** A mark goes on a line as it is: words typed behind its number come back. */
const notTaken = (number: number, words: string): string[] =>
  words === ''
    ? []
    : [
        `Only the mark is stored. \`/incident edit #${number} TEXT\` changes the line. You typed:`,
        quote(words, 800),
      ];

export const timelineCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const record = await run((scope) => readTimeline(scope, { ref }));
  return timelineReply(record, computeFacts(record, reader.now), reader, rest.trim().toLowerCase() === 'all');
};

export const timeCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const { number, rest: text } = numbered(rest, '/incident time #4 14:05');
  const done = await run((scope) => retime(scope, { ref, number, text }));
  return done.kind === 'asked'
    ? askedReply(done, reader, `time #${number} ${text}`)
    : retimedReply(done, reader);
};

export const editCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { number, rest: text } = numbered(rest, '/incident edit #4 Rolled back, errors fall');
  const { entry, before } = await run((scope) => editEntry(scope, { ref, number, text }));
  return editedReply(entry, before);
};

export const retractCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { number } = numbered(rest, '/incident retract #4');
  return retractedReply(await run((scope) => retract(scope, { ref, number })));
};

export const restoreCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { number } = numbered(rest, '/incident restore #4');
  return restoredReply(await run((scope) => restore(scope, { ref, number })));
};

function numbered(text: string, example: string): { number: number; rest: string } {
  const read = parseEntryNumber(text);
  if (!read) throw new Refusal({ code: 'empty', what: 'line number', example });
  return read;
}
