import type { Origin } from '../answers.ts';
import type { Pressable } from '../blocks.ts';
import { messageEvent } from '../messageEvent.ts';
import { findMessage } from '../messages.ts';
import type { Json } from '../types.ts';
import { findButton, isView } from './buttons.ts';
import { keepDraft, withState } from './drafts.ts';
import { elementValue, type Input } from './inputs.ts';
import type { Matcher, View } from './person.ts';
import { createReply, type Reply, type SeenMessage } from './reply.ts';
import { failureOf, interact, payloadName } from './requests.ts';
import type { Self } from './self.ts';

/** Presses a button or chooses from a menu. */
export async function press(
  self: Self,
  target: SeenMessage | Reply | View,
  which: Matcher,
  value?: Input,
): Promise<Reply> {
  const { slack, actor } = self;
  const { place, button } = findButton(self, target, which);
  const trigger = slack.views.trigger(actor.userId, isView(place) ? place.id : undefined);
  const reply = createReply(button.label || button.actionId, self.reader, () =>
    slack.views.openedWith(trigger),
  );
  const chosen =
    button.element.type === 'button'
      ? {
          type: 'button',
          text: button.element.text,
          value: button.element.value,
          style: button.element.style,
        }
      : elementValue(button.element, value);
  const action = {
    action_id: button.actionId,
    block_id: button.blockId,
    action_ts: slack.emulator.timestamps.next(),
    ...chosen,
  };
  const payload = { type: 'block_actions', trigger_id: trigger, actions: [action] };
  const delivered = isView(place)
    ? await pressInView(self, place, button, value, payload)
    : await pressInMessage(self, place, reply, payload);
  const error = failureOf(delivered, 'dispatch_failed');
  if (error) reply.failure = `The button failed with the error "${error}"`;
  return reply;
}

async function pressInView(
  self: Self,
  view: View,
  button: Pressable,
  value: Input | undefined,
  payload: Json,
) {
  if (value !== undefined) keepDraft(self, view, { [button.blockId]: value });
  const container = { type: 'view', view_id: view.id };
  return interact(self, { ...payload, container, view: withState(self, view) });
}

async function pressInMessage(
  self: Self,
  message: SeenMessage,
  reply: ReturnType<typeof createReply>,
  payload: Json,
) {
  const { slack, actor } = self;
  const origin: Origin = { ts: message.ts, ephemeral: message.ephemeral };
  const place = { userId: actor.userId, channel: message.channel, origin, onMessage: reply.take.bind(reply) };
  const channel = await self.inChannel(message.channel);
  // What only one person sees is stored nowhere, so its text does not come with the press.
  const stored = message.ephemeral ? undefined : await findMessage(slack, actor, channel.id, message.ts);
  const shown = stored ? { message: { ...messageEvent(slack, stored, channel.id), channel: undefined } } : {};
  return interact(self, {
    ...payload,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: payloadName(channel) },
    ...shown,
    state: { values: {} },
    response_url: slack.responses.create('actions', place),
  });
}
