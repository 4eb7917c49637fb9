import type { Milestone } from '../incident/milestones.ts';
import { slackText } from '../incident/slackText.ts';
import { readTime } from '../time/read.ts';
import type { Reading } from '../time/types.ts';
import { openNudge } from './answerNudge.ts';
import { type Noted, note } from './note.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { type Asked, readWith, settle } from './times.ts';
import type { IncidentRef } from './types.ts';

export interface DoneInput {
  nudgeId: string;
  milestone: Milestone;
  /** When it was done, as typed. */
  text: string;
  /** Set by the use case itself: where a time that is typed anew is read. */
  ref?: IncidentRef;
  reading?: Reading;
}

/** "Done at …" on a reminder: records the milestone at the time given, as a line of its own. */
export async function markDone(scope: Scope, input: DoneInput): Promise<Noted | Asked> {
  const { incident, nudge, missing } = await openNudge(scope, input.nudgeId);
  const label = slackText(scope.names.milestones[input.milestone]);
  if (!missing.includes(input.milestone)) {
    const what = nudge.keys.includes(input.milestone)
      ? `*${label}* is marked`
      : `*${label}* is not asked for`;
    throw new Refusal({ code: 'already', what });
  }
  const ref = { id: incident.id };
  const typed = input.text.trim();
  if (typed === '' && !input.reading) throw new Refusal({ code: 'empty', what: 'time', example: '14:05' });
  const read = input.reading
    ? null
    : await readWith(scope, incident, typed, (context) => readTime(typed, context));
  const settled = await settle(scope, read, typed, { verb: 'markDone', input: { ...input, ref } });
  if (settled.kind === 'asked') return settled;
  const reading = input.reading ?? settled.reading ?? undefined;
  return note(scope, {
    ref,
    text: label,
    source: 'modal',
    milestones: [input.milestone],
    ...(reading && { reading }),
  });
}
