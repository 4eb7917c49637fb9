import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../usecases/ports.ts';
import type { Runner, Scope } from '../../usecases/scope.ts';
import type { StoredPostmortem } from '../../usecases/types.ts';
import type { PageLimits } from '../limited.ts';
import type { DraftForm, Links } from '../links.ts';
import { refusalPage } from '../page/shell.ts';

export interface DraftParts {
  runner: Runner;
  clock: Clock;
  links: Links;
  limits: Pick<PageLimits, 'link'>;
}

/** One request to a draft's pages, its link checked and the draft read. */
export interface Visit {
  parts: DraftParts;
  request: IncomingMessage;
  response: ServerResponse;
  id: string;
  source: StoredPostmortem;
  /** Who may edit; null: a reader. */
  editorId: string | null;
  /** Whether the link opens the public form only. */
  outsider: boolean;
  /** Address of another page of this draft, with the visitor's own signature. */
  href(rest?: string): string;
  /** Address of an export; of one that may be passed on, where the draft may be. */
  exportHref(form: DraftForm): string;
  /** Address of the public form; of one that may be passed on, where there is one. */
  publicHref(form?: DraftForm): string;
  /** Address of the public form to pass on; null: the visitor has none that opens nothing else. */
  publicShared(form?: DraftForm): string | null;
  /** An address that may be passed on; null: a private incident has none. */
  shared(form?: DraftForm): string | null;
  /** Runs a use case as the editor. */
  run<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  /** Which clock stands beside UTC. */
  zone: ZoneShown;
  nonce: string;
  form(): Promise<URLSearchParams>;
}

/** Zones (IANA): the one chosen on the page, else the visitor's as Slack knows it, else the draft's. */
export interface ZoneShown {
  chosen: string | null;
  own: string | null;
  /** What was typed and is no zone. */
  unknown: string | null;
}

export type Page = (visit: Visit) => Promise<void>;

/** `INC-4: Checkout fails` */
export function incidentOf({ source }: Visit): string {
  const { number, title } = source.record.incident;
  return `INC-${number}: ${title}`;
}

export function sendHtml({ response }: Visit, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}

/** What could not be done, on a page with the way back to the draft. */
export function sendRefusal(visit: Visit, status: number, words: string): void {
  const back = { href: visit.href(), words: incidentOf(visit) };
  sendHtml(visit, refusalPage({ nonce: visit.nonce, back, words }), status);
}

/** After a change: back to a page, by GET. */
export function seeOther({ response }: Visit, href: string): void {
  response.writeHead(303, { location: href }).end();
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
