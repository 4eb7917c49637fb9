import { type Delivered, FORM, formBody } from '../delivery.ts';
import { answer } from '../responses.ts';
import { type Channel, isJson } from '../types.ts';
import { createReply, type OpenReply, type Reply, until } from './reply.ts';
import { failureOf, payloadName } from './requests.ts';
import type { Self } from './self.ts';

/** Types a slash command, as with "escape channels, users, and links" switched on. */
export async function command(self: Self, nameOrId: string, line: string, wait = 30_000): Promise<Reply> {
  const { slack, actor, profile } = self;
  const [, name = '', typed = ''] = /^\s*(\/\S+)\s*([\s\S]*?)\s*$/.exec(line) ?? [];
  if (!name) throw new Error(`"${line}" is no slash command`);
  const channel = await self.inChannel(nameOrId);
  const trigger = slack.views.trigger(actor.userId);
  const reply = createReply(line, self.reader, () => slack.views.openedWith(trigger));
  const place = { userId: actor.userId, channel: channel.id, onMessage: reply.take.bind(reply) };
  const { workspace } = slack;
  const body = formBody({
    token: workspace.verificationToken,
    team_id: workspace.teamId,
    team_domain: workspace.teamDomain,
    channel_id: channel.id,
    channel_name: payloadName(channel),
    user_id: actor.userId,
    user_name: profile.name,
    command: name,
    text: await self.encode(typed, true),
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: slack.responses.create('commands', place),
    trigger_id: trigger,
  });
  const delivered = await slack.delivery.post(body, FORM);
  const error = failureOf(delivered, 'dispatch_failed') ?? (await answerOf(self, delivered, channel, reply));
  if (error) fail(self, reply, channel.id, `${name} failed with the error "${error}"`);
  await until(() => reply.hasSomething(), wait);
  return reply;
}

/** Shows the answer to a command in the HTTP response: plain text, or a message in JSON. */
async function answerOf(
  self: Self,
  { body }: Delivered,
  channel: Channel,
  reply: OpenReply,
): Promise<string | undefined> {
  if (!body.trim()) return undefined;
  const place = { userId: self.actor.userId, channel: channel.id, onMessage: reply.take.bind(reply) };
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    message = { text: body }; // Not JSON: the text itself is the answer.
  }
  return answer(self.slack, place, isJson(message) ? message : { text: body });
}

function fail(self: Self, reply: OpenReply, channel: string, text: string): void {
  reply.failure = text;
  const ts = self.slack.emulator.timestamps.next();
  self.slack.ephemerals.add({ ts, channel, userId: self.actor.userId, text, fromSlack: true });
}
