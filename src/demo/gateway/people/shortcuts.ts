import { messageEvent } from '../messageEvent.ts';
import { findMessage } from '../messages.ts';
import type { View } from './person.ts';
import { createReply, until } from './reply.ts';
import { failureOf, interact, payloadName } from './requests.ts';
import type { Self } from './self.ts';

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
    channel: { id: channel.id, name: payloadName(channel) },
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
