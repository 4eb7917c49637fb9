import { Agent, request } from 'node:http';
import { signatureHeaders } from '../src/demo/gateway/signing.ts';

export interface Load {
  url: string;
  secret: string;
  /** Body of the request with this number. */
  body: (number: number) => string;
  /** How long, after a second to warm up. */
  seconds: number;
  atOnce: number;
}

export interface Rate {
  /** Answered 200 in the answer itself, with a text that is right. */
  perSecond: number;
  /** Answered 200 and empty, with the text to follow: it took longer than the bot lets Slack wait. */
  late: number;
}

/** Posts signed forms, so many at once. Any other answer ends it. */
export async function requestsPerSecond(
  { url, secret, body, seconds, atOnce }: Load,
  right: RegExp,
): Promise<Rate> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const begun = performance.now();
  const [from, until] = [begun + 1000, begun + 1000 + seconds * 1000];
  let number = 0;
  let counted = 0;
  let late = 0;
  const worker = async () => {
    while (performance.now() < until) {
      const text = body(number++);
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(text),
        ...signatureHeaders(secret, text, Date.now()),
      };
      const answer = await post(url, agent, headers, text);
      const isLate = answer.status === 200 && answer.body === '';
      if (!isLate && (answer.status !== 200 || !right.test(answer.body)))
        throw new Error(`Answered ${answer.status}: ${answer.body.slice(0, 300)}`);
      const at = performance.now();
      if (at < from || at >= until) continue;
      if (isLate) late++;
      else counted++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
  return { perSecond: counted / seconds, late };
}

function post(
  url: string,
  agent: Agent,
  headers: Record<string, string | number>,
  body: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
