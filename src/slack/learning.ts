import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { IncidentRecord } from '../incident/types.ts';
import type { Clock } from '../usecases/ports.ts';
import { verdictOn } from './slackErrors.ts';

/** Asks Slack for a person and keeps the answer. Throws when there is none. */
export type LookUp = (client: WebClient, teamId: string, userId: string) => Promise<void>;

// Anybody may mention thousands who do not exist: the rest waits for the next draft.
const MOST_ASKED = 50;
const WITHIN_MS = 10_000;
const NOBODY_FOR_MS = 24 * 3_600_000;
const MOST_NOBODIES = 10_000;

/**
 * Learns the names of those in a record whom we do not know yet: fifty at most, within ten seconds, until Slack says
 * that it is too many. Whom Slack does not know is not asked for again for a day. Never throws: a name stays an id.
 */
export function createLearning(lookUp: LookUp, clock: Clock, logger: Logger) {
  /** Those whom Slack does not know, and until when we believe it; the oldest first. */
  const nobodies = new Map<string, number>();

  return async (client: WebClient, record: IncidentRecord): Promise<void> => {
    const { id: incidentId, teamId } = record.incident;
    const began = clock.now();
    const failed: Record<string, number> = {};
    let asked = 0;
    for (const userId of peopleIn(record)) {
      const key = `${teamId} ${userId}`;
      if (userId in record.people || (nobodies.get(key) ?? 0) > clock.now()) continue;
      if (asked === MOST_ASKED || clock.now() - began >= WITHIN_MS) break;
      asked++;
      const code = await lookUp(client, teamId, userId).then(() => null, codeOf);
      if (code === null) continue;
      failed[code] = (failed[code] ?? 0) + 1;
      if (code === 'ratelimited') break;
      if (code !== 'user_not_found') continue;
      nobodies.delete(key);
      nobodies.set(key, clock.now() + NOBODY_FOR_MS);
      for (const [oldest] of nobodies) {
        if (nobodies.size <= MOST_NOBODIES) break;
        nobodies.delete(oldest);
      }
    }
    if (Object.keys(failed).length > 0)
      logger.warn({ incidentId, asked, failed }, 'users.info did not answer for some');
  };
}

function codeOf(error: unknown): string {
  const verdict = verdictOn(error);
  return 'code' in verdict ? verdict.code : 'no answer';
}

/** Every user id that a record holds, those in its fields before those in its texts. */
function peopleIn(record: IncidentRecord): string[] {
  const { incident, entries, marks, actions, activity } = record;
  const named = [
    incident.declaredBy,
    incident.leadId,
    ...entries.flatMap((entry) => [entry.authorId, entry.capturedBy]),
    ...marks.map((mark) => mark.markedBy),
    ...actions.map((action) => action.ownerId),
    ...activity.map((line) => line.by),
  ];
  const mentioned = [...JSON.stringify(record).matchAll(/<@([UW][A-Z0-9]+)[|>]/g)].map(([, id]) => id);
  const isUser = (id: string | null | undefined): id is string => /^[UW][A-Z0-9]+$/.test(id ?? '');
  return [...new Set([...named, ...mentioned].filter(isUser))];
}
