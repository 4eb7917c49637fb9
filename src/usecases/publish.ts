import type { Settings } from '../incident/settings.ts';
import type { ActionItem, Incident } from '../incident/types.ts';
import { buildPostmortem } from '../postmortem/postmortem.ts';
import { planFollowUp, unfinished } from './actionReminders.ts';
import { keepVersion, lockPostmortem } from './drafts.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { toldIn } from './subscribers.ts';
import type { PublishedTo } from './types.ts';

/** Where a published postmortem is posted besides its incident's channel. */
export const publishedTo = (
  incident: Pick<Incident, 'private' | 'test'>,
  { postmortemChannel, announceChannel }: Pick<Settings, 'postmortemChannel' | 'announceChannel'>,
): PublishedTo => toldIn(incident, postmortemChannel ?? announceChannel);

/**
 * Freezes the postmortem, whose state is published by now, as a version of its own: its page stays readable as it is
 * here. Writes the row that posts it. Returns the action items that are unfinished; they are followed up weekly.
 */
export async function publish(scope: Scope, postmortemId: string): Promise<ActionItem[]> {
  const { tx, now, who } = scope;
  const source = await tx.postmortem({ id: postmortemId });
  if (!source) throw new Refusal({ code: 'no-incident-here' });
  const { incident, actions } = source.record;
  const left = unfinished(actions);
  const items = left.map(({ number, text, ownerId, due }) => ({ number, text, ownerId, due }));
  const version = source.version + 1;
  const publication = { at: now, by: who.userId, unfinished: items, version, frozen: null, since: [] };
  const page = buildPostmortem({ ...source, publication }, now);
  await keepVersion(scope, page, 'published');
  await tx.addPublication(postmortemId, { at: now, by: who.userId, unfinished: items, version, page });
  await planFollowUp(scope, incident);
  await tellPublished(scope, incident);
  return left;
}

/** Writes the rows that show what became of it: posted, or being revised. */
export async function tellPublished(scope: Scope, { id }: Pick<Incident, 'id'>): Promise<void> {
  await scope.send(id, { kind: 'headline' });
  await scope.send(id, { kind: 'publish' });
  await scope.send(id, { kind: 'bookmarks', tell: false });
}

/** Posts a published postmortem once more, after Slack had refused it. */
export async function postAgain(scope: Scope, input: { postmortemId: string }): Promise<PublishedTo> {
  const source = await lockPostmortem(scope, input.postmortemId);
  const { incident } = source.record;
  if (source.state !== 'published') throw new Refusal({ code: 'already', what: 'It is being revised' });
  const to = publishedTo(incident, (await scope.tx.settings(incident.teamId)).settings);
  await scope.send(incident.id, { kind: 'publish' });
  return to;
}

/** After corrections: the thread of its post is told what they were, all of some minutes together. */
export async function tellCorrections({ tx, send }: Scope, { id: incidentId }: Incident): Promise<void> {
  const postmortem = await tx.postmortem({ incidentId });
  if (postmortem?.state === 'published') await send(incidentId, { kind: 'correction' });
}
