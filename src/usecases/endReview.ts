import type { Incident } from '../incident/types.ts';
import { isWaiting, type ReviewEnd } from '../postmortem/review.ts';
import { keepChanged } from './drafts.ts';
import type { Scope } from './scope.ts';
import type { StoredPostmortem } from './types.ts';

/** Ends the requests of a draft that nobody has answered; their messages say why. */
export async function endReview(
  { tx, who, now, send }: Scope,
  { reviews, record }: Pick<StoredPostmortem, 'reviews' | 'record'>,
  why: ReviewEnd,
): Promise<void> {
  for (const { id: requestId } of reviews.filter(isWaiting)) {
    if (await tx.endReview(requestId, why, who.userId, now))
      await send(record.incident.id, { kind: 'review', requestId });
  }
}

/** An incident that turns takes its draft out of review: what was to be reviewed is no longer so. */
export async function withdrawReview(
  scope: Scope,
  { id: incidentId }: Incident,
  why: 'reopened' | 'canceled' | 'merged',
): Promise<void> {
  const source = await scope.tx.postmortem({ incidentId });
  if (source?.state !== 'in_review') return;
  await scope.tx.setPostmortemState(source.id, 'draft');
  await endReview(scope, source, why);
  const words = `The postmortem is a draft again: the incident was ${why}`;
  await scope.tx.addActivity(incidentId, scope.who.userId, scope.now, words, 'postmortem');
  await keepChanged(scope, source.id, 'a draft');
}
