import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import type { ListenerDeps } from '../../src/slack/listeners/context.ts';
import { declareFromMessage } from '../../src/slack/listeners/declaring.ts';

/** Uses the shortcut on a message, and returns what Slack is asked to open. */
async function opened(outsider: boolean): Promise<object> {
  const views: object[] = [];
  const tx = {
    settings: async () => ({ settings: DEFAULT_SETTINGS, version: 0 }),
    nextNumber: async () => 7,
    openIncidents: async () => [],
  };
  const deps = {
    people: { actor: async () => ({ teamId: 'T1', userId: 'U1', zone: null, outsider }) },
    runner: {
      clock: { now: () => 0 },
      denied: () => undefined,
      store: { transaction: (work: (one: typeof tx) => unknown) => work(tx) },
    },
  } as unknown as ListenerDeps;
  const shortcut = {
    trigger_id: 't',
    channel: { id: 'C1' },
    message: { ts: '1.2', user: 'U2', text: '' },
  };
  await declareFromMessage(deps)({
    shortcut,
    ack: async () => undefined,
    context: {},
    body: { ...shortcut, team: { id: 'T1' }, user: { id: 'U1' } },
    client: { views: { open: async (given: object) => void views.push(given) } },
  } as unknown as SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs);
  return views[0] ?? {};
}

it('the shortcut opens the form, and tells a guest that declaring is not theirs', async () => {
  expect(await opened(false)).toMatchObject({ trigger_id: 't', view: { callback_id: 'declare' } });
  const told = await opened(true);
  expect(told).toMatchObject({ trigger_id: 't', view: { title: { text: 'Declare an incident' } } });
  expect(JSON.stringify(told)).toContain('As a guest, or from another workspace, you can read');
});
