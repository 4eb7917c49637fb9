import type { Incident } from '../incident/types.ts';
import { changedFigures } from '../postmortem/changed-figures.ts';
import {
  buildPostmortem,
  type Postmortem,
  postmortemJson,
  postmortemMarkdown,
} from '../postmortem/postmortem.ts';
import { Refusal } from './refusal.ts';
import { planRest } from './restingDraft.ts';
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

/** Whether that version of the draft says the same already, in its words and its figures. */
export async function saysTheSame(
  { tx }: Scope,
  { id, number, markdown }: PostmortemVersion,
  postmortem: Postmortem,
): Promise<boolean> {
  if (postmortemMarkdown(postmortem) !== markdown) return false;
  const said = await tx.versionSaid(id, number);
  return said !== null && changedFigures(said.facts, postmortem.facts).length === 0;
}

// So much of what is corrected together is told together.
const TOLD_AFTER_MS = 5 * 60_000;

/**
 * Keeps a postmortem as a version of its own, which its canvas follows where it has one; of a published one that is a
 * correction, and told.
 */
export async function keepVersion(
  scope: Scope,
  postmortem: Postmortem,
  reason: string,
): Promise<PostmortemVersion> {
  const { incident } = postmortem.record;
  if (postmortem.corrected) await planCorrection(scope, incident);
  const version = await scope.tx.addDraft(incident.id, scope.now, {
    markdown: postmortemMarkdown(postmortem),
    data: postmortemJson(postmortem),
    facts: postmortem.facts,
    reason,
  });
  if (version.hasCanvas) await scope.send(incident.id, { kind: 'canvas', version: version.number });
  await planRest(scope, incident, postmortem.publication !== null);
  return version;
}

/** The first correction sets the time; those that follow until then are told with it. */
async function planCorrection(scope: Scope, incident: Incident): Promise<void> {
  const set = await scope.tx.activeTimers(incident.id);
  if (set.some(({ purpose }) => purpose.kind === 'correction')) return;
  await scope.setTimer(incident, scope.now + TOLD_AFTER_MS, { kind: 'correction' });
}

/** Keeps the draft as it now stands, after a person changed it. */
export async function keepChanged(scope: Scope, id: string, reason: string): Promise<PostmortemVersion> {
  const source = await scope.tx.postmortem({ id });
  if (!source) throw new Refusal({ code: 'no-incident-here' });
  await scope.send(source.record.incident.id, { kind: 'headline' });
  return keepVersion(scope, buildPostmortem(source, scope.now), reason);
}
