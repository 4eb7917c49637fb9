import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import type { Logger } from 'pino';
import type { Clock } from '../usecases/ports.ts';
import type { Intake } from './intake.ts';
import { signatureFault } from './signature.ts';

/** Slack's own requests stay far below this. */
const LARGEST_BODY = 1_000_000;

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `POST /slack/events`: verifies the raw bytes, then hands the request to the intake. */
export function createReceiver(parts: {
  secrets: readonly string[];
  intake: Intake;
  clock: Clock;
  logger: Logger;
  /** The raw bytes, or null for more than `largest`. */
  readBody(request: IncomingMessage, largest: number): Promise<Buffer | null>;
}): HttpHandler {
  const { secrets, intake, clock, logger, readBody } = parts;
  return async (request, response) => {
    const raw = await readBody(request, LARGEST_BODY);
    if (raw === null) {
      // The rest of the body is not read: the connection cannot be used again.
      response.setHeader('connection', 'close');
      return answer(response, 413, '');
    }
    const headers = {
      timestamp: header(request, 'x-slack-request-timestamp'),
      signature: header(request, 'x-slack-signature'),
    };
    const fault = signatureFault(secrets, headers, raw, clock.now());
    if (fault) {
      logger.warn({ fault, bytes: raw.length }, 'a request was refused');
      return answer(response, 401, '');
    }
    const body = parseBody(header(request, 'content-type') ?? '', raw);
    if (body === null) {
      logger.warn({ bytes: raw.length }, 'a signed request had no readable body');
      return answer(response, 400, '');
    }
    if (body.ssl_check) return answer(response, 200, '');
    if (body.type === 'url_verification') return answer(response, 200, { challenge: body.challenge });
    const num = Number(header(request, 'x-slack-retry-num'));
    const retry = num > 0 ? { num, reason: header(request, 'x-slack-retry-reason') ?? '' } : undefined;
    const delivered = await intake.deliver(body, retry, () => response.destroyed);
    return answer(response, delivered.status, delivered.answer);
  };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** JSON, or a form whose `payload` is JSON (interactions), or a plain form (commands). Null if it is none of them. */
function parseBody(contentType: string, raw: Buffer): Record<string, unknown> | null {
  const text = raw.toString('utf8');
  try {
    if (contentType.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded') {
      const form = parseForm(text);
      return typeof form.payload === 'string' ? object(JSON.parse(form.payload)) : { ...form };
    }
    return object(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const object = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (typeof body === 'string') {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  } else {
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(body));
  }
}
