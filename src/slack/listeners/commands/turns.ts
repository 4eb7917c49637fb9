import { parseReference } from '../../../incident/arguments.ts';
import { merge } from '../../../usecases/merge.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { relate } from '../../../usecases/relate.ts';
import { mergedReply, relatedReply } from '../../views/changes.ts';
import type { CommandHandler } from './types.ts';

export const mergeCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const into = other(rest, '/incident merge INC-7');
  return mergedReply(await run((scope) => merge(scope, { ref, into })), reader.names);
};

export const relateCommand: CommandHandler = async ({ ref, rest, run }) => {
  const to = other(rest, '/incident relate INC-7');
  const { incident, other: related } = await run((scope) => relate(scope, { ref, to }));
  return relatedReply(incident, related);
};

function other(text: string, example: string): number {
  const number = parseReference(text);
  if (number === null) throw new Refusal({ code: 'empty', what: 'number of the other incident', example });
  return number;
}
