import type { SectionKey } from '../../postmortem/document-types.ts';
import { buildPostmortem, withEverySection } from '../../postmortem/postmortem.ts';
import { draftSection } from '../../postmortem/render/check-note.ts';
import { beganNow } from '../../usecases/openSection.ts';
import type { Preview } from '../page/preview.ts';
import type { Visit } from './visit.ts';

/** What a save would make of the section. */
export async function previewOf(
  visit: Visit,
  key: SectionKey,
  text: string,
  began: string,
): Promise<Preview> {
  const { parts, href, editorId } = visit;
  const source = withEverySection(visit.source);
  const now = parts.clock.now();
  const { id } = source.record.incident;
  const opened = await visit.run((scope) => scope.tx.opened(id, key, began));
  const start = opened ?? beganNow(source, key, now);
  if (!start) throw new Error(`there is no section ${key}`);
  const { base, facts } = start;
  const edit = { section: key, version: 0, base, text, facts, by: editorId ?? '', at: now };
  const edits = [...source.edits.filter((one) => one.section !== key), edit];
  const { draft, checks } = buildPostmortem({ ...source, edits }, now);
  return {
    draft: { ...draft, sections: draft.sections.filter((one) => one.key === key) },
    checks: checks.filter((check) => draftSection(check) === key),
    page: href(),
  };
}
