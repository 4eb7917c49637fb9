import type { Incident } from '../incident/types.ts';
import { maySee, type Scope } from './scope.ts';
import { ITSELF, type StoredPostmortem } from './types.ts';

/** Keeps on record who read a private incident, and where (`timeline`, `list`, `page`); of others nothing. */
export async function recordRead(
  { tx, who, now }: Pick<Scope, 'tx' | 'who' | 'now'>,
  incident: Pick<Incident, 'id' | 'private'>,
  where: string,
): Promise<void> {
  if (incident.private && who.userId !== ITSELF) await tx.addRead(incident.id, who.userId, where, now);
}

/** What a form is to show of an incident, which counts as reading it. */
export async function forForm<T extends { incident: Incident }>(scope: Scope, found: Promise<T>): Promise<T> {
  const shown = await found;
  await recordRead(scope, shown.incident, 'form');
  return shown;
}

const HOUR_MS = 3_600_000;

/** The same of what is shown beside other things, and again at each change: at most once an hour for each incident. */
export async function recordShown(
  { tx, who, now }: Pick<Scope, 'tx' | 'who' | 'now'>,
  incidents: readonly Pick<Incident, 'id' | 'private'>[],
  where: 'home' | 'actions' | 'similar',
): Promise<void> {
  if (who.userId === ITSELF) return;
  const ids = new Set(incidents.filter((one) => one.private).map(({ id }) => id));
  for (const id of ids) await tx.addRead(id, who.userId, where, now, now - HOUR_MS);
}

export type DraftRead =
  /** `zone` (IANA): of the person, as Slack knows it; null where there is no person, or Slack knows none. */
  | { kind: 'shown'; source: StoredPostmortem; zone: string | null }
  /** A private incident's draft opens by a person's own link only. */
  | { kind: 'own-link-only' }
  /** Whether the link's person is a guest or has an account at all, Slack has not said. */
  | { kind: 'person-unknown' };

/**
 * The draft for somebody who follows a link; `userId` null: a link for reading that anybody may have. Null: no such
 * draft, or the person may not see its incident (any more).
 */
export async function readDraft(
  { tx, now }: Pick<Scope, 'tx' | 'now'>,
  { postmortemId, userId, where }: { postmortemId: string; userId: string | null; where: string },
): Promise<DraftRead | null> {
  const source = await tx.postmortem({ id: postmortemId });
  if (!source) return null;
  const { incident } = source.record;
  if (userId === null)
    return incident.private ? { kind: 'own-link-only' } : { kind: 'shown', source, zone: null };
  // Locks out nobody honest: Slack is asked before a link is made and at each press. Who was forgotten is unknown again.
  if ((await tx.isOutsider(incident.teamId, userId)) === null) return { kind: 'person-unknown' };
  const who = { teamId: incident.teamId, userId, zone: incident.zone };
  if (!(await maySee({ tx, who }, incident))) return null;
  await recordRead({ tx, who, now }, incident, where);
  return { kind: 'shown', source, zone: await tx.zoneOf(incident.teamId, userId) };
}
