import { seenFrom } from '../../postmortem/document.ts';
import {
  buildPostmortem,
  type Postmortem,
  postmortemJson,
  postmortemMarkdown,
} from '../../postmortem/postmortem.ts';
import { publicForm } from '../../postmortem/public/form.ts';
import { renderPlain } from '../../postmortem/render/plain.ts';
import { type ReviewRequest, standingOf } from '../../postmortem/review.ts';
import { ONE_CLICK } from '../../usecases/fixCheck.ts';
import type { StoredPostmortem } from '../../usecases/types.ts';
import type { DraftForm } from '../links.ts';
import { draftPage } from '../page/draft-page.ts';
import { pagePolicy } from '../page/policy.ts';
import type { DraftPage, ZoneForm } from '../page/types.ts';
import { type Page, sendHtml, type Visit } from './visit.ts';

const standing = ({ source, parts, href }: Visit) => buildPostmortem(source, parts.clock.now(), href());

/** The draft from the timeline as it stands, with what the visitor may do about it. */
export const readPage: Page = async (visit) => {
  const { source, parts, href, editorId, nonce } = visit;
  const { record, facts, checks, dismissed, changed, ...made } = standing(visit);
  const draft = seenFrom(visit.zone.chosen ?? visit.zone.own, made.draft, record, facts);
  const links = {
    markdown: visit.exportHref('md'),
    html: visit.exportHref('html'),
    json: visit.exportHref('json'),
    public: href('/public'),
    history: href('/history'),
  };
  const actions =
    editorId === null
      ? undefined
      : {
          edit: (section: string) => href(`/edit/${section}`),
          checks: href('/check'),
          state: href('/state'),
          oneClick: ONE_CLICK,
        };
  const review = source.state === 'in_review' && editorId !== null && reviewOf(source);
  const state = { name: source.state, version: source.version, ...(review && { review }) };
  const zoneForm = zoneFormOf(visit, href());
  const now = parts.clock.now();
  const page = { draft, facts, checks, dismissed, changed, state, links, zoneForm, nonce, now };
  sendHtml(visit, draftPage({ ...page, ...(actions && { actions }) }));
};

/**
 * The draft without names and internal links. Who may read all of it is asked to read this over first, as others will
 * see it: in the draft's zone, unless another is chosen.
 */
export const publicPage: Page = async (visit) => {
  const { source, parts, nonce, outsider, publicHref, publicShared, zone } = visit;
  const now = parts.clock.now();
  const { draft, facts, checks } = publicForm(source, now, parts.links.host, zone.chosen);
  const links = {
    markdown: publicHref('md'),
    html: publicHref('html'),
    json: publicHref('json'),
    text: publicHref('txt'),
  };
  const shown = outsider ? {} : { readOver: { passOn: publicShared(), draft: visit.href() } };
  const state = { name: source.state };
  const zoneForm = zoneFormOf(visit, visit.href('/public'));
  sendHtml(visit, draftPage({ draft, facts, checks, state, links, zoneForm, nonce, now, publicForm: shown }));
};

/** A form of GET drops what its action has after `?`: all of it but the zone goes along in fields. */
function zoneFormOf({ zone }: Visit, href: string): ZoneForm {
  const [action = '', query] = href.split('?');
  const hidden = [...new URLSearchParams(query)].filter(([name]) => name !== 'zone');
  return { action, hidden, unknown: zone.unknown };
}

function reviewOf({ reviews, record }: StoredPostmortem) {
  const nameOf = ({ reviewerId }: ReviewRequest) => record.people[reviewerId] ?? reviewerId;
  const { approved, waiting } = standingOf(reviews);
  return {
    approved: approved.map((one) => ({ by: nameOf(one), at: one.answer?.at ?? one.askedAt })),
    waiting: waiting.map(nameOf),
  };
}

const TYPES: Record<DraftForm, string> = {
  md: 'text/markdown',
  html: 'text/html',
  json: 'application/json',
  txt: 'text/plain',
};

/** `.md`, `.html`, `.json` and `.txt`: the same draft as a file. */
export const exportPage =
  (form: DraftForm): Page =>
  async (visit) => {
    const { source, parts } = visit;
    const now = parts.clock.now();
    // A file is passed on: it names no link of one's own.
    const page = visit.shared() ?? undefined;
    const state = { name: source.state, version: source.version };
    sendFile(visit, form, buildPostmortem(source, now, page), { state });
  };

/** The public form as a file. */
export const publicExport =
  (form: DraftForm): Page =>
  async (visit) => {
    const { source, parts } = visit;
    const postmortem = publicForm(source, parts.clock.now(), parts.links.host);
    sendFile(visit, form, postmortem, { state: { name: source.state }, publicForm: {} });
  };

function sendFile(
  { source, parts, response }: Visit,
  form: DraftForm,
  postmortem: Postmortem,
  page: Pick<DraftPage, 'state' | 'publicForm'>,
): void {
  const { draft, facts, checks, changed } = postmortem;
  const bodies: Record<DraftForm, () => string> = {
    md: () => postmortemMarkdown(postmortem),
    txt: () => renderPlain(draft),
    json: () => `${JSON.stringify(postmortemJson(postmortem), null, 2)}\n`,
    html: () => draftPage({ ...page, draft, facts, checks, changed, now: parts.clock.now() }),
  };
  const name = `inc-${source.record.incident.number}-postmortem${page.publicForm ? '-public' : ''}.${form}`;
  response.setHeader('content-disposition', `inline; filename="${name}"`);
  if (form === 'html') response.setHeader('content-security-policy', pagePolicy());
  response.writeHead(200, { 'content-type': `${TYPES[form]}; charset=utf-8` }).end(bodies[form]());
}
