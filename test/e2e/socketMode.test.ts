import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Bot, startBot } from '../../src/demo/bot.ts';
import { FRESH_CONNECTION } from '../../src/demo/gateway/connection.ts';
import { useWorkspace } from '../support/workspace.ts';
import { eventually } from './incident.ts';

const space = useWorkspace({ people: { ana: 'Europe/Berlin' }, roles: ['worker'] });

/** Slack's two sides of Socket Mode: `apps.connections.open`, and the socket; other methods go to the local Slack. */
async function startSocketSlack() {
  const sockets = new WebSocketServer({ noServer: true });
  const acks = new Map<string, unknown>();
  const late: string[] = [];
  let socket: WebSocket | undefined;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.url?.endsWith('/apps.connections.open')) {
      const { port } = server.address() as AddressInfo;
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
    }
    if (request.url === '/late') {
      late.push(Buffer.concat(chunks).toString());
      return response.end();
    }
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    const method = request.url?.replace(/^\/api\//, '') ?? '';
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
    const answer = await fetch(space.gateway.apiUrl + method, {
      method: request.method ?? 'POST',
      headers: { ...(headers as Record<string, string>), ...FRESH_CONNECTION },
      ...body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    return undefined;
  });
  server.on('upgrade', (request, raw, head) => {
    sockets.handleUpgrade(request, raw, head, (opened) => {
      socket = opened;
      opened.on('message', (data) => {
        const { envelope_id, payload } = JSON.parse(String(data));
        acks.set(envelope_id, payload ?? null);
      });
      opened.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${url}/api/`,
    responseUrl: `${url}/late`,
    /** What came by the response_url: answers that took longer than Slack waits. */
    late,
    connected: () => socket !== undefined,
    /** Sends an envelope and waits for what was acknowledged. */
    async deliver(id: string, type: string, payload: object): Promise<unknown> {
      socket?.send(
        JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' }),
      );
      return (await eventually('acknowledgement', async () => acks.has(id) && { payload: acks.get(id) }))
        .payload;
    },
    stop: () => {
      for (const one of sockets.clients) one.terminate();
      server.close();
    },
  };
}

let bot: Bot | undefined;
let slack: Awaited<ReturnType<typeof startSocketSlack>> | undefined;
afterAll(async () => {
  await bot?.stop();
  slack?.stop();
});

test('Socket Mode: commands are answered in the acknowledgement, events are stored, both once', async () => {
  const { ana } = space.people;
  slack = await startSocketSlack();
  const { SLACK_SIGNING_SECRET: _, ...env } = space.env;
  bot = await startBot({
    env: { ...env, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: slack.apiUrl, ROLE: 'web' },
    log: () => undefined,
  });
  await eventually('connection', async () => slack?.connected());
  const { teamId } = space.gateway.workspace;
  const command = {
    command: '/incident',
    text: 'declare sev2 Search fails',
    team_id: teamId,
    user_id: ana.id,
    channel_id: space.incidents,
    trigger_id: '1.2.3',
    response_url: slack.responseUrl,
  };
  const { late } = slack;
  // The first command of a new process may take longer than Slack waits, or be told to come again.
  let sent = command;
  for (let n = 3; ; n++) {
    const before = late.length;
    const answer = JSON.stringify(await slack.deliver(`one ${n}`, 'slash_commands', sent));
    const said = answer.includes('text')
      ? answer
      : await eventually('late answer', async () => late.slice(before).join('\n') || undefined);
    if (said.includes('is declared')) break;
    expect(said).toContain('was not stored');
    sent = { ...command, trigger_id: `1.2.${n + 1}` };
  }
  expect(await slack.deliver('two', 'slash_commands', sent)).toEqual({});
  const channel = await eventually(
    'channel',
    async () => (await ana.channels()).find(({ name }) => name.startsWith('inc-1-'))?.id,
  );
  const ts = await ana.say(channel, 'The index is gone');
  // It stands in Slack, too: what does not is taken back when the channel is compared with it.
  await ana.react(channel, ts, 'pushpin');
  const event = {
    type: 'reaction_added',
    user: ana.id,
    reaction: 'pushpin',
    item: { type: 'message', channel, ts },
    event_ts: '1795000000.000100',
  };
  await slack.deliver('three', 'events_api', {
    type: 'event_callback',
    team_id: teamId,
    event_id: 'Ev1',
    event_time: 1795000000,
    event,
  });
  await eventually('check mark', async () =>
    (await ana.sees(channel)).some(
      (one) => one.ts === ts && one.reactions.some(({ name }) => name === 'white_check_mark'),
    ),
  );
  let tries = 0;
  await eventually('answer in the acknowledgement', async () => {
    const request = { ...command, text: 'list', trigger_id: `2.2.${++tries}` };
    const list = await slack?.deliver(`list ${tries}`, 'slash_commands', request);
    return JSON.stringify(list).includes('*1 incident* (open)');
  });
});
