import { buildPostmortem, type Postmortem } from '../postmortem/postmortem.ts';
import type { IncidentRef, PostmortemVersion } from './ports.ts';
import { incidentFor, type Scope } from './scope.ts';

/** Computes the draft from the timeline as it stands and keeps it as a version. */
export async function makeDraft(
  scope: Scope,
  input: { ref: IncidentRef; reason: string },
): Promise<Postmortem & { version: PostmortemVersion }> {
  const incident = await incidentFor(scope, input.ref);
  const postmortem = buildPostmortem(await scope.tx.record(incident.id), scope.now);
  const { markdown, json: data } = postmortem;
  const version = await scope.tx.addDraft(incident.id, scope.now, { markdown, data, reason: input.reason });
  return { ...postmortem, version };
}
