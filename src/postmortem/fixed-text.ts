import type { IncidentRecord, SectionName } from '../incident/types.ts';
import { SECTIONS } from '../incident/types.ts';
import { findFigures } from '../time/figures.ts';
import type { Instant } from '../time/types.ts';
import type { Fix } from './checks/types.ts';
import { buildPostmortem, markdownOf, type PostmortemSource } from './postmortem.ts';
import { draftSection } from './render/check-note.ts';
import { sectionMarkdown } from './render/markdown.ts';

type TextFix = Extract<Fix, { kind: 'replace-text' }>;

/**
 * The Markdown of the draft's section with the fix done in that one place and nothing else changed; null where the
 * words are not there as they were read, or not for certain.
 */
export function fixedText(source: PostmortemSource, fix: TextFix, now: Instant): string | null {
  const key = draftSection(fix);
  if (!key) return null;
  const edited = source.edits.some((one) => one.section === key && one.text !== null);
  if (edited) return fixedEdit(source, fix, now);
  // As it was typed, so that the part of the section and the place in it are beyond doubt.
  const record = fixedRecord(source.record, fix);
  return record && markdownOf(buildPostmortem({ ...source, record }, now), key);
}

function fixedRecord(record: IncidentRecord, fix: TextFix): IncidentRecord | null {
  if (fix.section === 'summary') {
    const summary = replaceAt(record.incident.summary, fix.index, fix.from, fix.to);
    return summary === null ? null : { ...record, incident: { ...record.incident, summary } };
  }
  const name = SECTIONS.find((one): one is SectionName => one === fix.section);
  const words = name && replaceAt(record.sections[name] ?? '', fix.index, fix.from, fix.to);
  return name && words ? { ...record, sections: { ...record.sections, [name]: words } } : null;
}

/** Checks read an edit as it is printed, where signs may be written otherwise: the same figure is looked for. */
function fixedEdit(source: PostmortemSource, { section, index, from, to }: TextFix, now: Instant) {
  const drafted = buildPostmortem(source, now).draft.sections.find(
    (one) => one.key === draftSection({ section }),
  );
  if (drafted?.text === undefined) return null;
  const same = (text: string) => findFigures(text).filter((figure) => plain(figure.text) === plain(from));
  const [read, written] = [same(sectionMarkdown(drafted)), same(drafted.text)];
  const place = written[read.findIndex((figure) => figure.index === index)];
  if (!place || read.length !== written.length) return null;
  return replaceAt(drafted.text, place.index, place.text, to);
}

const plain = (text: string): string => text.replace(/\\|\p{Cf}/gu, '').replace(/\s+/g, ' ');

function replaceAt(text: string, index: number, from: string, to: string): string | null {
  const end = index + from.length;
  return text.slice(index, end) === from ? text.slice(0, index) + to + text.slice(end) : null;
}
