import { createServer, type IncomingHttpHeaders } from 'node:http';

/** A request that the stub bot got. */
export interface Got {
  headers: IncomingHttpHeaders;
  body: string;
  /** The form's fields, or the JSON body. */
  fields: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: payloads are looked into freely by tests
  payload: any;
}

export interface Stub {
  url: string;
  got: Got[];
  /** The events among what it got. */
  events(type: string): Got[];
  /** Decides the answers; 200 without a body at first. */
  answer: (got: Got) => Promise<{ status?: number; body?: unknown; headers?: Record<string, string> }>;
  stop(): Promise<void>;
}

/** A bot that only listens: keeps what Slack sends and answers as it is told. */
export async function startStub(): Promise<Stub> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const json = request.headers['content-type'] === 'application/json';
    const fields = json ? {} : Object.fromEntries(new URLSearchParams(body));
    const entry: Got = {
      headers: request.headers,
      body,
      fields,
      payload: json ? JSON.parse(body) : JSON.parse(fields.payload ?? 'null'),
    };
    got.push(entry);
    const { status = 200, body: answer, headers = {} } = await stub.answer(entry);
    const text = answer === undefined ? '' : typeof answer === 'string' ? answer : JSON.stringify(answer);
    if (!response.destroyed) response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stub: Stub = {
    url: `http://127.0.0.1:${port}/slack/events`,
    got,
    events: (type) => got.filter(({ payload }) => payload?.event?.type === type),
    answer: async () => ({}),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
}
