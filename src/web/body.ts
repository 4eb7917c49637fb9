import type { IncomingMessage } from 'node:http';

const WITHIN_MS = 10_000;

/** The request's raw bytes; null when they are more than `largest`. Rejects when they come too slowly. */
export function readBody(request: IncomingMessage, largest: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.setTimeout(WITHIN_MS, () => request.destroy(new Error('the body came too slowly')));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
