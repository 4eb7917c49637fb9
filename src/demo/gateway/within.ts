import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';

export interface WithinAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks a server of this process, with its own connections. Rejects where it does not answer. */
export interface Within {
  ask(path: string, options: RequestOptions, body?: string | Buffer): Promise<WithinAnswer>;
  stop(): void;
}

/** Connections are used again: there are hundreds of requests in a replay, and `fetch` costs several times as much. */
export function askWithin(port: number): Within {
  const agent = new Agent({ keepAlive: true });
  let stopped = false;
  const once = (path: string, options: RequestOptions, body?: string | Buffer, own: Agent | false = agent) =>
    new Promise<WithinAnswer>((resolve, reject) => {
      const sent = request({ ...options, host: '127.0.0.1', port, path, agent: own }, async (response) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body: Buffer.concat(chunks) });
        } catch (error) {
          reject(error);
        }
      });
      sent.on('error', (error) => reject(Object.assign(error, { reused: sent.reusedSocket })));
      sent.end(body);
    });
  return {
    ask: (path, options, body) =>
      once(path, options, body).catch((error) => {
        // The other end had just closed a connection that rested too long: it has read nothing of this. So may others be.
        if (error.reused && error.code === 'ECONNRESET' && !stopped) return once(path, options, body, false);
        throw error;
      }),
    stop() {
      stopped = true;
      agent.destroy();
    },
  };
}
