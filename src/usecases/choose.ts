import { readTime } from '../time/read.ts';
import type { ReadContext, Reading, ReadResult } from '../time/types.ts';
import { type CaptureInput, captureMessage } from './captureMessage.ts';
import { type DeclareInput, declare } from './declare.ts';
import { markDone } from './markDone.ts';
import { note } from './note.ts';
import { Refusal } from './refusal.ts';
import { resolve } from './resolve.ts';
import { type RetimeInput, retime } from './retime.ts';
import { incidentFor, mustBeId, type Scope } from './scope.ts';
import { type ImpactInput, setImpact } from './setImpact.ts';
import { type Request, readWith, settle } from './times.ts';
import type { Choice } from './types.ts';

const VERBS = { note, retime, declare, resolve, captureMessage, setImpact, markDone };

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

/** "Another time": the question is answered by a time typed anew, or asked again where that has several readings. */
export async function chooseTyped(
  scope: Scope,
  input: { choiceId: string; text: string },
): Promise<ChoiceResult> {
  const choice = await answered(scope, input.choiceId);
  const request = choice.request as Request;
  const settled = await settle(scope, await readAnew(scope, request, input.text), input.text, request);
  if (settled.kind === 'asked') return settled;
  if (!settled.reading) throw new Refusal({ code: 'empty', what: 'time', example: '14:05' });
  return run(scope, choice, settled.reading);
}

/** Reads the time as the request itself would have: in its incident, after the same line, after the same start. */
async function readAnew(scope: Scope, request: Request, text: string): Promise<ReadResult> {
  const { ref, channelId, number, retrospective, side, from } = request.input as Waiting;
  const meant = ref ?? (channelId && { teamId: scope.who.teamId, channelId });
  const incident = meant ? await incidentFor(scope, meant, 'note') : null;
  const read = (context: ReadContext) => {
    if (side === 'to' && from) return readTime(text, follow(context, from));
    return readTime(text, retrospective ? { ...context, retrospective } : context);
  };
  return readWith(scope, incident, text, read, number);
}

/** What the inputs of the verbs say about how their time is read. */
type Waiting = Partial<RetimeInput & DeclareInput & CaptureInput & ImpactInput>;

/** The end of an impact is the first such time after its start. */
const follow = (context: ReadContext, { instant: previous }: Reading): ReadContext => ({
  ...context,
  retrospective: true,
  previous,
});

/** Answers a person's own open question; refuses one that is answered, or somebody else's. */
export async function answered(scope: Scope, id: string): Promise<Choice> {
  mustBeId(id);
  const choice = await scope.tx.answerChoice(id, scope.now);
  const own = choice?.teamId === scope.who.teamId && choice.userId === scope.who.userId;
  if (!choice || !own) throw new Refusal({ code: 'answered' }, `choice ${id}`);
  if (choice.answeredAt !== null) throw new Refusal({ code: 'answered' });
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
