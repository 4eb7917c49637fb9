import type { ActionItem } from '../incident/types.ts';
import { approvalsSaid } from '../postmortem/review.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { endReview } from './endReview.ts';
import { publish, publishedTo, tellPublished } from './publish.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import type { PostmortemState, PublishedTo } from './types.ts';

const WORDS = { draft: 'a draft', published: 'published' };

export interface StateSet {
  /** Action items that were neither done nor dropped when it was published. */
  left: ActionItem[];
  /** Where it is posted, where it was published. */
  to: PublishedTo | null;
  /** ` with 1 of 2 approvals`, where it was published. */
  approvals: string;
}

/**
 * Publishes a postmortem or makes it a draft again; each step is a version of its own, and ends a review that is under
 * way (`sendToReview` begins one). Publishing keeps who and when, with how many approvals, and which action items are
 * unfinished then; a published one that becomes a draft again says so where it was posted.
 */
export async function setPostmortemState(
  scope: Scope,
  input: { postmortemId: string; state: Exclude<PostmortemState, 'in_review'> },
): Promise<StateSet> {
  const { tx, now, who } = scope;
  const source = await lockPostmortem(scope, input.postmortemId);
  const words = `The postmortem is ${WORDS[input.state]}`;
  if (source.state === input.state) throw new Refusal({ code: 'already', what: words });
  await tx.setPostmortemState(source.id, input.state);
  const { incident } = source.record;
  await endReview(scope, source, input.state);
  const approvals = input.state === 'published' ? approvalsSaid(source.state, source.reviews) : '';
  await tx.addActivity(incident.id, who.userId, now, `${words}${approvals}`, 'postmortem');
  if (input.state === 'published') {
    const { settings } = await tx.settings(incident.teamId);
    return { left: await publish(scope, source.id), to: publishedTo(incident, settings), approvals };
  }
  await keepChanged(scope, source.id, WORDS[input.state]);
  if (source.state === 'published') await tellPublished(scope, incident);
  return { left: [], to: null, approvals };
}
