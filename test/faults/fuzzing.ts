import { execFileSync } from 'node:child_process';
import { signatureHeaders } from '../../src/demo/gateway/signing.ts';
import { failureText } from '../../src/slack/errors.ts';
import { captured, declare, type } from '../e2e/incident.ts';
import type { Rows } from '../support/rows.ts';
import type { Workspace } from '../support/workspace.ts';
import { type Known, makeBodies, type Wire } from './bodies.ts';
import { random } from './random.ts';

export interface Fuzzed {
  seed: number;
  bodies: number;
  seconds: number;
  /** How many answers had this HTTP status; `none`: no answer. */
  statuses: Record<string, number>;
  slowestMs: number;
  /** The bot's resident memory in MB, at ten moments. */
  memoryMb: number[];
  /** What people may have typed and the bot broke at. */
  broken: string[];
  /** How often a listener failed at the rest, which nobody sends: it is answered, and stores nothing. */
  failures: number;
}

const AT_ONCE = 8;
const PATIENCE_MS = 60_000;

/** A little of a real incident's life, so that what is made up has something to hit and to be made from. */
export async function realLife(space: Workspace<'ana' | 'ben'>, rows: Rows): Promise<Known> {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev2 Fuzzed checkout');
  const said = await ben.say(channel, 'A customer cannot pay');
  await ben.react(channel, said, 'telephone_receiver');
  await captured(ben, channel, 'A customer cannot pay');
  const noted = await type(ana, channel, '/incident note 14:05 Rolled back');
  await ana.press(noted, 'edit_open').catch(() => undefined);
  for (const line of ['timeline', 'list', 'settings', 'detected 14:00', 'update Going on', 'factor No test'])
    await type(ana, channel, `/incident ${line}`);
  const form = await ana.shortcut('add_to_timeline', channel, said);
  await ana.submit(form, {});
  await rows.laneIdle('Fuzzed checkout');
  const ids = await rows.sql<{ id: string }>(
    `SELECT id::text FROM "Incident" UNION ALL SELECT id::text FROM "Entry" UNION ALL SELECT id::text FROM "ActionItem"`,
  );
  const samples = await rows.sql<{ body: Known['samples'][number] }>(`SELECT body FROM "Inbox"`);
  return {
    teamId: space.gateway.workspace.teamId,
    users: [ana.id, ben.id],
    channels: [channel, space.incidents],
    messages: [said],
    ids: ids.map(({ id }) => id),
    samples: samples.map(({ body }) => body),
  };
}

/** Sends so many made-up bodies, signed, eight at once, and says how the bot took them. */
export async function fuzz(
  space: Workspace<'ana' | 'ben'>,
  known: Known,
  { seed, bodies, log }: { seed: number; bodies: number; log(line: string): void },
): Promise<Fuzzed> {
  const make = makeBodies(known, random(seed));
  const statuses: Record<string, number> = {};
  const failed: string[] = [];
  const memoryMb: number[] = [];
  const began = Date.now();
  let slowestMs = 0;
  let sent = 0;
  let failures = 0;
  const note = () => {
    memoryMb.push(residentMb(space.bot.pid));
    log(`${sent} bodies, ${Math.round((Date.now() - began) / 1000)} s, ${memoryMb.at(-1)} MB`);
  };
  const send = async () => {
    while (sent < bodies) {
      sent++;
      if (sent % Math.ceil(bodies / 10) === 0) note();
      const wire = make();
      const at = Date.now();
      const { status, text } = await post(space, wire);
      slowestMs = Math.max(slowestMs, Date.now() - at);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (text.includes(failureText)) {
        failures++;
        if (wire.sound) failed.push(wire.body);
      }
      if (status === 'none' || Number(status) >= 500)
        log(`${status}: ${wire.contentType} ${wire.body.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  note();
  const seconds = Math.round((Date.now() - began) / 1000);
  // No form opens by a made-up trigger: that is Slack's refusal, and no fault.
  const opened = space.gateway.calls.filter(({ method }) => method === 'views.open');
  const triggers = new Set(opened.map(({ args }) => args.trigger_id));
  const broken = failed.filter((body) => !triggers.has(new URLSearchParams(body).get('trigger_id') ?? ''));
  return { seed, bodies, seconds, statuses, slowestMs, memoryMb, broken, failures };
}

async function post(
  { bot, gateway }: Workspace,
  { body, contentType }: Wire,
): Promise<{ status: string; text: string }> {
  const bytes = Buffer.from(body, 'utf8');
  const headers = {
    'content-type': contentType,
    ...signatureHeaders(gateway.signingSecret, bytes.toString('utf8'), Date.now()),
  };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(bot.eventsUrl, { method: 'POST', headers, body: bytes, signal });
    return { status: String(answer.status), text: await answer.text() };
  } catch {
    return { status: 'none', text: '' };
  }
}

const residentMb = (pid: number): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);
