import { SECTIONS } from '../../../incident/types.ts';
import { addFactor } from '../../../usecases/addFactor.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { requestDraft } from '../../../usecases/requestDraft.ts';
import { sectionNamed, writeSection } from '../../../usecases/writeSection.ts';
import { quote } from '../../mrkdwn.ts';
import { message } from '../../views/blocks.ts';
import type { CommandHandler } from './types.ts';

export const summaryCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { text } = await run((scope) => writeSection(scope, { ref, name: 'summary', text: rest }));
  return message(`The summary is:\n${quote(text)}`);
};

export const sectionCommand: CommandHandler = async ({ ref, rest, run }) => {
  const word = /^\S*/.exec(rest.trim())?.[0] ?? '';
  const name = sectionNamed(word);
  if (!name) throw new Refusal({ code: 'unknown', what: 'section', word, known: [...SECTIONS] });
  const { text } = await run((scope) =>
    writeSection(scope, { ref, name, text: rest.trim().slice(word.length) }),
  );
  return message(`The section *${name}* is:\n${quote(text)}`);
};

export const factorCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { text } = await run((scope) => addFactor(scope, { ref, text: rest }));
  return message(`Contributing factor added:\n${quote(text)}`);
};

export const postmortemCommand: CommandHandler = async ({ ref, run }) => {
  const incident = await run((scope) => requestDraft(scope, { ref }));
  return message(
    `The draft of INC-${incident.number} is being made from the timeline as it stands. It comes to its channel.`,
  );
};
