import { planFollowUp } from './actionReminders.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import type { PostmortemState } from './types.ts';

const WORDS: Record<PostmortemState, string> = {
  draft: 'a draft',
  in_review: 'in review',
  published: 'published',
};

/** Moves a postmortem between draft, in review and published; each step is a version of its own. */
export async function setPostmortemState(
  scope: Scope,
  input: { postmortemId: string; state: PostmortemState },
): Promise<void> {
  const source = await lockPostmortem(scope, input.postmortemId);
  const words = `The postmortem is ${WORDS[input.state]}`;
  if (source.state === input.state) throw new Refusal({ code: 'already', what: words });
  await scope.tx.setPostmortemState(source.id, input.state);
  if (input.state === 'published') await planFollowUp(scope, source.record.incident);
  await scope.tx.addActivity(source.record.incident.id, scope.who.userId, scope.now, words);
  await keepChanged(scope, source.id, WORDS[input.state]);
}
