import type { ActionItem } from '../incident/types.ts';
import { planFollowUp, unfinished } from './actionReminders.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import type { PostmortemState } from './types.ts';

const WORDS: Record<PostmortemState, string> = {
  draft: 'a draft',
  in_review: 'in review',
  published: 'published',
};

/**
 * Moves a postmortem between draft, in review and published; each step is a version of its own. Publishing keeps who
 * and when, and which action items are unfinished then; those are followed up weekly. Returns them.
 */
export async function setPostmortemState(
  scope: Scope,
  input: { postmortemId: string; state: PostmortemState },
): Promise<ActionItem[]> {
  const { tx, now, who } = scope;
  const source = await lockPostmortem(scope, input.postmortemId);
  const words = `The postmortem is ${WORDS[input.state]}`;
  if (source.state === input.state) throw new Refusal({ code: 'already', what: words });
  await tx.setPostmortemState(source.id, input.state);
  const { incident, actions } = source.record;
  const left = input.state === 'published' ? unfinished(actions) : [];
  if (input.state === 'published') {
    const items = left.map(({ number, text, ownerId, due }) => ({ number, text, ownerId, due }));
    await tx.addPublication(source.id, { at: now, by: who.userId, unfinished: items });
    await planFollowUp(scope, incident);
  }
  await tx.addActivity(incident.id, who.userId, now, words);
  await keepChanged(scope, source.id, WORDS[input.state]);
  return left;
}
