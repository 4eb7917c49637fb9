import { milestoneOf } from '../incident/emoji.ts';
import type { Milestone } from '../incident/milestones.ts';
import { entryOfTeam } from './entries.ts';
import { markEntry, retire } from './marks.ts';
import type { Noted } from './note.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { showEntry } from './show.ts';

/** "Move it here": takes the milestone from the entry that holds it and marks this one. */
export async function moveMark(
  scope: Scope,
  input: { entryId: string; milestone: Milestone },
): Promise<Noted> {
  const { incident, entry } = await entryOfTeam(scope, input.entryId);
  if (entry.retractedAt !== null) throw new Refusal({ code: 'retracted', number: entry.number });
  const holder = (await scope.tx.activeMarks(incident.id)).find((one) => one.milestone === input.milestone);
  if (holder && holder.entryId !== entry.id) await retire(scope, incident, input.milestone);
  const { settings } = await scope.tx.settings(incident.teamId);
  const reactions = entry.message ? await scope.tx.reactionsOn(incident.teamId, entry.message) : [];
  // Asked for by a reaction, the mark still goes when the last such reaction does.
  const byReaction = reactions.some(({ emoji }) => milestoneOf(emoji, settings) === input.milestone);
  const how = { byReaction, chosen: true };
  const { marked, held } = await markEntry(scope, incident, entry, [input.milestone], how);
  await showEntry(scope, entry);
  return { kind: 'noted', incident, entry, marked, held, notes: [] };
}
