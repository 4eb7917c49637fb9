import { buildPostmortem, postmortemJson, postmortemMarkdown } from '../../postmortem/postmortem.ts';
import { renderPlain } from '../../postmortem/render/plain.ts';
import { ONE_CLICK } from '../../usecases/fixCheck.ts';
import type { DraftForm } from '../links.ts';
import { draftPage } from '../page/draft-page.ts';
import { pagePolicy } from '../page/policy.ts';
import { type Page, sendHtml, type Visit } from './visit.ts';

const standing = ({ source, parts, href }: Visit) => buildPostmortem(source, parts.clock.now(), href());

/** The draft from the timeline as it stands, with what the visitor may do about it. */
export const readPage: Page = async (visit) => {
  const { source, parts, href, editorId, nonce } = visit;
  const { draft, facts, checks, dismissed, changed } = standing(visit);
  const links = {
    markdown: visit.exportHref('md'),
    html: visit.exportHref('html'),
    json: visit.exportHref('json'),
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
  const state = { name: source.state, version: source.version };
  const page = { draft, facts, checks, dismissed, changed, state, links, nonce, now: parts.clock.now() };
  sendHtml(visit, draftPage({ ...page, ...(actions && { actions }) }));
};

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
    const { source, parts, response } = visit;
    const now = parts.clock.now();
    // A file is passed on: it names no link of one's own.
    const page = source.record.incident.private ? undefined : parts.links.page(source.id, now);
    const postmortem = buildPostmortem(source, now, page);
    const { draft, facts, checks, changed } = postmortem;
    const state = { name: source.state, version: source.version };
    const bodies: Record<DraftForm, () => string> = {
      md: () => postmortemMarkdown(postmortem),
      txt: () => renderPlain(draft),
      json: () => `${JSON.stringify(postmortemJson(postmortem), null, 2)}\n`,
      html: () => draftPage({ draft, facts, checks, changed, state, now }),
    };
    const name = `inc-${source.record.incident.number}-postmortem.${form}`;
    response.setHeader('content-disposition', `inline; filename="${name}"`);
    if (form === 'html') response.setHeader('content-security-policy', pagePolicy());
    response.writeHead(200, { 'content-type': `${TYPES[form]}; charset=utf-8` }).end(bodies[form]());
  };
