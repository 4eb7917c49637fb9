import { messageEvent } from '../announcements.ts';
import { type Pressable, pressables } from '../blocks.ts';
import { findMessage } from '../messages.ts';
import type { Origin } from '../responses.ts';
import { isJson, type Json, objectOf, textOf } from '../types.ts';
import { failureOf, interact } from './commands.ts';
import type { Self } from './create.ts';
import { clientFaults, elementValue, type Input, inputElements } from './inputs.ts';
import type { Matcher, Submitted, View } from './person.ts';
import { createReply, type Reply, type SeenMessage } from './reply.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Submits a modal after filling in some of it. */
export async function submit(self: Self, view: View, values: Record<string, Input>): Promise<Submitted> {
  const { slack, actor } = self;
  const current = slack.views.get(view.id);
  if (!current) throw new Error('The modal is closed already.');
  keepDraft(self, current, values);
  const faults = clientFaults(current.blocks, (block, element) =>
    enteredValue(self, current, block, element),
  );
  if (Object.keys(faults).length > 0) return { kind: 'errors', errors: faults, byClient: true };
  const delivered = await interact(self, {
    type: 'view_submission',
    trigger_id: slack.views.trigger(actor.userId, current.id),
    view: withState(self, current),
    response_urls: [],
  });
  const failure = failureOf(delivered, TROUBLE);
  if (failure)
    return { kind: 'failed', failure: failure === 'operation_timeout' ? `${TROUBLE} (${failure})` : failure };
  const answer = objectOf(delivered.body) ?? {};
  switch (answer.response_action) {
    case 'errors': {
      const errors = isJson(answer.errors) ? answer.errors : {};
      return { kind: 'errors', errors: errors as Record<string, string>, byClient: false };
    }
    case 'update':
    case 'push': {
      const given = isJson(answer.view) ? answer.view : {};
      const updates = answer.response_action === 'update';
      const next = updates ? slack.views.replace(current.id, given) : slack.views.push(actor.userId, given);
      if (Array.isArray(next)) return { kind: 'failed', failure: `${TROUBLE} (${next.join('; ')})` };
      return updates ? { kind: 'updated', view: next } : { kind: 'pushed', view: next };
    }
    case 'clear':
      slack.views.close(actor.userId, true);
      return { kind: 'cleared' };
    default:
      slack.views.close(actor.userId);
      return { kind: 'closed' };
  }
}

/** Closes a modal; the bot is told when it asked for that. */
export async function closeView(self: Self, view: View): Promise<void> {
  const current = self.slack.views.get(view.id);
  self.slack.views.close(self.actor.userId);
  if (!current?.notify_on_close) return;
  await interact(self, { type: 'view_closed', view: withState(self, current), is_cleared: false });
}

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
    channel: {
      id: channel.id,
      name: channel.is_im ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name,
    },
    ...shown,
    state: { values: {} },
    response_url: slack.responses.create('actions', place),
  });
}

function findButton(
  self: Self,
  target: SeenMessage | Reply | View,
  which: Matcher,
): { place: SeenMessage | View; button: Pressable } {
  const places = placesOf(self, target);
  for (const place of places) {
    const button = pressables(place.blocks).find((candidate) => matches(candidate, which));
    if (button) return { place, button };
  }
  const there = places
    .flatMap((place) => pressables(place.blocks))
    .map(({ label, actionId }) => `${label} (${actionId})`);
  throw new Error(`No button ${String(which)}; there are: ${there.join(', ') || 'none'}`);
}

/** Where to look: the newest answer first. */
function placesOf(self: Self, target: SeenMessage | Reply | View): (SeenMessage | View)[] {
  if (isView(target)) return [self.slack.views.get(target.id) ?? target];
  if (!isReply(target)) return [target];
  return [...[...target.messages].reverse(), ...(target.view ? [target.view] : [])];
}

function isView(place: SeenMessage | Reply | View): place is View {
  return 'callback_id' in place;
}

function isReply(place: SeenMessage | Reply): place is Reply {
  return 'asked' in place;
}

function matches(button: Pressable, which: Matcher): boolean {
  if (typeof which === 'function') return which(button);
  if (which instanceof RegExp) return which.test(button.actionId) || which.test(button.label);
  return button.actionId === which || button.label === which;
}

function keepDraft(self: Self, view: View, values: Record<string, Input>): void {
  const known = inputElements(view.blocks).flatMap(({ block, element }) => [
    block.block_id,
    element.action_id,
  ]);
  const strange = Object.keys(values).filter((key) => !known.includes(key));
  if (strange.length > 0)
    throw new Error(`The modal has no field ${strange.join(', ')}; it has: ${known.join(', ')}`);
  self.drafts.set(view.id, { ...self.drafts.get(view.id), ...values });
}

function enteredValue(self: Self, view: View, block: Json, element: Json): Json {
  const draft = self.drafts.get(view.id) ?? {};
  const input = draft[textOf(block.block_id)] ?? draft[textOf(element.action_id)];
  const emptied =
    Object.hasOwn(draft, textOf(block.block_id)) || Object.hasOwn(draft, textOf(element.action_id));
  return elementValue(element, (input ?? (emptied ? null : undefined)) as Input | undefined);
}

/** The view as its payloads carry it: with what has been entered. */
function withState(self: Self, view: View): Json {
  const values: Record<string, Json> = {};
  for (const { block, element } of inputElements(view.blocks)) {
    const id = textOf(block.block_id);
    values[id] = { ...values[id], [textOf(element.action_id)]: enteredValue(self, view, block, element) };
  }
  return { ...view, state: { values } };
}
