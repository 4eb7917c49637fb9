import { SECTION_KEYS, SECTION_TITLES } from '../../incident/draftSections.ts';
import type { Instant } from '../../time/types.ts';
import type { StoredPostmortem, VersionListed } from '../../usecases/types.ts';
import { WRITTEN } from '../../usecases/writeSection.ts';
import { draftPage } from '../page/draft-page.ts';
import { historyPage, type SectionHistory, versionPage } from '../page/history-page.ts';
import { textTitle } from './sectionVersion.ts';
import { incidentOf, type Page, sendHtml, sendRefusal } from './visit.ts';

const READS_SHOWN = 200;
/** Of each section; the earlier ones are reached from there, one by one. */
const VERSIONS_SHOWN = 50;

/** Every version of the draft, and the latest of its edited sections. */
export const history: Page = async (visit) => {
  const { source, parts, href, nonce, editorId } = visit;
  const { id: incidentId } = source.record.incident;
  const { people, incident } = source.record;
  const nameOf = (id: string) => people[id] ?? id;
  const { drafts, published, reads, sections, texts } = await parts.runner.store.transaction(async (tx) => ({
    drafts: await tx.drafts(incidentId),
    published: await tx.publishedVersions(source.id),
    reads: incident.private ? await tx.reads(incidentId, READS_SHOWN) : null,
    sections: await tx.sectionVersions(incidentId, VERSIONS_SHOWN),
    texts: await tx.sectionTexts(incidentId, VERSIONS_SHOWN),
  }));
  const listed = (all: readonly VersionListed[], key: string, title: string, at = key): SectionHistory => ({
    key,
    title,
    versions: all.filter(({ name }) => name === key).map((one) => ({ ...one, by: nameOf(one.by) })),
    hrefOf: (version) => href(`/history/${at}/${version}`),
  });
  const page = historyPage({
    nonce,
    incident: incidentOf(visit),
    back: href(),
    versions: drafts.map(({ number, at, reason }) => ({
      number,
      at,
      reason: withNames(reason, nameOf),
      published: publishedOf(published, number, nameOf),
      href: href(`/history/${number}`),
    })),
    sections: SECTION_KEYS.map((key) => listed(sections, key, SECTION_TITLES[key])).filter(isThere),
    texts: WRITTEN.map((key) => listed(texts, key, textTitle(key), `text-${key}`)).filter(isThere),
    review: reviewOf(source, nameOf),
    reads: reads?.map(({ at, userId, what }) => ({ at, by: nameOf(userId), what })) ?? null,
    restoreAction: editorId === null ? null : href('/restore'),
    restoreTextAction: editorId === null ? null : href('/restore-text'),
  });
  sendHtml(visit, page);
};

const isThere = ({ versions }: SectionHistory): boolean => versions.length > 0;

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
      what: withNames(text, nameOf),
      words: wordsOf(at, by),
    }))
    .reverse();
}

const withNames = (text: string, nameOf: (id: string) => string): string =>
  text.replace(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => nameOf(id));

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
        reason: withNames(reason, (id) => source.record.people[id] ?? id),
        markdown,
      }),
    );
  };
