import { holdsEntry, meaningOf, milestoneOf } from '../incident/emoji.ts';
import type { Milestone } from '../incident/milestones.ts';
import type { Settings } from '../incident/settings.ts';
import type { Incident, SourceMessage } from '../incident/types.ts';
import { slackInstant } from '../time/slackTs.ts';
import { markEntry, markFirst, unmark } from './marks.ts';
import { incidentOfChannel } from './mergedInto.ts';
import { limitedTo } from './outsiders.ts';
import { reactPart } from './reactPart.ts';
import { restoreEntry, retractEntry } from './retract.ts';
import type { Scope } from './scope.ts';
import { showEntry } from './show.ts';
import type { ReactionState, StoredEntry } from './types.ts';

/**
 * A reaction came or went on a message of an incident's channel. The state with the latest `eventTs` counts,
 * whatever arrives when. Reactions that mean nothing here leave no trace.
 */
export async function react(scope: Scope, state: ReactionState): Promise<void> {
  if ((await limitedTo(scope)) === 'nothing') return;
  const { settings } = await scope.tx.settings(scope.who.teamId);
  const kind = meaningOf(state.emoji, settings)?.kind;
  if (kind === 'action' || kind === 'factor') return reactPart(scope, state, kind, settings);
  if (!holdsEntry(state.emoji, settings)) return;
  const incident = await incidentOfChannel(scope, state.channelId);
  if (!incident || incident.status === 'canceled') return;
  if (!(await scope.tx.setReaction(scope.who.teamId, state))) return;
  const message = { channelId: state.channelId, ts: state.messageTs };
  const milestone = milestoneOf(state.emoji, settings);
  if (state.present) await added(scope, incident, message, milestone, settings, state);
  else await removed(scope, incident, message, state.emoji, settings);
}

async function added(
  scope: Scope,
  incident: Incident,
  message: SourceMessage,
  milestone: Milestone | undefined,
  settings: Settings,
  how: Pick<ReactionState, 'own' | 'reconciled'> & { eventTs?: string },
): Promise<void> {
  const found = await scope.tx.entryOf(incident.id, message);
  if (!found && how.own) return;
  const entry = found ?? (await capture(scope, incident, message));
  if (entry.retractedAt !== null) {
    // What a person took off comes back only where somebody reacted after that.
    const at = how.reconciled || !how.eventTs ? 0 : slackInstant(how.eventTs);
    if (entry.kept && !(at > entry.retractedAt)) return;
    await restoreEntry(scope, entry, false);
  }
  const milestones = milestone ? [milestone] : [];
  const active = { ...entry, retractedAt: null };
  if (milestone) await markFirst(scope, incident, milestone, settings, entry.id);
  const { held, marked } = await markEntry(scope, incident, active, milestones, { byReaction: true });
  if (found && marked.length === 0 && held.length === 0 && found.retractedAt === null) return;
  if (!found) await scope.send(incident.id, { kind: 'fetch', entryId: entry.id });
  await showEntry(scope, active);
  const told = { entryId: entry.id, userId: scope.who.userId, held: held.map((mark) => mark.milestone) };
  await scope.send(incident.id, { kind: 'captured', ...told });
}

/** What people put on the bot's own message before it was known which line it stands for. */
export async function reactedBefore(scope: Scope, incident: Incident, message: SourceMessage): Promise<void> {
  const { settings } = await scope.tx.settings(incident.teamId);
  for (const { emoji, userId } of await scope.tx.reactionsOn(incident.teamId, message)) {
    const theirs = { ...scope, who: { ...scope.who, userId } };
    await added(theirs, incident, message, milestoneOf(emoji, settings), settings, { own: true });
  }
}

function capture(scope: Scope, incident: Incident, message: SourceMessage): Promise<StoredEntry> {
  return scope.tx.addEntry(incident.id, scope.who.userId, scope.now, {
    occurredAt: slackInstant(message.ts),
    precision: 'exact',
    timeFrom: 'message',
    text: '',
    source: 'reaction',
    message,
    authorId: null,
    kept: false,
  });
}

async function removed(
  scope: Scope,
  incident: Incident,
  message: SourceMessage,
  emoji: string,
  settings: Settings,
): Promise<void> {
  const entry = await scope.tx.entryOf(incident.id, message);
  if (!entry || entry.retractedAt !== null) return;
  const left = await scope.tx.reactionsOn(scope.who.teamId, message);
  const milestone = milestoneOf(emoji, settings);
  // Several emoji may mark the same milestone.
  const gone = milestone && !left.some((one) => milestoneOf(one.emoji, settings) === milestone);
  if (gone) {
    const mark = (await scope.tx.activeMarks(incident.id)).find((one) => one.milestone === milestone);
    if (mark?.entryId === entry.id && mark.byReaction) await unmark(scope, incident, mark);
  }
  if (milestone) await markFirst(scope, incident, milestone, settings, entry.id);
  if (!entry.kept && !left.some((one) => holdsEntry(one.emoji, settings)))
    await retractEntry(scope, incident, entry);
  else if (gone) await showEntry(scope, entry);
}
