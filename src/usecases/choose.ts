import { readTime } from '../time/read.ts';
import type { Reading } from '../time/types.ts';
import { captureMessage } from './captureMessage.ts';
import { declare } from './declare.ts';
import { note } from './note.ts';
import type { Choice, IncidentRef } from './ports.ts';
import { Refusal } from './refusal.ts';
import { resolve } from './resolve.ts';
import { retime } from './retime.ts';
import { incidentFor, type Scope } from './scope.ts';
import { setImpact } from './setImpact.ts';
import { type Request, readWith } from './times.ts';

const VERBS = { note, retime, declare, resolve, captureMessage, setImpact };

export type ChoiceResult = Awaited<ReturnType<(typeof VERBS)[keyof typeof VERBS]>>;

/** Runs the request that waited for a reading, with the reading that was chosen. Each question is answered once. */
export async function choose(
  scope: Scope,
  input: { choiceId: string; index: number },
): Promise<ChoiceResult> {
  const choice = await answered(scope, input.choiceId);
  const reading = choice.readings[input.index];
  if (!reading) throw new Refusal({ code: 'answered' });
  return run(scope, choice, reading);
}

/** "Another time": the question is answered by a time typed anew, which must have one reading. */
export async function chooseTyped(
  scope: Scope,
  input: { choiceId: string; text: string },
): Promise<ChoiceResult> {
  const choice = await answered(scope, input.choiceId);
  const { ref } = (choice.request as Request).input as { ref?: IncidentRef };
  const incident = ref ? await incidentFor(scope, ref) : null;
  const { time } = await readWith(scope, incident, input.text, (context) => ({
    time: readTime(input.text, context),
  }));
  if (time.kind === 'one') return run(scope, choice, time.reading);
  const message =
    time.kind === 'refusal'
      ? time.message
      : 'That time has several readings too. Give the date and the zone.';
  throw new Refusal({ code: 'time', message });
}

async function answered(scope: Scope, id: string): Promise<Choice> {
  const choice = await scope.tx.answerChoice(id, scope.now);
  const own = choice?.teamId === scope.who.teamId && choice.userId === scope.who.userId;
  if (!choice || !own || choice.answeredAt !== null) throw new Refusal({ code: 'answered' });
  return choice;
}

function run(scope: Scope, choice: Choice, reading: Reading): Promise<ChoiceResult> {
  // Written by `settle` in this folder: the verb's own input, with the time taken out.
  const request = choice.request as Request;
  const verb = VERBS[request.verb as keyof typeof VERBS] as (
    scope: Scope,
    input: object,
  ) => Promise<ChoiceResult>;
  return verb(scope, { ...request.input, reading });
}
