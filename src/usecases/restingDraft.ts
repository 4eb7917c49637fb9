import { leadOf } from '../incident/people.ts';
import type { TimerPurpose } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import { standingOf } from '../postmortem/review.ts';
import { DAY_MS } from './archive.ts';
import { mayHear, type Scope } from './scope.ts';

type Rest = Extract<TimerPurpose, { kind: 'draft-rests' }>;

/** So often in a row, with nothing happening in between. */
const MOST_REMINDERS = 3;

/**
 * The draft was touched: its rest is counted from now. Not of a test, nor of an incident that is open; a published
 * draft rests for good.
 */
export async function planRest(scope: Scope, incident: Incident, published: boolean): Promise<void> {
  const { draftRestDays: days } = (await scope.tx.settings(incident.teamId)).settings;
  if (days === null || published || incident.test || incident.status !== 'resolved')
    await scope.tx.cancelTimer(incident.id, 'draft-rests', scope.now);
  else
    await scope.setTimer(incident, scope.now + days * DAY_MS, {
      kind: 'draft-rests',
      told: 0,
      from: scope.now,
    });
}

/** Reminds whoever it waits for, of those who may see it: reviewers who have not answered, else the lead. */
export async function remindOfRest(scope: Scope, incident: Incident, purpose: Rest): Promise<void> {
  const { tx, now } = scope;
  const { draftRestDays: days } = (await tx.settings(incident.teamId)).settings;
  const source = await tx.postmortem({ incidentId: incident.id });
  if (days === null || incident.test || incident.status !== 'resolved') return;
  if (!source || source.state === 'published') return;
  // The setting was changed while the draft was touched.
  const dueAt = purpose.from + days * DAY_MS;
  if (dueAt > now) return scope.setTimer(incident, dueAt, purpose);
  const told = purpose.told + 1;
  const last = told === MOST_REMINDERS;
  const waiting = source.state === 'in_review' ? standingOf(source.reviews).waiting : [];
  let reminded = 0;
  for (const { reviewerId, id: requestId } of waiting) {
    if (!(await mayHear(tx, incident, reviewerId))) continue;
    reminded += 1;
    await scope.send(incident.id, { kind: 'draft-rests', to: reviewerId, requestId, last });
  }
  const to = leadOf(incident);
  if (reminded === 0 && (await mayHear(tx, incident, to)))
    await scope.send(incident.id, { kind: 'draft-rests', to, requestId: null, last });
  if (!last) await scope.setTimer(incident, now + days * DAY_MS, { kind: 'draft-rests', told, from: now });
}
