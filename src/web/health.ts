import type { IncomingMessage, ServerResponse } from 'node:http';
import { at, type Route } from './server.ts';

/** `/healthz`: the process lives. `/readyz`: it can do its work; otherwise 503 with what is missing. */
export function healthRoutes(
  checks: Record<string, () => Promise<unknown>>,
  /** Added to the answer of `/readyz`, without a say in it. */
  remarks: () => Promise<object> = async () => ({}),
): Route[] {
  const ready = async (_: IncomingMessage, response: ServerResponse) => {
    const missing: string[] = [];
    for (const [name, check] of Object.entries(checks)) {
      await check().catch(() => missing.push(name));
    }
    const status = missing.length === 0 ? 200 : 503;
    const more = await remarks().catch(() => ({}));
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ready: status === 200, missing, ...more }));
  };
  const alive = async (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"alive":true}');
  };
  return [at('GET', '/healthz', alive), at('GET', '/readyz', ready)];
}
