import { meaningOf } from '../incident/emoji.ts';
import type { Settings } from '../incident/settings.ts';
import { planFollowUp } from './actionReminders.ts';
import { incidentOfChannel } from './mergedInto.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import type { ReactionState } from './types.ts';

const WORDS = { action: 'Action item', factor: 'Contributing factor' };

/**
 * A reaction that makes its message an action item or a contributing factor: one for a message, whoever reacts. It
 * goes with the last such reaction, unless a person has changed it since.
 */
export async function reactPart(
  scope: Scope,
  state: ReactionState,
  kind: 'action' | 'factor',
  settings: Settings,
): Promise<void> {
  const { tx, now, who } = scope;
  const incident = await incidentOfChannel(scope, state.channelId);
  if (!incident || incident.status === 'canceled') return;
  if (!(await tx.setReaction(who.teamId, state))) return;
  const message = { channelId: state.channelId, ts: state.messageTs };
  const left = await tx.reactionsOn(who.teamId, message);
  const held = left.some(({ emoji }) => meaningOf(emoji, settings)?.kind === kind);
  const part = await tx.partOf(incident.id, kind, message);
  if (held && !part) {
    const id = await tx.addPart(incident.id, who.userId, now, kind, message);
    await scope.send(incident.id, { kind: 'fetch-part', part: kind, id, ...message, userId: who.userId });
    if (kind === 'action') await planFollowUp(scope, incident);
    await showChange(scope, incident, `${WORDS[kind]} added from a message`);
  }
  if (!held && part && !part.kept) {
    await tx.removePart(kind, part.id, who.userId, now);
    await showChange(scope, incident, `${WORDS[kind]} taken away with its reaction`);
  }
}
