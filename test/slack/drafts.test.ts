import { expect, it, vi } from 'vitest';
import { sectionChosen } from '../../src/slack/listeners/drafts.ts';
import { Refusal } from '../../src/usecases/refusal.ts';

it('a section that is chosen after access was lost is refused in words, in place of the form', async () => {
  const refuse = async () => {
    throw new Refusal({ code: 'no-incident-here' });
  };
  const clock = { now: () => 0 };
  const runner = { store: { transaction: refuse }, clock, wake() {}, remind() {}, denied() {} };
  const people = { actor: async () => ({ teamId: 'T1', userId: 'U1', zone: null }) };
  const deps = { runner, clock, people, personalUrl: () => '', ownLinkDays: 30 };
  const ack = vi.fn(async (_answer?: unknown) => undefined);
  const body = { team: { id: 'T1' }, user: { id: 'U1' } };
  const view = { private_metadata: 'x', blocks: [], state: { values: {} }, title: { text: 'Edit' } };
  await sectionChosen(deps as never)({ ack, body, view, client: {}, context: {} } as never);
  expect(JSON.stringify(ack.mock.calls)).toContain('"response_action":"update"');
  expect(JSON.stringify(ack.mock.calls)).toContain('not an incident’s channel');
});
