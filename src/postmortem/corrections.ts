import { SECTION_TITLES } from '../incident/draftSections.ts';
import type { Instant } from '../time/types.ts';
import { type ChangedFigure, changedFigures } from './changed-figures.ts';
import type { DraftSection, Said, SectionKey, Write } from './document-types.ts';
import { sectionMarkdown } from './render/markdown.ts';
import type { Facts } from './types.ts';

/** Who wrote, each once, in the order of their first; and when the last of it was. Null: not known. */
export type Writers = { by: string[]; at: Instant } | null;

export interface Corrections {
  figures: ChangedFigure[];
  figuresFrom: Writers;
  /** Sections whose words people changed; those that only follow the figures are not among them. */
  sections: { key: SectionKey; title: string; from: Writers }[];
}

export const saidIn = (facts: Facts, sections: readonly DraftSection[]): Said => ({
  facts,
  sections: sections.map((section) => ({ key: section.key, markdown: sectionMarkdown(section) })),
});

/** What differs between two versions of one postmortem, and who of those who wrote in between did it. */
export function corrections(before: Said, now: Said, writes: readonly Write[]): Corrections {
  const figures = changedFigures(before.facts, now.facts);
  const old = new Map(before.sections.map(({ key, markdown }) => [key, markdown]));
  const reworded = wordsChanged(before.facts, now.facts);
  const sections = now.sections.flatMap(({ key, markdown }) => {
    if (!old.has(key) || old.get(key) === markdown) return [];
    const ofLines = key === 'timeline' && reworded;
    const from = writersOf(writes.filter(({ section }) => section === key || (ofLines && section === null)));
    return from ? [{ key, title: SECTION_TITLES[key], from }] : [];
  });
  const figuresFrom = figures.length > 0 ? writersOf(writes.filter(({ section }) => section === null)) : null;
  return { figures, figuresFrom, sections };
}

export const isCorrected = ({ figures, sections }: Corrections): boolean =>
  figures.length > 0 || sections.length > 0;

/** Whether a line that stands in both says something else now. */
function wordsChanged(before: Facts, now: Facts): boolean {
  const old = new Map(before.lines.map(({ entry }) => [entry.number, entry.text]));
  return now.lines.some(({ entry }) => (old.get(entry.number) ?? entry.text) !== entry.text);
}

function writersOf(writes: readonly Write[]): Writers {
  if (writes.length === 0) return null;
  const inOrder = [...writes].sort((a, b) => a.at - b.at);
  return {
    by: [...new Set(inOrder.map(({ by }) => by))],
    at: Math.max(...inOrder.map(({ at }) => at)),
  };
}
