import { isGap } from './document-gaps.ts';
import type { DraftSection, SectionEdit } from './document-types.ts';
import { mergeText } from './merge.ts';
import { editableMarkdown } from './render/markdown.ts';
import { readMarkdown } from './text/markdown.ts';

/** Puts a person's edit over a generated section: their words to the letter, later facts merged in, conflicts kept. */
export function applyEdit(section: DraftSection, { base, text, by, at }: SectionEdit): DraftSection {
  const { text: merged, conflicts } = mergeText(base, editableMarkdown(section), text);
  const empty = merged.trim() === '';
  return {
    ...section,
    origin: empty ? 'empty' : 'human',
    text: merged,
    nodes: empty ? section.nodes.filter(isGap) : readMarkdown(merged),
    edited: { by, at },
    ...(conflicts.length > 0 ? { conflicts } : {}),
  };
}
