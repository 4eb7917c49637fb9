import { parseReference } from '../../../incident/arguments.ts';
import { merge } from '../../../usecases/merge.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { relate } from '../../../usecases/relate.ts';
import { clip, safe } from '../../mrkdwn.ts';
import { message } from '../../views/blocks.ts';
import { labels } from '../../views/words.ts';
import type { CommandHandler } from './types.ts';

export const mergeCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const into = other(rest, '/incident merge INC-7');
  const merged = await run((scope) => merge(scope, { ref, into }));
  const lines = [
    `*INC-${merged.from.number}* is merged into *INC-${into}* ${clip(safe(merged.into.title), 300)}. Lines moved: ${merged.moved}.`,
    ...(merged.collided.length > 0
      ? [`Marked there already, and left as they are there: ${labels(merged.collided, reader.names)}.`]
      : []),
  ];
  return message(lines.join('\n'));
};

export const relateCommand: CommandHandler = async ({ ref, rest, run }) => {
  const to = other(rest, '/incident relate INC-7');
  const { incident, other: related } = await run((scope) => relate(scope, { ref, to }));
  return message(
    `*INC-${incident.number}* and *INC-${to}* ${clip(safe(related.title), 300)} are related now.`,
  );
};

function other(text: string, example: string): number {
  const number = parseReference(text);
  if (number === null) throw new Refusal({ code: 'empty', what: 'number of the other incident', example });
  return number;
}
