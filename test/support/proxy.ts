import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut. */
export interface Passage {
  port: number;
  /** Breaks what is connected and refuses the rest. */
  cut(): void;
  /** Takes connections and bytes, and passes nothing on. */
  silence(): void;
  /** As a firewall that forgets: what is connected stays so and hears no more; new connections pass. */
  forget(): void;
  /** Each answer waits so many milliseconds on its way back. */
  slow(ms: number): void;
  mend(): void;
  /** Bytes that the server has answered so far. */
  answered(): number;
  /** New connections go to that port of this machine; the others stay where they are. */
  leadTo(port: number): void;
  stop(): Promise<void>;
}

/** Stands on loopback in front of the server at that address. */
export async function startPassage(target: { host: string; port: number }): Promise<Passage> {
  let state: 'open' | 'cut' | 'silent' = 'open';
  let delayMs = 0;
  let answered = 0;
  let { port } = target;
  const sockets = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect({ host: target.host, port });
    for (const socket of [near, far]) {
      sockets.add(socket);
      // A broken connection is what this is for.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const passes = () => state === 'open' && !forgotten.has(near);
    near.on('data', (bytes) => passes() && far.write(bytes));
    far.on('data', (bytes) => {
      answered += bytes.length;
      if (!passes()) return;
      if (delayMs === 0) return void near.write(bytes);
      far.pause();
      setTimeout(() => {
        near.write(bytes);
        far.resume();
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut() {
      state = 'cut';
      drop();
    },
    silence() {
      state = 'silent';
    },
    forget() {
      for (const socket of sockets) forgotten.add(socket);
    },
    slow(ms) {
      delayMs = ms;
    },
    mend() {
      // What was swallowed is gone: nobody may go on with such a connection.
      if (state === 'silent') drop();
      state = 'open';
      delayMs = 0;
    },
    answered: () => answered,
    leadTo(other) {
      port = other;
    },
    async stop() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same address by way of a proxy. */
export async function proxied(url: string): Promise<{ url: string; proxy: Passage }> {
  const parsed = new URL(url);
  const host = parsed.hostname || '127.0.0.1';
  const standard = parsed.protocol.startsWith('postgres') ? 5432 : 6379;
  const proxy = await startPassage({ host, port: Number(parsed.port) || standard });
  parsed.hostname = '127.0.0.1';
  parsed.port = String(proxy.port);
  return { url: parsed.toString(), proxy };
}
