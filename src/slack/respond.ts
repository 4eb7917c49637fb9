const SLACK_HOST = 'hooks.slack.com';
const WITHIN_MS = 10_000;

/**
 * Posts a reply to a response_url. Only Slack's own host is called, or the host that the bot is pointed at
 * (`apiUrl`); other addresses are refused. Throws when the host does not take it.
 */
export async function postReply(url: string, reply: object, apiUrl: string | null): Promise<void> {
  const target = new URL(url);
  const own = apiUrl !== null && sameMachine(new URL(apiUrl).hostname, target.hostname);
  if (!own && !(target.protocol === 'https:' && target.hostname === SLACK_HOST)) {
    throw new Error('a response_url of another host was refused');
  }
  const answer = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(reply),
    redirect: 'error',
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the response_url answered ${answer.status}`);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const sameMachine = (a: string, b: string): boolean => a === b || (LOOPBACK.has(a) && LOOPBACK.has(b));
