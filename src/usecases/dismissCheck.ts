import { buildPostmortem } from '../postmortem/postmortem.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { textFor } from './texts.ts';

/** Puts a check aside, with a reason that stays on record. */
export async function dismissCheck(
  scope: Scope,
  input: { postmortemId: string; key: string; reason: string },
): Promise<void> {
  const source = await lockPostmortem(scope, input.postmortemId);
  const reason = textFor('reason', input.reason, 'why this is right as it is', 500);
  const { checks } = buildPostmortem(source, scope.now);
  const check = checks.find((one) => one.key === input.key);
  if (!check) throw new Refusal({ code: 'already', what: 'That check is settled' });
  const { userId: by } = scope.who;
  const incidentId = source.record.incident.id;
  await scope.tx.dismissCheck(incidentId, { key: input.key, reason, by, at: scope.now });
  await scope.tx.addActivity(incidentId, by, scope.now, `Check put aside (${reason}): ${check.message}`);
  await keepChanged(scope, source.id, 'check put aside');
}

/** Takes a dismissed check up again. */
export async function undoDismissal(
  scope: Scope,
  input: { postmortemId: string; key: string },
): Promise<void> {
  const source = await lockPostmortem(scope, input.postmortemId);
  const incidentId = source.record.incident.id;
  if (!(await scope.tx.undoDismissal(incidentId, input.key, scope.who.userId, scope.now)))
    throw new Refusal({ code: 'already', what: 'That check is taken up' });
  await scope.tx.addActivity(incidentId, scope.who.userId, scope.now, 'Check taken up again');
  await keepChanged(scope, source.id, 'check taken up again');
}
