import { expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { type ButtonArgs, onPress } from '../../src/slack/listeners/actions.ts';
import type { ListenerDeps } from '../../src/slack/listeners/context.ts';
import { openForm } from '../../src/slack/listeners/forms.ts';
import { button, buttons, message } from '../../src/slack/views/blocks.ts';
import { otherTimeModal } from '../../src/slack/views/modals.ts';
import { Refusal } from '../../src/usecases/refusal.ts';

/** A press of a button in a message; `bolt` is Bolt's own way to answer. */
function press(
  handler: Parameters<typeof onPress>[1],
  user: object = { id: 'U1' },
  { body = {}, ...more }: { body?: object } & object = {},
) {
  const respond = vi.fn(async (_url: string, _reply: object) => undefined);
  const bolt = vi.fn(async () => undefined);
  const tx = { settings: async () => ({ settings: DEFAULT_SETTINGS, version: 0 }) };
  const deps = {
    respond,
    // Slack did not answer in time.
    people: { actor: async () => ({ teamId: 'T1', userId: 'U1', zone: null, outsider: null }) },
    runner: {
      clock: { now: () => 0 },
      store: { transaction: (work: (one: typeof tx) => unknown) => work(tx) },
    },
  } as unknown as ListenerDeps;
  const args = {
    ack: async () => undefined,
    respond: bolt,
    context: {},
    action: { action_id: 'x', value: 'y' },
    body: {
      team: { id: 'T1' },
      user,
      response_url: 'https://hooks.slack.com/actions/T1/1/x',
      container: { is_ephemeral: true },
      ...body,
    },
    ...more,
  } as unknown as ButtonArgs;
  return { respond, bolt, done: onPress(true, handler)(deps)(args) };
}

it.each([
  ['a reply, in place of the question', async () => message('Done'), 'Done', true],
  ['a refusal, beside it', () => Promise.reject(new Refusal({ code: 'answered' })), 'That question', false],
])('a press is answered by our own way, which calls Slack only: %s', async (_, handler, words, replaces) => {
  const { respond, bolt, done } = press(handler);
  await done;
  expect(bolt).not.toHaveBeenCalled();
  expect(respond.mock.calls).toMatchObject([
    [
      'https://hooks.slack.com/actions/T1/1/x',
      { text: expect.stringContaining(words), response_type: 'ephemeral', replace_original: replaces },
    ],
  ]);
});

it.each([
  [{ id: 'U1', team_id: 'T2' }, true],
  [{ id: 'U1', team_id: 'T1' }, null],
  [{ id: 'U1' }, null],
])('a press by %o, of whom Slack has said nothing else: an outsider %s', async (user, outsider) => {
  const { respond, done } = press(
    async ({ run }) => message(JSON.stringify(await run(async ({ who }) => who.outsider))),
    user,
  );
  await done;
  expect(respond.mock.calls[0]?.[1]).toMatchObject({ text: JSON.stringify(outsider) });
});

it('a reply to a press in a form keeps its buttons, and a form that they open lies on top', async () => {
  const calls: [string, object][] = [];
  const call = (name: string) => async (given: object) => void calls.push([name, given]);
  const client = { views: { open: call('open'), push: call('push'), update: call('update') } };
  const reply = message('#4', ...buttons([button('retime_open', 'Change time', 'e4')]));
  const inForm = {
    client,
    body: { trigger_id: 't', view: { id: 'V1', type: 'modal', title: { text: 'INC-7' } } },
  };
  await press(async () => reply, undefined, inForm).done;
  await press(
    async ({ args }) => {
      await openForm(args, otherTimeModal('c'));
      return null;
    },
    undefined,
    inForm,
  ).done;
  expect(calls).toMatchObject([
    ['update', { view_id: 'V1', view: { title: { text: 'INC-7' }, blocks: reply.blocks } }],
    ['push', { trigger_id: 't', view: { callback_id: 'other_time' } }],
  ]);
});

it.each([
  ['a form', { id: 'V1', type: 'modal', title: { text: 'INC-7' } }],
  ['the Home', { id: 'V1', type: 'home' }],
])('a reply to a press in %s that Slack does not show comes by direct message', async (_, view) => {
  const refuse = async () => {
    throw new Error('expired_trigger_id');
  };
  const posted: object[] = [];
  const inView = {
    client: {
      views: { open: refuse, update: refuse },
      conversations: { open: async () => ({ channel: { id: 'D1' } }) },
      chat: { postMessage: async (given: object) => void posted.push(given) },
    },
    logger: { warn: () => undefined },
    body: { trigger_id: 't', view },
  };
  await press(async () => message('You lead INC-7.'), undefined, inView).done;
  expect(posted).toMatchObject([{ channel: 'D1', text: 'You lead INC-7.' }]);
});
