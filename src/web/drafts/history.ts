import { SECTION_TITLES, type SectionKey } from '../../incident/draftSections.ts';
import type { SectionVersion } from '../../postmortem/postmortem.ts';
import type { Instant } from '../../time/types.ts';
import type { StoredPostmortem } from '../../usecases/types.ts';
import { WRITTEN } from '../../usecases/writeSection.ts';
import { draftPage } from '../page/draft-page.ts';
import { historyPage, versionPage } from '../page/history-page.ts';
import { capital } from '../page/page-header.ts';
import { incidentOf, type Page, sendHtml, sendRefusal } from './visit.ts';

const READS_SHOWN = 200;

/** Every version of the draft and of its edited sections. */
export const history: Page = async (visit) => {
  const { source, parts, href, nonce, editorId } = visit;
  const { id: incidentId } = source.record.incident;
  const { people, incident } = source.record;
  const nameOf = (id: string) => people[id] ?? id;
  const { drafts, published, reads, sections, texts } = await parts.runner.store.transaction(async (tx) => {
    const sections: { key: SectionKey; versions: SectionVersion[] }[] = [];
    for (const { section: key } of source.edits)
      sections.push({ key, versions: await tx.sectionVersions(incidentId, key) });
    return {
      drafts: await tx.drafts(incidentId),
      published: await tx.publishedVersions(source.id),
      reads: incident.private ? await tx.reads(incidentId, READS_SHOWN) : null,
      sections,
      texts: await tx.sectionTexts(incidentId),
    };
  });
  const page = historyPage({
    nonce,
    incident: incidentOf(visit),
    back: href(),
    versions: drafts.map(({ number, at, reason }) => ({
      number,
      at,
      reason,
      published: publishedOf(published, number, nameOf),
      href: href(`/history/${number}`),
    })),
    sections: sections.map(({ key, versions }) => ({
      key,
      title: SECTION_TITLES[key],
      versions: versions.map(({ version, at, by, text }) => ({ version, at, by: nameOf(by), text })),
    })),
    texts: WRITTEN.map((name) => ({
      key: name,
      title: `${capital(name.replaceAll('-', ' '))}, by command`,
      versions: texts
        .filter((one) => one.name === name)
        .map(({ by, ...one }) => ({ ...one, by: nameOf(by) })),
    })).filter(({ versions }) => versions.length > 0),
    review: reviewOf(source, nameOf),
    reads: reads?.map(({ at, userId, what }) => ({ at, by: nameOf(userId), what })) ?? null,
    restoreAction: editorId === null ? null : href('/restore'),
    restoreTextAction: editorId === null ? null : href('/restore-text'),
  });
  sendHtml(visit, page);
};

/** Sent, answered, published, taken back: who and when, with what was written. */
function reviewOf({ record, reviews }: StoredPostmortem, nameOf: (id: string) => string) {
  const wordsOf = (at: Instant, by: string): string =>
    reviews.find(({ answer, reviewerId }) => answer?.at === at && reviewerId === by)?.answer?.comment ||
    reviews.find(({ askedAt, askedBy }) => askedAt === at && askedBy === by)?.message ||
    '';
  return record.activity
    .filter(({ subject }) => subject === 'postmortem')
    .map(({ at, by, text }) => ({
      at,
      by: nameOf(by),
      what: text.replace(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => nameOf(id)),
      words: wordsOf(at, by),
    }))
    .reverse();
}

function publishedOf(
  all: readonly { version: number; by: string }[],
  number: number,
  nameOf: (id: string) => string,
): { by: string } | null {
  const found = all.find((one) => one.version === number);
  return found ? { by: nameOf(found.by) } : null;
}

/** A version of the draft as it was made; one that was published as the whole page that it was. */
export const oldVersion =
  (number: number): Page =>
  async (visit) => {
    const { source, parts, href, nonce } = visit;
    const { version, frozen } = await parts.runner.store.transaction(async (tx) => ({
      version: await tx.draft(source.record.incident.id, number),
      frozen: await tx.frozenPage(source.id, number),
    }));
    if (version && frozen) {
      const state = { name: 'published' as const, version: number };
      const links = { history: href('/history') };
      const page = { ...frozen, state, links, nonce, now: version.at, standing: { href: href() } };
      return sendHtml(visit, draftPage(page));
    }
    if (!version) return sendRefusal(visit, 404, 'There is no such version.');
    const { at, reason, markdown } = version;
    return sendHtml(
      visit,
      versionPage({
        nonce,
        incident: incidentOf(visit),
        back: href('/history'),
        draft: href(),
        number,
        at,
        reason,
        markdown,
      }),
    );
  };
