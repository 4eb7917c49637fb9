import {
  buildPostmortem,
  type Postmortem,
  postmortemJson,
  postmortemMarkdown,
} from '../postmortem/postmortem.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, mustBeId, type Scope } from './scope.ts';
import type { PostmortemVersion, StoredPostmortem } from './types.ts';

/** The postmortem meant, its incident locked: drafts of one incident change one by one. */
export async function lockPostmortem(scope: Scope, id: string): Promise<StoredPostmortem> {
  mustBeId(id);
  const found = await scope.tx.postmortem({ id });
  if (!found) throw new Refusal({ code: 'no-incident-here' }, `draft ${id}, which is not there`);
  await incidentFor(scope, { id: found.record.incident.id });
  const locked = await scope.tx.postmortem({ id });
  if (!locked) throw new Refusal({ code: 'no-incident-here' });
  return locked;
}

/** Keeps a postmortem as a version of its own. */
export function keepVersion(
  scope: Scope,
  postmortem: Postmortem,
  reason: string,
): Promise<PostmortemVersion> {
  return scope.tx.addDraft(postmortem.record.incident.id, scope.now, {
    markdown: postmortemMarkdown(postmortem),
    data: postmortemJson(postmortem),
    facts: postmortem.facts,
    reason,
  });
}

/** Keeps the draft as it now stands, after a person changed it. */
export async function keepChanged(scope: Scope, id: string, reason: string): Promise<PostmortemVersion> {
  const source = await scope.tx.postmortem({ id });
  if (!source) throw new Refusal({ code: 'no-incident-here' });
  await scope.send(source.record.incident.id, { kind: 'headline' });
  return keepVersion(scope, buildPostmortem(source, scope.now), reason);
}
