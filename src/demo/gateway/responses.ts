import { randomBytes } from 'node:crypto';
import type { ResponsePlace, Responses } from './answers.ts';
import { withIds } from './blocks.ts';
import { blockFaults } from './limits.ts';
import type { Slack } from './slack.ts';
import { isTrue, type Json, listOf, textOf } from './types.ts';

const LIFE = 30 * 60_000;
const USES = 5;

/** `base` is the address of the gateway. */
export function createResponses(slack: () => Slack, base: string): Responses {
  const places = new Map<string, ResponsePlace & { uses: number; expires: number }>();
  return {
    create(kind, place) {
      const { workspace, now } = slack();
      const path = `/${kind}/${workspace.teamId}/${Math.floor(now() / 1000)}/${randomBytes(12).toString('base64url')}`;
      places.set(path, { ...place, uses: 0, expires: now() + LIFE });
      return `${base}${path}`;
    },
    async take(path, body) {
      const place = places.get(path);
      if (!place) return undefined;
      if (place.expires < slack().now()) return refusal('expired_url');
      if (place.uses >= USES) return refusal('used_url');
      place.uses++;
      const error = await answer(slack(), place, body);
      return error ? { status: 500, body: error } : { status: 200, body: 'ok' };
    },
  };
}

/** Shows an answer (of a command, or to a `response_url`); the name of the fault when Slack refuses it. */
export async function answer(slack: Slack, place: ResponsePlace, body: Json): Promise<string | undefined> {
  const { origin, channel, userId } = place;
  if (isTrue(body.delete_original) && origin) {
    if (origin.ephemeral) slack.ephemerals.remove(origin.ts);
    else await slack.perform(slack.bot, 'chat.delete', { channel, ts: origin.ts });
    return undefined;
  }
  const text = textOf(body.text);
  const blocks = listOf(body.blocks);
  if (!text && blocks.length === 0) return 'no_text';
  if (blockFaults(blocks).length > 0) return 'invalid_blocks';
  const content = { text, ...(blocks.length > 0 ? { blocks: withIds(blocks) } : {}) };
  const replace = isTrue(body.replace_original) ? origin : undefined;
  const threadTs = textOf(body.thread_ts) || undefined;
  let ts = replace?.ts ?? slack.emulator.timestamps.next();
  let ephemeral = true;
  if (replace && !replace.ephemeral) {
    await slack.perform(slack.bot, 'chat.update', { channel, ts, ...content });
    ephemeral = false;
  } else if (body.response_type === 'in_channel') {
    const posted = await slack.perform(slack.bot, 'chat.postMessage', {
      channel,
      thread_ts: threadTs,
      ...content,
    });
    if (!posted.ok) return posted.error;
    ts = textOf(posted.ts);
    ephemeral = false;
  } else slack.ephemerals.add({ ts, channel, userId, threadTs, ...content });
  place.onMessage({ ts, channel, ephemeral, threadTs, ...content });
  return undefined;
}

function refusal(error: string): { status: number; body: string } {
  return { status: 404, body: JSON.stringify({ ok: false, error }) };
}
