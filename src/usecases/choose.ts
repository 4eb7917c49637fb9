import { captureMessage } from './captureMessage.ts';
import { declare } from './declare.ts';
import { note } from './note.ts';
import { Refusal } from './refusal.ts';
import { resolve } from './resolve.ts';
import { retime } from './retime.ts';
import type { Scope } from './scope.ts';
import { setImpact } from './setImpact.ts';
import type { Request } from './times.ts';

const VERBS = { note, retime, declare, resolve, captureMessage, setImpact };

export type ChoiceResult = Awaited<ReturnType<(typeof VERBS)[keyof typeof VERBS]>>;

/** Runs the request that waited for a reading, with the reading that was chosen. Each question is answered once. */
export async function choose(scope: Scope, input: { choiceId: string; index: number }): Promise<ChoiceResult> {
  const choice = await scope.tx.answerChoice(input.choiceId, scope.now);
  const reading = choice?.readings[input.index];
  if (!choice || !reading || choice.answeredAt !== null || choice.teamId !== scope.who.teamId) {
    throw new Refusal({ code: 'answered' });
  }
  // Written by `settle` in this folder: the verb's own input, with the time taken out.
  const request = choice.request as Request;
  const run = VERBS[request.verb as keyof typeof VERBS] as (scope: Scope, input: object) => Promise<ChoiceResult>;
  return run(scope, { ...request.input, reading });
}
