import type { Check } from '../checks/types.ts';
import { SECTION_KEYS, type SectionKey } from '../document-types.ts';

/** What renderers print of a check. */
export type CheckNote = Check;

/** Anchor of the check at this place of the list. */
export function checkId(index: number): string {
  return `check-${index + 1}`;
}

/** The part of the draft that a check's section stands in: three of people's texts share one. */
export function draftSection({ section }: Pick<Check, 'section'>): SectionKey | undefined {
  if (section === 'mitigation' || section === 'verification') return 'resolution';
  return SECTION_KEYS.find((key) => key === section);
}
