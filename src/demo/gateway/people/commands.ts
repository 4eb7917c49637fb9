import { messageEvent } from '../announcements.ts';
import { type Delivered, FORM, formBody } from '../delivery.ts';
import { findMessage } from '../messages.ts';
import { answer } from '../responses.ts';
import { type Channel, isJson, type Json } from '../types.ts';
import type { Self } from './create.ts';
import type { View } from './person.ts';
import { createReply, type OpenReply, type Reply, until } from './reply.ts';

/** Types a slash command, as with "escape channels, users, and links" switched on. */
export async function command(self: Self, nameOrId: string, line: string, wait = 10_000): Promise<Reply> {
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
    channel_name: channel.is_im ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name,
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

/** Uses a message shortcut and waits for its modal. */
export async function shortcut(self: Self, callbackId: string, nameOrId: string, ts: string): Promise<View> {
  const { slack, actor } = self;
  const channel = await self.inChannel(nameOrId);
  const message = await findMessage(slack, actor, channel.id, ts);
  if (!message) throw new Error(`No message ${ts} in ${channel.name}`);
  const trigger = slack.views.trigger(actor.userId);
  const { channel: _, event_ts: __, ...shown } = messageEvent(slack, message, channel.id);
  const reply = createReply(callbackId, self.reader, () => slack.views.openedWith(trigger));
  const place = { userId: actor.userId, channel: channel.id, onMessage: reply.take.bind(reply) };
  const delivered = await interact(self, {
    type: 'message_action',
    action_ts: slack.emulator.timestamps.next(),
    channel: { id: channel.id, name: channel.is_private ? 'privategroup' : channel.name },
    callback_id: callbackId,
    trigger_id: trigger,
    response_url: slack.responses.create('actions', place),
    message_ts: ts,
    message: shown,
  });
  const error = failureOf(delivered, 'dispatch_failed');
  if (error) throw new Error(`The shortcut ${callbackId} failed with the error "${error}"`);
  await until(() => reply.hasSomething(), 5000);
  if (reply.view) return reply.view;
  throw new Error(`The shortcut ${callbackId} opened no modal; ${reply.text || 'nothing was answered'}`);
}

/** Posts an interaction with the fields that all of them have. */
export function interact(self: Self, payload: Json): Promise<Delivered> {
  const { workspace, delivery } = self.slack;
  const { userId } = self.actor;
  const { name } = self.profile;
  const common = {
    token: workspace.verificationToken,
    team: { id: workspace.teamId, domain: workspace.teamDomain },
    user: { id: userId, username: name, name, team_id: workspace.teamId },
    api_app_id: workspace.appId,
    enterprise: null,
    is_enterprise_install: false,
  };
  return delivery.post(formBody({ payload: JSON.stringify({ ...common, ...payload }) }), FORM);
}

/** Slack's name for what went wrong with a request to the bot. */
export function failureOf(delivered: Delivered, otherwise: string): string | undefined {
  if (!delivered.failure) return undefined;
  if (delivered.failure === 'http_timeout') return 'operation_timeout';
  return delivered.failure === 'http_error' ? `http_service_error: ${delivered.status}` : otherwise;
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
