import { answered } from './choose.ts';
import { type Declared, type DeclareInput, declare } from './declare.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import type { Request } from './times.ts';

/** "Declare anyway": the declaration that waited is made, once. */
export async function declareAnyway(scope: Scope, input: { choiceId: string }): Promise<Declared> {
  const choice = await answered(scope, input.choiceId);
  // Written by `suspect`: the declaration itself, its time read and nothing left to ask.
  const request = choice.request as Request;
  const declared = await declare(scope, { ...(request.input as DeclareInput), anyway: true });
  if (request.verb !== 'declare' || declared.kind !== 'declared') throw new Refusal({ code: 'answered' });
  return declared;
}
