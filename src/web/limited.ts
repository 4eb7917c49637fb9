import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Visitor } from './links.ts';
import type { Route } from './server.ts';

/** Requests for pages and of their forms, a minute. */
export interface PageRates {
  perAddress: number;
  /** Of a person's own link. One that many may have takes ten times as many. */
  perLink: number;
  /** How many proxies of ours add to `X-Forwarded-For`; 0: nothing that a client sends is believed. */
  proxyHops: number;
}

const FOR_MANY = 10;

/** Counts against limits a minute; null: it may go on. */
type Count = (limits: { key: string; most: number }[]) => Promise<{ afterSeconds: number } | null>;

/** Both answer 429 in words where it is too much, and say so with true. */
export interface PageLimits {
  address(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Of a link whose signature is right. */
  link(id: string, visitor: Visitor, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

export function createPageLimits(count: Count, { perAddress, perLink, proxyHops }: PageRates): PageLimits {
  async function refuse(
    limit: { key: string; most: number },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const exceeded = await count([limit]);
    if (!exceeded) return false;
    const { afterSeconds } = exceeded;
    const kept = request.method === 'POST' ? ' Nothing was stored: go back and send it again then.' : '';
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': String(afterSeconds) };
    // A form's body is not read: the connection cannot be used again.
    if (kept) response.setHeader('connection', 'close');
    response
      .writeHead(429, headers)
      .end(`Too many requests for pages in a minute. Try again in ${afterSeconds} seconds.${kept}\n`);
    return true;
  }
  return {
    async address(request, response) {
      const client = clientOf(request, proxyHops);
      return client !== null && refuse({ key: `address:${client}`, most: perAddress }, request, response);
    },
    link(id, visitor, request, response) {
      const own = visitor.kind === 'editor';
      const key = own ? `link:${id}:${visitor.userId}` : `link:${id}`;
      return refuse({ key, most: own ? perLink : perLink * FOR_MANY }, request, response);
    },
  };
}

/** Routes to pages, each request counted by its client's address. */
export const limitedRoute =
  (routes: readonly Route[], { address }: Pick<PageLimits, 'address'>): Route =>
  async (request, response) => {
    if (!/^\/(?:postmortems|slack)\//.test(request.url ?? '')) return false;
    if (await address(request, response)) return true;
    for (const route of routes) if (await route(request, response)) return true;
    return false;
  };

/**
 * Whose address a request counts for: that of the connection or, behind `hops` proxies, the one that the outermost of
 * them saw. Null: one of an inner network without a proxy that is known of, behind which everybody may be.
 */
export function clientOf(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  hops: number,
): string | null {
  const peer = plainAddress(socket.remoteAddress ?? '');
  if (hops === 0) return isInner(peer) ? null : network(peer);
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const seen = plainAddress(forwarded.at(-hops)?.trim() ?? '');
  return network(isIP(seen) === 0 ? peer : seen);
}

/** IPv4 as IPv4, also where the socket is one of IPv6. */
const plainAddress = (address: string): string => address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');

/** Of IPv6 the first 64 bits: who has one such address has them all. */
function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const zeros = address.includes('::') ? 8 - groups(head).length - groups(tail).length : 0;
  const all = [...groups(head), ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::`;
}

const INNER =
  /^(?:$|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;
const isInner = (address: string): boolean => INNER.test(address);
