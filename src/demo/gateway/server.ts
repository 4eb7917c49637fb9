import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RecordedCall } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import { access, holder, type LocalApp, revoke } from './oauth.ts';
import type { Slack } from './slack.ts';
import { type Answer, isJson, type Json, textOf } from './types.ts';

/** A running HTTP server on loopback. */
export interface RunningServer {
  url: string;
  stop(): Promise<void>;
}

/** Listens on loopback; 0 takes any free port. The handler is set later, when the address is known. */
export async function listen(port: number): Promise<RunningServer & { server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    server,
    url: `http://127.0.0.1:${actual}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the gateway's address serves: the Web API, response URLs, files, and the emulator's inspector. */
export function serve(
  server: Server,
  slack: Slack,
  app: LocalApp,
  faults: Faults,
  calls: RecordedCall[],
): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response, slack, app, faults, calls).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, String(error), 'text/plain');
    });
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
  app: LocalApp,
  faults: Faults,
  calls: RecordedCall[],
): Promise<void> {
  const url = new URL(request.url ?? '/', slack.baseUrl);
  const body = await bodyOf(request);
  const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
  const uploads = url.pathname.startsWith('/upload/');
  if (method || uploads) {
    const { token, ...args } = method ? argumentsOf(url, body, textOf(request.headers['content-type'])) : {};
    const call: RecordedCall = { method: method ?? 'upload', args: withoutSecrets(args), at: slack.now() };
    calls.push(call);
    const fault = faults.take(call.method);
    call.fault = fault;
    if (fault && (await interfere(fault, call, response))) return;
    if (uploads) {
      call.ok = true;
      return forward(request, body, response, slack);
    }
    const answer = await answerTo(request, { ...args, token }, app, call);
    call.ok = answer.ok;
    call.error = answer.error;
    if (fault?.resetAfterAccept) request.socket.destroy();
    else send(response, 200, JSON.stringify(answer), 'application/json; charset=utf-8');
    return;
  }
  if (/^\/(commands|actions)\//.test(url.pathname)) {
    const call: RecordedCall = { method: 'response_url', args: parsed(body), at: slack.now() };
    calls.push(call);
    call.fault = faults.take(call.method);
    if (call.fault && (await interfere(call.fault, call, response))) return;
    call.ok = true;
  }
  const answered =
    request.method === 'POST' ? await slack.responses.take(url.pathname, parsed(body)) : undefined;
  if (answered) return send(response, answered.status, answered.body, 'text/plain');
  if (url.pathname.startsWith('/archives/')) {
    const [channel = ''] = url.pathname.split('/').slice(2);
    response.writeHead(302, { location: `/?tab=messages&channel=${encodeURIComponent(channel)}` }).end();
    return;
  }
  return forward(request, body, response, slack);
}

/** True when the fault is all that the caller gets. */
async function interfere(fault: Fault, call: RecordedCall, response: ServerResponse): Promise<boolean> {
  if (fault.hang === true) return true;
  if (typeof fault.hang === 'number') await new Promise((resolve) => setTimeout(resolve, Number(fault.hang)));
  if (fault.retryAfter !== undefined) {
    call.error = 'ratelimited';
    response.setHeader('retry-after', String(fault.retryAfter));
    send(response, 429, JSON.stringify({ ok: false, error: 'ratelimited' }), 'application/json');
  } else if (fault.status !== undefined) send(response, fault.status, 'upstream error', 'text/html');
  else if (fault.error)
    send(response, 200, JSON.stringify({ ok: false, error: fault.error }), 'application/json');
  else return false;
  call.ok = false;
  call.error ??= fault.error ?? `http ${fault.status}`;
  return true;
}

async function answerTo(
  request: IncomingMessage,
  { token, ...args }: Json,
  app: LocalApp,
  call: RecordedCall,
): Promise<Answer> {
  const authorization = textOf(request.headers.authorization);
  const given = /^Bearer\s+(.+)$/i.exec(authorization)?.[1] ?? textOf(token);
  if (call.method === 'api.test') return { ok: true, args: call.args };
  if (call.method === 'oauth.v2.access') return access(app, args, authorization);
  if (!given) return { ok: false, error: 'not_authed' };
  const slack = holder(app, given);
  if (typeof slack === 'string') return { ok: false, error: slack };
  call.teamId = slack.workspace.teamId;
  return call.method === 'auth.revoke' ? revoke(app, given) : slack.perform(slack.bot, call.method, args);
}

const SECRETS = new Set(['client_secret', 'code', 'refresh_token']);
const withoutSecrets = (args: Json): Json =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !SECRETS.has(name)));

function argumentsOf(url: URL, body: Buffer, type: string): Json {
  const query = Object.fromEntries(url.searchParams);
  return {
    ...query,
    ...(type.includes('json') ? parsed(body) : Object.fromEntries(new URLSearchParams(body.toString()))),
  };
}

function parsed(body: Buffer): Json {
  try {
    const value: unknown = JSON.parse(body.toString('utf8') || '{}');
    return isJson(value) ? value : {};
  } catch {
    return { text: body.toString('utf8') }; // Slack takes it for no arguments, or an answer of plain text.
  }
}

async function forward(
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  slack: Slack,
): Promise<void> {
  const headers: Record<string, string> = {};
  const type = request.headers['content-type'];
  if (type) headers['content-type'] = type;
  // Other tokens than the bot's are nobody's.
  const own = request.headers.authorization === `Bearer ${slack.bot.token}`;
  if (own) headers.authorization = `Bearer ${slack.emulator.session(slack.bot.token)}`;
  const method = request.method ?? 'GET';
  const sent = method === 'GET' || method === 'HEAD' ? undefined : body;
  const answer = await slack.emulator.ask(request.url ?? '/', { method, headers }, sent);
  response
    .writeHead(answer.status, { 'content-type': answer.headers['content-type'] ?? 'text/plain' })
    .end(answer.body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: string, type: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
