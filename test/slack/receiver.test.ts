import { createHmac } from 'node:crypto';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delivered } from '../../src/slack/intake.ts';
import { createReceiver } from '../../src/slack/receiver.ts';
import { readBody } from '../../src/web/body.ts';
import { keptLog } from './fakes.ts';

const SECRET = 'a-signing-secret';
const NOW = Date.parse('2026-03-10T12:00:00Z');
const FORM = 'application/x-www-form-urlencoded';

const log = keptLog();
const HUNG_UP = expect.any(Function);
const deliver = vi.fn(async (): Promise<Delivered> => ({ status: 200, answer: { text: 'Stored.' } }));
let server: Server;
let port = 0;
let failures: unknown[] = [];

beforeEach(async () => {
  log.lines.length = 0;
  failures = [];
  deliver.mockClear();
  const intake = { deliver, resume: async () => {}, answerLater: () => {}, drain: async () => {} };
  const handler = createReceiver({
    secrets: ['the secret before', SECRET],
    intake,
    clock: { now: () => NOW },
    logger: log.logger,
    readBody,
  });
  server = createServer((request, response) => {
    handler(request, response).catch((error) => {
      failures.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Sent {
  body: string | Buffer;
  type?: string;
  secret?: string;
  timestamp?: string;
  headers?: Record<string, string>;
  agent?: Agent;
}

function signed({
  body,
  type = 'application/json',
  secret = SECRET,
  timestamp = String(NOW / 1000),
  headers = {},
}: Sent) {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
  return {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
    ...headers,
  };
}

async function send(
  sent: Sent,
): Promise<{ status: number; type: string; text: string; headers: IncomingMessage['headers'] }> {
  return new Promise((resolve, reject) => {
    const options = {
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/slack/events',
      headers: signed(sent),
      agent: sent.agent,
    };
    const outgoing = httpRequest(options, (response) => {
      const parts: string[] = [];
      response.setEncoding('utf8').on('data', (part: string) => void parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          text: parts.join(''),
          headers: response.headers,
        }),
      );
    });
    outgoing.on('error', reject).end(sent.body);
  });
}

const command = { command: '/incident', text: 'note “é” & <b>', team_id: 'T1', user_id: 'U1' };
const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

describe('a request that Slack signed', () => {
  it('as JSON goes to the intake as it is, and its answer back', async () => {
    const answer = await send({ body: JSON.stringify({ type: 'event_callback', n: 1 }) });
    expect(answer).toMatchObject({
      status: 200,
      type: 'application/json; charset=utf-8',
      text: '{"text":"Stored."}',
    });
    expect(deliver).toHaveBeenCalledExactlyOnceWith({ type: 'event_callback', n: 1 }, undefined, HUNG_UP);
  });

  it.each([FORM, `${FORM}; charset=utf-8`, `${FORM.toUpperCase()};charset=UTF-8`])(
    'as a form (%s) is read as a command',
    async (type) => {
      expect((await send({ body: form(command), type })).status).toBe(200);
      expect(deliver).toHaveBeenCalledExactlyOnceWith(command, undefined, HUNG_UP);
    },
  );

  it('with a payload is read as an interaction', async () => {
    const payload = { type: 'block_actions', user: { id: 'U1' } };
    await send({ body: form({ payload: JSON.stringify(payload) }), type: FORM });
    expect(deliver).toHaveBeenCalledExactlyOnceWith(payload, undefined, HUNG_UP);
  });

  it('is known as a retry by its headers', async () => {
    await send({ body: '{}', headers: { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' } });
    expect(deliver).toHaveBeenCalledExactlyOnceWith({}, { num: 2, reason: 'http_timeout' }, HUNG_UP);
  });

  it('may be signed with the secret before', async () => {
    expect((await send({ body: '{}', secret: 'the secret before' })).status).toBe(200);
  });

  it('gets the status and the empty answer of the intake', async () => {
    deliver.mockResolvedValueOnce({ status: 503, answer: '' });
    expect(await send({ body: '{}' })).toMatchObject({ status: 503, text: '' });
  });

  it('asks whether we are there, and leaves no trace', async () => {
    const challenge = { type: 'url_verification', challenge: 'abc' };
    expect(await send({ body: JSON.stringify(challenge) })).toMatchObject({
      status: 200,
      text: '{"challenge":"abc"}',
    });
    expect(await send({ body: form({ ssl_check: '1', token: 'x' }), type: FORM })).toMatchObject({
      status: 200,
      text: '',
    });
    expect(deliver).not.toHaveBeenCalled();
  });
});

describe('a request that is refused', () => {
  const body = form(command);
  const refused = async (sent: Partial<Sent>, status: number) => {
    expect(await send({ body, type: FORM, ...sent })).toMatchObject({ status, text: '' });
    expect(deliver).not.toHaveBeenCalled();
    expect(log.lines).toMatchObject([{ level: 40 }]);
    expect(log.text()).not.toContain('note');
  };

  it.each<[string, Partial<Sent>]>([
    ['signed by another', { secret: 'another' }],
    ['not signed', { headers: { 'x-slack-signature': '' } }],
    ['signed in other signs', { headers: { 'x-slack-signature': `v0=${'é'.repeat(64)}` } }],
    ['signed long ago', { timestamp: String(NOW / 1000 - 301) }],
    ['signed in the future', { timestamp: String(NOW / 1000 + 301) }],
    [
      'signed for another body',
      { headers: { 'x-slack-signature': signed({ body: 'other' })['x-slack-signature'] } },
    ],
  ])('because it is %s: 401', async (_, sent) => {
    await refused(sent, 401);
  });

  it('even where it only asks whether we are there', async () => {
    await refused(
      {
        body: JSON.stringify({ type: 'url_verification', challenge: 'abc' }),
        type: 'application/json',
        secret: 'another',
      },
      401,
    );
  });

  it.each([
    ['broken JSON', '{"type":', 'application/json'],
    ['no body', '', 'application/json'],
    ['null', 'null', 'application/json'],
    ['a list', '[{"type":"event_callback"}]', 'application/json'],
    ['a text', '"note"', 'application/json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'application/json'],
    ['a form said to be JSON', body, 'application/json'],
    ['a payload of null', form({ payload: 'null' }), FORM],
    ['a broken payload', form({ payload: '{' }), FORM],
  ])('because it holds %s: 400', async (_, text, type) => {
    await refused({ body: text, type }, 400);
  });
});

describe('a body that is too large', () => {
  it('is answered, and its connection closed', async () => {
    const seen = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      const parts: string[] = [];
      socket.setEncoding('utf8').on('data', (part: string) => void parts.push(part));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
      );
      socket.on('close', () => resolve(parts.join('')));
      socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n');
      socket.write('x'.repeat(1_100_000));
    });
    expect(seen).toMatch(/^HTTP\/1\.1 413 /);
    expect(seen.toLowerCase()).toContain('connection: close');
    expect(deliver).not.toHaveBeenCalled();
  });

  it('begins above a megabyte', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(999_989) });
    expect(body).toHaveLength(1_000_000);
    expect((await send({ body })).status).toBe(200);
  });
});

describe('a connection', () => {
  it('is used again and again without leaving anything behind', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let n = 0; n < 20; n++) expect((await send({ body: '{}', agent })).status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    agent.destroy();
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it('that breaks off in the middle of a body changes nothing', async () => {
    const socket = connect(port, '127.0.0.1');
    const begun = new Promise((resolve) => server.once('request', resolve));
    socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await begun;
    socket.destroy();
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    expect(deliver).not.toHaveBeenCalled();
  });
});
