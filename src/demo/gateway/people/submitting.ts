import { isJson, objectOf } from '../types.ts';
import { enteredValue, keepDraft, withState } from './drafts.ts';
import { clientFaults, type Input } from './inputs.ts';
import type { Submitted, View } from './person.ts';
import { failureOf, interact } from './requests.ts';
import type { Self } from './self.ts';

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
