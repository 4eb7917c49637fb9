import { SECTION_TITLES, type SectionKey } from '../../incident/draftSections.ts';
import type { Instant } from '../../time/types.ts';
import type { WrittenName } from '../../usecases/writeSection.ts';
import { capital } from '../page/page-header.ts';
import { type SectionVersionPage, sectionVersionPage } from '../page/section-version-page.ts';
import { incidentOf, type Page, sendHtml, sendRefusal, type Visit } from './visit.ts';

/** `Root cause, by command` */
export const textTitle = (name: WrittenName): string => `${capital(name.replaceAll('-', ' '))}, by command`;

/** A version of a section that people edited. */
export const sectionVersion =
  (key: SectionKey, version: number): Page =>
  async (visit) => {
    const { id } = visit.source.record.incident;
    const found = await visit.parts.runner.store.transaction((tx) => tx.sectionVersion(id, key, version));
    const newest = visit.source.edits.find(({ section }) => section === key)?.version ?? version;
    show(visit, found, { key, title: SECTION_TITLES[key], newest }, version, [`/history/${key}`, '/restore']);
  };

/** A version of what was written by command. */
export const textVersion =
  (key: WrittenName, version: number): Page =>
  async (visit) => {
    const { id } = visit.source.record.incident;
    const { found, all } = await visit.parts.runner.store.transaction(async (tx) => ({
      found: await tx.sectionText(id, key, version),
      all: await tx.sectionTexts(id, 1),
    }));
    const newest = all.find(({ name }) => name === key)?.version ?? version;
    show(visit, found, { key, title: textTitle(key), newest }, version, [
      `/history/text-${key}`,
      '/restore-text',
    ]);
  };

function show(
  visit: Visit,
  found: { text: string | null; by: string; at: Instant } | null,
  section: SectionVersionPage['section'],
  version: number,
  [place, restore]: [place: string, restore: string],
): void {
  const { source, href, nonce, editorId } = visit;
  if (!found) {
    sendRefusal(visit, 404, 'There is no such version.');
    return;
  }
  const { at, by, text } = found;
  const page = sectionVersionPage({
    nonce,
    incident: incidentOf(visit),
    back: href('/history'),
    section,
    version,
    at,
    by: source.record.people[by] ?? by,
    text,
    hrefOf: (other) => href(`${place}/${other}`),
    restoreAction: editorId === null ? null : href(restore),
  });
  sendHtml(visit, page);
}
