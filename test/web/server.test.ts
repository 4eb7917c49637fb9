import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { readBody } from '../../src/web/body.ts';
import { at, createWebServer, type WebServer } from '../../src/web/server.ts';

const logger = pino({ level: 'silent' });
const limits = { headers: 300, request: 600, silence: 900, connections: 3 };
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(): Promise<number> {
  const routes = [
    at('GET', '/', async (_, response) => void response.end('ok')),
    at('GET', '/much', async (_, response) => void response.end(Buffer.alloc(50_000_000))),
    at('POST', '/', async (request, response) => {
      const body = await readBody(request, 1000);
      response.writeHead(body === null ? 413 : 200).end();
    }),
  ];
  const web: WebServer = createWebServer({ port: 0, host: '127.0.0.1', logger, routes, limits });
  const port = await web.start();
  ends.push(() => web.stop());
  return port;
}

/** A client of our own: what it was answered when the connection has ended. */
function client(port: number): { socket: Socket; ended: Promise<string>; bytes(): number } {
  const socket = connect(port, '127.0.0.1');
  ends.push(async () => void socket.destroy());
  let answer = '';
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    answer += chunk.toString('latin1').slice(0, 200);
  });
  socket.on('error', () => undefined);
  return {
    socket,
    ended: new Promise((resolve) => socket.on('close', () => resolve(answer))),
    bytes: () => bytes,
  };
}

const drip = (socket: Socket, text: string): NodeJS.Timeout => {
  const timer = setInterval(() => socket.write(text), 50);
  socket.on('close', () => clearInterval(timer));
  return timer;
};

it('cuts off who sends headers without an end, a letter at a time', async () => {
  const { socket, ended } = client(await started());
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n');
  drip(socket, 'x-a: b\r\n');
  expect(await ended).toMatch(/^HTTP\/1\.1 408/);
});

it('cuts off who sends a body without an end, a letter at a time', async () => {
  const { socket, ended } = client(await started());
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n');
  drip(socket, 'a');
  expect(await ended).not.toMatch(/ 200/);
});

it('cuts off who does not read what they asked for', async () => {
  const port = await started();
  const { socket, ended, bytes } = client(port);
  socket.pause();
  socket.write('GET /much HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  // What had arrived before can be read; the rest was never sent.
  setTimeout(() => socket.resume(), 2500);
  await ended;
  expect(bytes()).toBeLessThan(50_000_000);
});

it('answers a body that is too large, and headers that are, without keeping them', async () => {
  const port = await started();
  const large = client(port);
  large.socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n${'a'.repeat(5000)}`);
  expect(await large.ended).toMatch(/^HTTP\/1\.1 413/);
  const wide = client(port);
  wide.socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n`);
  expect(await wide.ended).toMatch(/^HTTP\/1\.1 431/);
});

it('takes no more connections than it can bear, and others again when some have gone', async () => {
  const port = await started();
  const held = [client(port), client(port), client(port)];
  await Promise.all(held.map(({ socket }) => new Promise((go) => socket.on('connect', go))));
  const ask = async () => {
    const { socket, ended } = client(port);
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    return ended;
  };
  expect(await ask()).toBe('');
  for (const { socket } of held) socket.destroy();
  await expect.poll(ask, { timeout: 60_000 }).toMatch(/ 200 OK/);
});
