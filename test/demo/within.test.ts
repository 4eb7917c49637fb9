import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { askWithin } from '../../src/demo/gateway/within.ts';

test('what meets connections that were closed at rest is asked again on a new one, and else fails', async () => {
  const used = new Set<Socket>();
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    // As if the other end had closed it just before.
    if (used.has(request.socket) || request.url === '/never') return void request.socket.destroy();
    used.add(request.socket);
    setTimeout(() => response.end(request.url), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const within = askWithin(typeof address === 'object' && address ? address.port : 0);
  const ask = async (path: string) => (await within.ask(path, { method: 'POST' }, 'body')).body.toString();
  expect(await Promise.all(['/a', '/b', '/c'].map(ask))).toEqual(['/a', '/b', '/c']);
  // Three connections rest, and all of them are closed by now.
  expect(await ask('/d')).toBe('/d');
  expect(asked).toBe(5);
  await expect(within.ask('/never', {})).rejects.toThrow('socket hang up');
  within.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
