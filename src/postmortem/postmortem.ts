import type { IncidentRecord } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import { buildDraft } from './document.ts';
import type { Draft } from './document-types.ts';
import { computeFacts } from './facts.ts';
import type { CheckNote } from './render/check-note.ts';
import { toJson } from './render/json.ts';
import { renderMarkdown } from './render/markdown.ts';
import { contradictedFigures } from './support.ts';
import type { Facts } from './types.ts';

/** One incident's postmortem as it stands: its figures, its document, what contradicts them. */
export interface Postmortem {
  record: IncidentRecord;
  facts: Facts;
  draft: Draft;
  checks: CheckNote[];
  contradictedFigures: string[];
}

/** Computes everything from the record. `now` (UTC instant) only matters while the impact is open. */
export function buildPostmortem(record: IncidentRecord, now: Instant, url?: string): Postmortem {
  const { zone, summary } = record.incident;
  const facts = computeFacts(record, now);
  const draft = buildDraft(record, facts, { zone, ...(url && { url }) });
  return { record, facts, draft, checks: [], contradictedFigures: contradictedFigures(summary, facts, zone) };
}

export const postmortemMarkdown = ({ draft }: Postmortem): string => renderMarkdown(draft);

export const postmortemJson = (postmortem: Postmortem) =>
  toJson({ ...postmortem, zone: postmortem.record.incident.zone });
