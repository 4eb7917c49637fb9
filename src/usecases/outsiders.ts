import type { Tx } from './ports.ts';
import { Refusal } from './refusal.ts';
import { type Actor, ITSELF } from './types.ts';

/** What somebody wants of an incident. Reading and noting is what the settings may leave to outsiders. */
export type Wish = 'read' | 'note' | 'change';

interface Asker {
  tx: Tx;
  who: Actor;
}

/**
 * What the settings leave to the person where they are a guest or of another workspace; null: they are neither.
 * Somebody of whom Slack has said nothing yet counts as a member: an incident must not wait for `users.info`. Own links
 * do wait (`readDraft`).
 */
export async function limitedTo({ tx, who }: Asker): Promise<'nothing' | 'notes' | null> {
  const { teamId, userId } = who;
  if (userId === ITSELF) return null;
  const outsider = who.outsider === undefined ? await tx.isOutsider(teamId, userId) : who.outsider;
  if (outsider !== true) return null;
  const { outsiders } = (await tx.settings(teamId)).settings;
  if (outsiders !== 'everything') return outsiders;
  // The settings speak of guests and of people elsewhere, never of an account that has ended.
  return (await tx.isGone(teamId, userId)) ? 'nothing' : null;
}

/** Refuses outsiders what belongs to the workspace as a whole: declaring, lists, subscriptions. */
export async function mustBeInside(asker: Asker, what: string): Promise<void> {
  const may = await limitedTo(asker);
  if (may !== null) throw new Refusal({ code: 'outsider', may }, what);
}
