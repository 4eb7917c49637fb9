import type { ActionItem } from '../incident/types.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { publish, publishedTo, tellPublished } from './publish.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import type { PostmortemState, PublishedTo } from './types.ts';

const WORDS: Record<PostmortemState, string> = {
  draft: 'a draft',
  in_review: 'in review',
  published: 'published',
};

export interface StateSet {
  /** Action items that were neither done nor dropped when it was published. */
  left: ActionItem[];
  /** Where it is posted, where it was published. */
  to: PublishedTo | null;
}

/**
 * Moves a postmortem between draft, in review and published; each step is a version of its own. Publishing keeps who
 * and when, and which action items are unfinished then; a published one that becomes a draft again says so where it
 * was posted.
 */
export async function setPostmortemState(
  scope: Scope,
  input: { postmortemId: string; state: PostmortemState },
): Promise<StateSet> {
  const { tx, now, who } = scope;
  const source = await lockPostmortem(scope, input.postmortemId);
  const words = `The postmortem is ${WORDS[input.state]}`;
  if (source.state === input.state) throw new Refusal({ code: 'already', what: words });
  await tx.setPostmortemState(source.id, input.state);
  const { incident } = source.record;
  await tx.addActivity(incident.id, who.userId, now, words, 'postmortem');
  if (input.state === 'published') {
    const { settings } = await tx.settings(incident.teamId);
    return { left: await publish(scope, source.id), to: publishedTo(incident, settings) };
  }
  await keepChanged(scope, source.id, WORDS[input.state]);
  if (source.state === 'published') await tellPublished(scope, incident);
  return { left: [], to: null };
}
