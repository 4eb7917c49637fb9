import { slackText } from '../incident/slackText.ts';
import { LONGEST_TRACKER, parseTracker } from '../incident/tracker.ts';
import type { Incident } from '../incident/types.ts';
import { recordRead } from './reads.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showChange } from './show.ts';
import type { IncidentRef } from './types.ts';

/**
 * Links the ticket of the team's own tracker, or takes the link away (`none`); without a text it only says which one it
 * is. The address is shown and never fetched.
 */
export async function setTracker(
  scope: Scope,
  input: { ref: IncidentRef; text: string },
): Promise<{ incident: Incident; changed: boolean }> {
  const typed = parseTracker(input.text);
  const incident = await incidentFor(scope, input.ref, typed.kind === 'asked' ? 'read' : 'change');
  if (typed.kind === 'asked') {
    await recordRead(scope, incident, 'tracker');
    return { incident, changed: false };
  }
  if (typed.kind === 'refused') throw new Refusal({ code: 'address', why: typed.why });
  if (typed.kind === 'too-long')
    throw new Refusal({
      code: 'too-long',
      what: 'address',
      longest: LONGEST_TRACKER,
      length: typed.length,
    });
  const tracker = typed.kind === 'none' ? null : typed.url;
  const name = `INC-${incident.number}`;
  if (tracker === incident.tracker)
    throw new Refusal({
      code: 'already',
      what: tracker ? `${name} links that` : `${name} is without a tracker`,
    });
  await scope.tx.updateIncident(incident.id, { tracker });
  await showChange(scope, incident, `Tracker ${said(incident.tracker)} → ${said(tracker)}`);
  await scope.send(incident.id, { kind: 'bookmarks', tell: false });
  return { incident: { ...incident, tracker }, changed: true };
}

/** As Slack would send it. */
const said = (url: string | null): string => (url ? `<${slackText(url)}>` : 'none');
