import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECTION_KEYS } from '../../postmortem/document-types.ts';
import { act, maySee } from '../../usecases/scope.ts';
import { readBody } from '../body.ts';
import type { DraftForm } from '../links.ts';
import { pagePolicy } from '../page/policy.ts';
import { checkSubmitted, restoreSubmitted, stateSubmitted } from './changes.ts';
import { editForm, editSubmitted } from './edit.ts';
import { history, oldVersion } from './history.ts';
import { exportPage, readPage } from './read.ts';
import { type DraftParts, type Page, sendRefusal, sendText, type Visit } from './visit.ts';

const PATH =
  /^\/postmortems\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})((?:\.(?:md|html|json|txt))|(?:\/[a-z0-9/-]*))?$/;
const LARGEST_FORM = 2_000_000;
const NOT_FOUND = 'There is no such draft, or the link is not whole.';

/** The draft's pages: reading for anybody with the link, changes for who has a link of their own. */
export function createDraftRoutes(parts: DraftParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [whole, id = '', rest = ''] = PATH.exec(url.pathname) ?? [];
    if (whole === undefined) return false;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('x-content-type-options', 'nosniff');
    const visit = await visitOf(parts, request, response, id, url.searchParams);
    // A wrong signature and a draft that is not there look the same.
    if (!visit) {
      sendText(response, 404, NOT_FOUND);
      return true;
    }
    response.setHeader('content-security-policy', pagePolicy(visit.nonce));
    const page = route(request.method ?? 'GET', rest, visit.editorId !== null);
    if (page) await page(visit);
    else if (visit.editorId === null)
      sendRefusal(
        visit,
        403,
        'This link is for reading. Ask for one of your own in Slack ("Edit on the page").',
      );
    else sendRefusal(visit, 404, 'There is no such page of this draft.');
    return true;
  };
}

function route(method: string, rest: string, mayEdit: boolean): Page | null {
  const version = /^\/history\/(\d{1,9})$/.exec(rest)?.[1];
  if (method === 'GET' || method === 'HEAD') {
    if (rest === '') return readPage;
    if (rest.startsWith('.')) return exportPage(rest.slice(1) as DraftForm);
    if (rest === '/history') return history;
    if (version) return oldVersion(Number(version));
  }
  const key = SECTION_KEYS.find((one) => rest === `/edit/${one}`);
  if (!mayEdit) return null;
  if (method === 'GET' && key) return editForm(key);
  if (method !== 'POST') return null;
  if (key) return editSubmitted(key);
  return { '/check': checkSubmitted, '/state': stateSubmitted, '/restore': restoreSubmitted }[rest] ?? null;
}

async function visitOf(
  parts: DraftParts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  query: URLSearchParams,
): Promise<Visit | null> {
  const visitor = parts.links.visitor(id, query, parts.clock.now());
  if (!visitor) return null;
  const editorId = visitor.kind === 'editor' ? visitor.userId : null;
  const found = await parts.runner.store.transaction(async (tx) => {
    const source = await tx.postmortem({ id });
    if (!source) return null;
    const { incident } = source.record;
    const who = { teamId: incident.teamId, userId: editorId ?? '', zone: incident.zone };
    // An own link ends with its person's place in a private channel.
    return editorId === null || (await maySee({ tx, who }, incident)) ? { source, who } : null;
  });
  if (!found) return null;
  const { source, who } = found;
  return {
    parts,
    request,
    response,
    id,
    source,
    editorId,
    href: (rest = '') => `/postmortems/${id}${rest}?${query}`,
    exportHref: (form) => parts.links.page(id, form),
    run: (work) => act(parts.runner, { who }, work),
    nonce: randomBytes(16).toString('base64'),
    form: async () => {
      const raw = await readBody(request, LARGEST_FORM);
      return new URLSearchParams(raw?.toString('utf8') ?? '');
    },
  };
}
