import { changedFigures } from '../../postmortem/changed-figures.ts';
import { GUIDANCE } from '../../postmortem/document-guidance.ts';
import type { SectionKey } from '../../postmortem/document-types.ts';
import { buildPostmortem, markdownOf, withEverySection, zoneOfDraft } from '../../postmortem/postmortem.ts';
import { editSection, sectionText } from '../../usecases/editSection.ts';
import { openSection } from '../../usecases/openSection.ts';
import { type Reason, Refusal } from '../../usecases/refusal.ts';
import { type EditPage, editPage } from '../page/edit-page.ts';
import { previewOf } from './preview.ts';
import { incidentOf, type Page, seeOther, sendHtml, type Visit } from './visit.ts';

/** What belongs into a section, where that needs saying: in the workspace's words, else in ours. */
function guidanceOf(key: SectionKey, own: Readonly<Record<string, string>> = {}): string | undefined {
  const name = key === 'prevention' ? 'actions' : key;
  const words = own[name]?.trim();
  if (words) return words;
  return Object.entries(GUIDANCE).find(([one]) => one === name)?.[1].says;
}

function formOf(visit: Visit, key: SectionKey, began: string): EditPage {
  const { parts, href, nonce } = visit;
  const source = withEverySection(visit.source);
  const postmortem = buildPostmortem(source, parts.clock.now());
  const { draft, facts } = postmortem;
  const section = draft.sections.find((one) => one.key === key);
  const edit = source.edits.find((one) => one.section === key);
  const guidance = guidanceOf(key, source.template?.guidance);
  return {
    nonce,
    incident: incidentOf(visit),
    title: section?.title ?? key,
    ...(guidance && { guidance }),
    zone: zoneOfDraft(source),
    action: href(`/edit/${key}`),
    back: `${href()}#section-${key}`,
    text: markdownOf(postmortem, key) ?? '',
    seen: edit?.version ?? 0,
    began,
    conflicts: section?.conflicts ?? [],
    changed: edit?.text ? changedFigures(edit.facts, facts) : [],
  };
}

export const editForm =
  (key: SectionKey): Page =>
  async (visit) => {
    const began = await visit.run((scope) => openSection(scope, visit.source, key));
    sendHtml(visit, editPage(formOf(visit, key, began)));
  };

/** Saves, previews or gives back; a save on a stale version is refused with both texts shown. */
export const editSubmitted =
  (key: SectionKey): Page =>
  async (visit) => {
    const fields = await visit.form();
    const text = (fields.get('text') ?? '').replaceAll('\r\n', '\n');
    const seen = Number(fields.get('seen') ?? 0);
    const began = fields.get('began') ?? '';
    const form = formOf(visit, key, began);
    const action = fields.get('do');
    try {
      if (action === 'preview') {
        const preview = await previewOf(visit, key, sectionText(text), began);
        return sendHtml(visit, editPage({ ...form, text, seen, preview }));
      }
      const wanted = action === 'reset' ? null : text;
      const done = await visit.run((scope) =>
        editSection(scope, { postmortemId: visit.id, section: key, text: wanted, seen, began }),
      );
      if (done.kind === 'saved') return seeOther(visit, form.back);
      const by = done.by === visit.editorId ? null : (visit.source.record.people[done.by] ?? done.by);
      const stale = { by, theirs: done.theirs };
      return sendHtml(visit, editPage({ ...form, text, seen: done.version, stale }), 409);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return sendHtml(visit, editPage({ ...form, text, seen, error: plainReason(error.reason) }), 422);
    }
  };

/** A refusal in the words of a page. */
export function plainReason(reason: Reason): string {
  if (reason.code === 'empty') return `The ${reason.what} is empty. Nothing was stored.`;
  if (reason.code === 'too-long') {
    return `The ${reason.what} has ${reason.length} characters; ${reason.longest} is the most. Nothing was stored.`;
  }
  if (reason.code === 'tangled') {
    return `Line ${reason.line} has more brackets, marks or nesting than can be read as Markdown. Nothing was stored; split it or leave some out.`;
  }
  if (reason.code === 'already') return `${reason.what} already. Nothing changed.`;
  if (reason.code === 'not-there')
    return `It is not certain which “${reason.words}” to replace, so nothing changed. Edit the section yourself.`;
  return 'This could not be done. Nothing was stored; load the draft again and have another look.';
}
