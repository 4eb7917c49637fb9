import { isPerson, leadOf } from '../incident/people.ts';
import { templateOf } from '../incident/settings.ts';
import type { Incident } from '../incident/types.ts';
import { buildPostmortem, type PostmortemSource } from '../postmortem/postmortem.ts';
import { keepVersion, saysTheSame } from './drafts.ts';
import { incidentFor, mayHear, type Scope } from './scope.ts';
import type { PostmortemVersion } from './types.ts';

export interface DraftOrder {
  incidentId: string;
  /** The outbox row that asked for it, done in the same transaction. */
  outboxId: bigint;
  reason: string;
}

/**
 * Computes the draft from the timeline as it stands, keeps it as a version and writes the rows that hand it out. Where
 * the latest version says the same there is no other, and the channel alone is told so.
 */
export async function makeDraft(scope: Scope, order: DraftOrder): Promise<PostmortemVersion> {
  const { tx, now } = scope;
  const incident = await incidentFor(scope, { id: order.incidentId });
  const postmortem = buildPostmortem(await sourceOf(scope, incident), now);
  const latest = await tx.draft(incident.id);
  const same = latest !== null && (await saysTheSame(scope, latest, postmortem)) ? latest : null;
  const version = same ?? (await keepVersion(scope, postmortem, order.reason));
  const { managers } = (await tx.settings(incident.teamId)).settings;
  // A private incident's draft stays with those in its channel, a test's too: nobody else is told.
  const closed = incident.private || incident.test;
  const readers = same && incident.channelId ? [] : [leadOf(incident), ...(closed ? [] : managers)];
  const others: string[] = [];
  for (const to of new Set(readers)) if (!isPerson(to) || (await mayHear(tx, incident, to))) others.push(to);
  const unmanaged =
    managers.length === 0 && !closed
      ? 'No managers are set in the settings, so it went to this channel and the lead only.'
      : null;
  const unchanged = same && `Nothing has changed since version ${same.number}, so there is no new one.`;
  if (incident.channelId) {
    // Everybody may read what is in a channel's tabs; a private draft opens by own links, and as a file.
    if (!incident.private && !version.hasCanvas)
      await scope.send(incident.id, { kind: 'canvas', version: version.number });
    await scope.send(incident.id, {
      kind: 'draft-link',
      version: version.number,
      to: incident.channelId,
      note: unchanged ?? unmanaged,
    });
    if (!version.hasCanvas) await scope.send(incident.id, { kind: 'draft-file', version: version.number });
  }
  for (const to of others) {
    await scope.send(incident.id, { kind: 'draft-link', version: version.number, to, note: unchanged });
  }
  await scope.send(incident.id, { kind: 'headline' });
  await scope.send(incident.id, { kind: 'bookmarks', tell: false });
  await tx.outboxDone(order.outboxId, now);
  return version;
}

/** What the draft is computed from; before the first one nobody can have edited it. */
async function sourceOf({ tx }: Scope, { id: incidentId, teamId }: Incident): Promise<PostmortemSource> {
  const kept = await tx.postmortem({ incidentId });
  if (kept) return kept;
  const { settings } = await tx.settings(teamId);
  return {
    record: await tx.record(incidentId),
    edits: [],
    dismissals: [],
    template: templateOf(settings),
  };
}

/** After a late change: keeps the draft as a version if it is not what the latest one says. */
export async function redraft(scope: Scope, input: { incidentId: string }): Promise<number | null> {
  const { tx, now } = scope;
  const incident = await incidentFor(scope, { id: input.incidentId });
  const latest = await tx.draft(incident.id);
  if (!latest || incident.closedAt === null) return null;
  const postmortem = buildPostmortem(await sourceOf(scope, incident), now);
  if (await saysTheSame(scope, latest, postmortem)) return null;
  return (await keepVersion(scope, postmortem, 'the timeline changed')).number;
}
