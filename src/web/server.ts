import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface WebServer {
  /** Resolves to the port in use. */
  start(): Promise<number>;
  /** Takes no new connection; resolves when the open requests are answered. */
  stop(): Promise<void>;
}

/** How long a client may take, in milliseconds, and how many may be connected. Slower ones are cut off. */
export interface Limits {
  headers: number;
  request: number;
  /** Without a byte in either direction: who does not read what is sent is cut off as well. */
  silence: number;
  connections: number;
}

// Slack waits three seconds for an answer; people's forms are small.
const LIMITS: Limits = { headers: 10_000, request: 30_000, silence: 60_000, connections: 2000 };

const KEPT_OPEN_MS = 75_000;

interface Parts {
  port: number;
  host: string;
  logger: Logger;
  /** Tried in order; the first that returns true has answered. */
  routes: Route[];
  limits?: Limits;
}

/** Sends a request to the route at a path. */
export const at =
  (
    method: string,
    path: string,
    handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  ): Route =>
  async (request, response) => {
    if (request.method !== method || request.url?.split('?')[0] !== path) return false;
    await handler(request, response);
    return true;
  };

export function createWebServer({ port, host, logger, routes, limits = LIMITS }: Parts): WebServer {
  const checked = { connectionsCheckingInterval: Math.min(5000, limits.headers) };
  const server: Server = createServer(checked, (request, response) => {
    const begun = performance.now();
    response.on('finish', () => {
      // The path alone: a query may hold a link's signature.
      const path = request.url?.split('?')[0];
      logger.info(
        {
          method: request.method,
          path,
          status: response.statusCode,
          ms: Math.round(performance.now() - begun),
        },
        'request',
      );
    });
    answer(request, response).catch((err) => {
      logger.error({ err }, 'a request failed');
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'content-type': 'text/plain' })
          .end('Something broke on our side. Please try again.\n');
    });
  });
  server.headersTimeout = limits.headers;
  server.requestTimeout = limits.request;
  server.maxConnections = limits.connections;
  server.setTimeout(limits.silence);
  // A load balancer keeps its connections for a minute. It must be the one that closes them, or it sends into nothing.
  server.keepAliveTimeout = KEPT_OPEN_MS;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const route of routes) if (await route(request, response)) return;
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found.\n');
  }

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
