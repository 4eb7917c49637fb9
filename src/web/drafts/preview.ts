import type { SectionKey } from '../../postmortem/document-types.ts';
import { buildPostmortem, generatedMarkdown, withEverySection } from '../../postmortem/postmortem.ts';
import { draftSection } from '../../postmortem/render/check-note.ts';
import type { Preview } from '../page/preview.ts';
import type { Visit } from './visit.ts';

/** What a save would make of the section. */
export function previewOf(visit: Visit, key: SectionKey, text: string): Preview {
  const { parts, href, editorId } = visit;
  const source = withEverySection(visit.source);
  const now = parts.clock.now();
  const { facts } = buildPostmortem(source, now);
  const base = generatedMarkdown(source, key, now) ?? '';
  const edit = { section: key, version: 0, base, text, facts, by: editorId ?? '', at: now };
  const edits = [...source.edits.filter((one) => one.section !== key), edit];
  const { draft, checks } = buildPostmortem({ ...source, edits }, now);
  return {
    draft: { ...draft, sections: draft.sections.filter((one) => one.key === key) },
    checks: checks.filter((check) => draftSection(check) === key),
    page: href(),
  };
}
