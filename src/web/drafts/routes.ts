import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { leadOf } from '../../incident/people.ts';
import { SECTION_KEYS } from '../../postmortem/document-types.ts';
import { zoneNamed } from '../../time/places.ts';
import { readDraft } from '../../usecases/reads.ts';
import { Refusal } from '../../usecases/refusal.ts';
import { act } from '../../usecases/scope.ts';
import type { StoredPostmortem } from '../../usecases/types.ts';
import { WRITTEN } from '../../usecases/writeSection.ts';
import { readBody } from '../body.ts';
import type { DraftForm } from '../links.ts';
import { pagePolicy } from '../page/policy.ts';
import { checkSubmitted, restoreSubmitted, stateSubmitted, textRestored } from './changes.ts';
import { editForm, editSubmitted, plainReason } from './edit.ts';
import { history, oldVersion } from './history.ts';
import { exportPage, publicExport, publicPage, readPage } from './read.ts';
import { sectionVersion, textVersion } from './sectionVersion.ts';
import { type DraftParts, type Page, sendRefusal, sendText, type Visit, type ZoneShown } from './visit.ts';

const PATH =
  /^\/postmortems\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})((?:(?:\/public)?\.(?:md|html|json|txt))|(?:\/[a-z0-9/-]*))?$/;
const LARGEST_FORM = 2_000_000;
const NOT_FOUND = 'There is no such draft, or the link is not whole.';
const LATE =
  'This link has come to its end. In Slack, press "Edit on the page" under the draft, or type /incident postmortem in the incident\'s channel, for a new one.';
const LATE_PUBLISHED =
  "This link has come to its end. The postmortem is published: the incident's headline in Slack has a link that opens it as long as it is.";
const OWN_ONLY =
  'The draft of a private incident opens by a link of your own only. In its channel in Slack, press "Edit on the page" under the draft.';
const UNKNOWN_PERSON =
  'Slack has not told Debrief yet who you are, so this link of your own does not open. In a minute, press "Edit on the page" under the draft in Slack: that asks again.';

/** The draft's pages: reading for anybody with the link, changes for who has a link of their own. */
export function createDraftRoutes(parts: DraftParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
    const [whole, id = '', rest = ''] = PATH.exec(path) ?? [];
    if (whole === undefined) return false;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('x-content-type-options', 'nosniff');
    const visit = await visitOf(parts, request, response, { id, rest }, new URLSearchParams(query));
    if (visit === 'answered') return true;
    if ('refused' in visit) {
      sendText(response, visit.refused, visit.words);
      return true;
    }
    response.setHeader('content-security-policy', pagePolicy(visit.nonce));
    const page = route(request.method ?? 'GET', rest, visit);
    if (page) {
      try {
        await page(visit);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        sendRefusal(visit, error.reason.code === 'too-long' ? 413 : 422, plainReason(error.reason));
      }
    } else if (visit.outsider) sendText(response, 404, NOT_FOUND);
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

function route(method: string, rest: string, { editorId, outsider }: Visit): Page | null {
  if (method === 'GET' || method === 'HEAD') {
    if (rest === '/public') return publicPage;
    if (rest.startsWith('/public.')) return publicExport(rest.slice('/public.'.length) as DraftForm);
  }
  if (outsider) return null;
  const version = /^\/history\/(\d{1,9})$/.exec(rest)?.[1];
  if (method === 'GET' || method === 'HEAD') {
    if (rest === '') return readPage;
    if (rest.startsWith('.')) return exportPage(rest.slice(1) as DraftForm);
    if (rest === '/history') return history;
    if (version) return oldVersion(Number(version));
    const [, written, name, number] = /^\/history\/(text-)?([a-z-]+)\/(\d{1,9})$/.exec(rest) ?? [];
    const section = SECTION_KEYS.find((one) => one === name);
    const text = WRITTEN.find((one) => one === name);
    if (!written && section) return sectionVersion(section, Number(number));
    if (written && text) return textVersion(text, Number(number));
  }
  const key = SECTION_KEYS.find((one) => rest === `/edit/${one}`);
  if (editorId === null) return null;
  if (method === 'GET' && key) return editForm(key);
  if (method !== 'POST') return null;
  if (key) return editSubmitted(key);
  const changes = {
    '/check': checkSubmitted,
    '/state': stateSubmitted,
    '/restore': restoreSubmitted,
    '/restore-text': textRestored,
  };
  return changes[rest as keyof typeof changes] ?? null;
}

interface Refused {
  refused: number;
  words: string;
}

async function visitOf(
  parts: DraftParts,
  request: IncomingMessage,
  response: ServerResponse,
  { id, rest }: { id: string; rest: string },
  query: URLSearchParams,
): Promise<Visit | Refused | 'answered'> {
  const { runner, clock, links, limits } = parts;
  const now = clock.now();
  const visitor = links.visitor(id, query, now);
  // A wrong signature and a draft that is not there look the same.
  if (!visitor) return { refused: 404, words: NOT_FOUND };
  if (await limits.link(id, visitor, request, response)) return 'answered';
  if (visitor.kind === 'late') return { refused: 410, words: await lateWords(parts, id) };
  const editorId = visitor.kind === 'editor' ? visitor.userId : null;
  const where = `page ${request.method ?? ''} ${rest || '/'}`.slice(0, 60);
  const read = await runner.store.transaction((tx) =>
    readDraft({ tx, now }, { postmortemId: id, userId: editorId, where }),
  );
  if (!read) {
    if (editorId !== null)
      runner.denied({ teamId: '', userId: editorId, zone: null }, `draft ${id} by an own link`);
    return { refused: 404, words: NOT_FOUND };
  }
  if (read.kind === 'own-link-only') return { refused: 403, words: OWN_ONLY };
  if (read.kind === 'person-unknown') return { refused: 403, words: UNKNOWN_PERSON };
  const { source } = read;
  const { incident } = source.record;
  const byPublishedLink = visitor.kind === 'workspace';
  if (byPublishedLink && source.state !== 'published') return { refused: 403, words: revisedWords(source) };
  const who = { teamId: incident.teamId, userId: editorId ?? '', zone: incident.zone };
  // Who came by a link that ends with the publishing is given no other.
  const shared: Visit['shared'] = (form) => {
    if (incident.private) return null;
    return byPublishedLink ? links.published(id, form) : links.page(id, now, form);
  };
  const publicShared: Visit['publicShared'] = (form) =>
    incident.private || byPublishedLink ? null : links.publicPage(id, now, form);
  const zone = zoneShown(query.get('zone')?.trim() ?? '', read.zone);
  // What is said once of a zone that is none is not said again on every page.
  if (zone.chosen === null) query.delete('zone');
  const href: Visit['href'] = (rest = '') => `/postmortems/${id}${rest}?${query}`;
  return {
    parts,
    request,
    response,
    id,
    source,
    editorId,
    href,
    outsider: visitor.kind === 'outsider',
    publicHref: (form) => publicShared(form) ?? href(`/public${form ? `.${form}` : ''}`),
    publicShared,
    exportHref: (form) => shared(form) ?? href(`.${form}`),
    shared,
    zone,
    run: (work) => act(runner, { who }, work),
    nonce: randomBytes(16).toString('base64'),
    form: async () => {
      const raw = await readBody(request, LARGEST_FORM);
      if (raw !== null) return new URLSearchParams(raw.toString('utf8'));
      // The rest of the body is not read: the connection cannot be used again.
      response.setHeader('connection', 'close');
      throw new Refusal({ code: 'too-long', what: 'form', longest: LARGEST_FORM, length: LARGEST_FORM + 1 });
    },
  };
}

function zoneShown(typed: string, own: string | null): ZoneShown {
  const chosen = zoneNamed(typed) ?? null;
  return { chosen, own, unknown: chosen || typed === '' ? null : typed.slice(0, 60) };
}

/** A link whose time is over still proves that its bearer once had it. */
async function lateWords({ runner }: DraftParts, id: string): Promise<string> {
  const source = await runner.store.transaction((tx) => tx.postmortem({ id }));
  return source?.state === 'published' && !source.record.incident.private ? LATE_PUBLISHED : LATE;
}

/** Whom to ask about a postmortem that was published and is a draft again. */
function revisedWords({ record: { incident, people } }: StoredPostmortem): string {
  const lead = leadOf(incident);
  return `The postmortem of INC-${incident.number} is being revised. This link opens it again once it is published again. Ask ${people[lead] ?? 'its lead'} about it in Slack.`;
}
