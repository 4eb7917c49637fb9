import type { SectionKey } from '../postmortem/document-types.ts';
import { computeFacts } from '../postmortem/facts.ts';
import {
  type Began,
  generatedMarkdown,
  type PostmortemSource,
  withEverySection,
} from '../postmortem/postmortem.ts';
import type { Instant } from '../time/types.ts';
import type { Scope } from './scope.ts';

/** What an editor begins with now; null where there is no such section. One that the settings leave out is there. */
export function beganNow(source: PostmortemSource, section: SectionKey, now: Instant): Began | null {
  const base = generatedMarkdown(withEverySection(source), section, now);
  return base === null ? null : { base, facts: computeFacts(source.record, now) };
}

/** Notes that somebody begins to edit a section; gives the key to hand back with their text. */
export async function openSection(
  scope: Scope,
  source: PostmortemSource,
  section: SectionKey,
): Promise<string> {
  const began = beganNow(source, section, scope.now);
  return began ? scope.tx.keepOpened(source.record.incident.id, section, began, scope.now) : '';
}
