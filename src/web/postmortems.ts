import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildPostmortem, postmortemJson, postmortemMarkdown } from '../postmortem/postmortem.ts';
import type { Clock, Store } from '../usecases/ports.ts';
import type { DraftForm, Links } from './links.ts';
import { draftPage } from './page/draft-page.ts';
import { pagePolicy } from './page/policy.ts';

const PATH = /^\/postmortems\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.(md|html|json))?$/;

interface Parts {
  store: Store;
  clock: Clock;
  links: Links;
}

/** `GET /postmortems/:id`, and `.md`, `.html`, `.json` of it: the draft from the timeline as it stands. */
export function createPostmortemPages({ store, clock, links }: Parts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = PATH.exec(url.pathname);
    if (!found || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    const id = found[1] ?? '';
    const form = found[2] as DraftForm | undefined;
    const visitor = links.visitor(id, url.searchParams, clock.now());
    const known = visitor && (await load(store, id));
    // A wrong signature and a draft that is not there look the same.
    if (!known) {
      response
        .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
        .end('There is no such draft, or the link is not whole.\n');
      return true;
    }
    const postmortem = buildPostmortem(known, clock.now(), links.page(id));
    const { draft, facts, checks } = postmortem;
    const state = { name: known.state, version: known.version };
    const name = `inc-${known.record.incident.number}-postmortem`;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('x-content-type-options', 'nosniff');
    if (form === 'md') {
      send(response, 'text/markdown', postmortemMarkdown(postmortem), `${name}.md`);
    } else if (form === 'json') {
      send(
        response,
        'application/json',
        `${JSON.stringify(postmortemJson(postmortem), null, 2)}\n`,
        `${name}.json`,
      );
    } else if (form === 'html') {
      response.setHeader('content-security-policy', pagePolicy());
      send(
        response,
        'text/html',
        draftPage({ draft, facts, checks, state, now: clock.now() }),
        `${name}.html`,
      );
    } else {
      const nonce = randomBytes(16).toString('base64');
      response.setHeader('content-security-policy', pagePolicy(nonce));
      const exports = {
        markdown: links.page(id, 'md'),
        html: links.page(id, 'html'),
        json: links.page(id, 'json'),
      };
      send(
        response,
        'text/html',
        draftPage({ draft, facts, checks, state, links: exports, nonce, now: clock.now() }),
      );
    }
    return true;
  };
}

const load = (store: Store, id: string) => store.transaction((tx) => tx.postmortem({ id }));

function send(response: ServerResponse, type: string, body: string, filename?: string): void {
  if (filename) response.setHeader('content-disposition', `inline; filename="${filename}"`);
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
}
