import type { TimerPurpose } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';

export const DAY_MS = 24 * 3_600_000;

/**
 * Sets when the channel of an incident that closes now is archived, and cancels that for an open one. Only the notice gets a timer:
 * the archiving follows a day after it was given, however late that was.
 */
export async function planArchive(scope: Scope, incident: Incident): Promise<void> {
  const { archiveAfterDays: days } = (await scope.tx.settings(incident.teamId)).settings;
  if (incident.closedAt === null) {
    await scope.tx.cancelTimer(incident.id, 'archive-notice', scope.now);
    await scope.tx.cancelTimer(incident.id, 'archive', scope.now);
  } else if (days !== null && incident.closedAt === scope.now) {
    const noticeAt = incident.closedAt + (days - 1) * DAY_MS;
    await scope.setTimer(incident, noticeAt, { kind: 'archive-notice' });
  }
}

/** Says in the channel that it goes to the archive in a day, or archives it. Nothing where the incident is open again. */
export async function archiveDue(scope: Scope, incident: Incident, purpose: TimerPurpose): Promise<void> {
  if (incident.closedAt === null || incident.channelId === null) return;
  if (purpose.kind === 'archive') {
    await scope.send(incident.id, { kind: 'archive' });
    return;
  }
  const { archiveAfterDays: days } = (await scope.tx.settings(incident.teamId)).settings;
  if (days === null) return;
  // The setting was changed while the incident closed.
  const noticeAt = incident.closedAt + (days - 1) * DAY_MS;
  if (noticeAt > scope.now) return scope.setTimer(incident, noticeAt, purpose);
  await scope.setTimer(incident, scope.now + DAY_MS, { kind: 'archive' });
  await scope.send(incident.id, { kind: 'archive-notice', at: scope.now + DAY_MS });
}
