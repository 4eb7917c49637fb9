import { isPerson } from '../../incident/people.ts';
import { callPeople } from '../../usecases/callPeople.ts';
import { missingOf, outlook } from '../../usecases/replan.ts';
import { act, incidentFor } from '../../usecases/scope.ts';
import { conversationWith, postOnce } from '../post.ts';
import { allowing, refusedWith } from '../slackErrors.ts';
import type { Message } from '../views/blocks.ts';
import { nudgeMessage } from '../views/nudge.ts';
import { contactsOf } from './contacts.ts';
import { hears, itself, NOT_TOLD, reading, type StepDeps, type StepHandler } from './types.ts';

async function nudgeState({ clock, ...deps }: StepDeps, incidentId: string, nudgeId: string) {
  return reading({ ...deps, clock }, async (tx) => {
    const { incident, names } = await tx.record(incidentId);
    const nudge = await tx.nudge(nudgeId);
    if (!nudge) throw new Error(`nudge ${nudgeId} is gone`);
    const state = await outlook(tx, incident, clock.now());
    const missing = missingOf(nudge, state);
    const { settings } = await tx.settings(incident.teamId);
    // A drill calls nobody from outside.
    return {
      incident,
      nudge,
      missing,
      policy: state.policy,
      escalation: incident.test ? [] : settings.escalation,
      names,
    };
  });
}

/**
 * Posts a reminder, or renders it anew. One whose matter is settled before it is posted is not. Where Slack takes no
 * direct message to its person, it stands in the channel.
 */
export const showNudge: StepHandler<'nudge'> = async (deps, step) => {
  const state = await nudgeState(deps, step.incidentId, step.delivery.nudgeId);
  const { incident, nudge, missing, escalation } = state;
  if (!(await hears(deps, incident, nudge.to))) return NOT_TOLD;
  const isOpen = missing.length > 0 && !nudge.answer;
  if (!nudge.message && !isOpen) return { skipped: 'settled' };
  const calls = isOpen && nudge.stage === 'escalation' && !isPerson(nudge.to);
  const contacts = calls ? await contactsOf(deps, incident, escalation) : null;
  const diverted = isPerson(nudge.to) && nudge.message?.channelId === incident.channelId;
  const view = nudgeMessage({ ...state, contacts, diverted });
  if (nudge.message) {
    const { channelId: channel, ts } = nudge.message;
    return {
      code: await allowing(
        ['message_not_found'],
        step.write(() => deps.client.chat.update({ channel, ts, ...view })),
      ),
    };
  }
  if (contacts && contacts.called.length > 0)
    await act(deps.runner, { who: itself(incident.teamId) }, async (scope) =>
      callPeople(scope, await incidentFor(scope, { id: incident.id }), nudge, contacts.called),
    );
  const post = async (to: string, message: Message, part?: string) => {
    const channelId = await conversationWith(deps.client, to);
    const ts = await postOnce(deps, step, channelId, message, part);
    await deps.store.transaction((tx) => tx.nudgePosted(nudge.id, { channelId, ts }));
    return { ts };
  };
  try {
    return await post(nudge.to, view);
  } catch (error) {
    const code = refusedWith(error);
    if (code === null || !incident.channelId || !isPerson(nudge.to)) throw error;
    return post(incident.channelId, nudgeMessage({ ...state, contacts, diverted: true }), 'diverted');
  }
};
