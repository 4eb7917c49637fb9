import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { postReply } from '../../src/slack/respond.ts';

const seen: { url: string; type: string; body: string }[] = [];
let status = 200;
let server: Server;
let origin = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    seen.push({
      url: request.url ?? '',
      type: request.headers['content-type'] ?? '',
      body: Buffer.concat(parts).toString(),
    });
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('ok');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterEach(() => {
  vi.restoreAllMocks();
  seen.length = 0;
  status = 200;
});

describe('a reply', () => {
  it('is posted as JSON where the bot is pointed at', async () => {
    await postReply(`${origin}/commands/1?x=2`, { text: 'Größe' }, `${origin}/api/`);
    expect(seen).toEqual([
      { url: '/commands/1?x=2', type: 'application/json; charset=utf-8', body: '{"text":"Größe"}' },
    ]);
  });

  it('goes to another name of the same machine', async () => {
    await postReply(`${origin}/1`, {}, 'http://localhost:1/api/');
    await postReply(`${origin}/2`, {}, 'http://[::1]/api/');
    expect(seen.map(({ url }) => url)).toEqual(['/1', '/2']);
  });

  it('goes to Slack', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('ok'));
    await postReply('https://hooks.slack.com/commands/T1/1/x', {}, null);
    expect(String(fetched.mock.calls[0]?.[0])).toBe('https://hooks.slack.com/commands/T1/1/x');
  });

  it.each([
    'https://hooks.slack.com.evil.example/x',
    'https://evil.example/hooks.slack.com',
    'https://hooks.slack.com@evil.example/',
    'http://hooks.slack.com/x',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:6379/',
    'file:///etc/passwd',
    'not an address',
  ])('goes nowhere else: %s', async (url) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    await expect(postReply(url, {}, null)).rejects.toThrow();
    await expect(postReply(url, {}, 'https://slack.example.com/api/')).rejects.toThrow();
    expect(fetched).not.toHaveBeenCalled();
  });

  it('that is not taken is a fault', async () => {
    status = 404;
    await expect(postReply(`${origin}/1`, {}, origin)).rejects.toThrow('the response_url answered 404');
  });

  it('is not sent on to another address', async () => {
    status = 302;
    await expect(postReply(`${origin}/1`, {}, origin)).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });
});
