import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { DeclareFlag } from '../../incident/arguments.ts';
import type { Milestone } from '../../incident/milestones.ts';
import { errorWords } from '../../log.ts';
import { type ChoiceResult, choose } from '../../usecases/choose.ts';
import { endImpact } from '../../usecases/endImpact.ts';
import { entryOfTeam } from '../../usecases/entries.ts';
import { moveMark } from '../../usecases/moveMark.ts';
import { forForm } from '../../usecases/reads.ts';
import { resolve } from '../../usecases/resolve.ts';
import { retract } from '../../usecases/retract.ts';
import { undoFlag } from '../../usecases/undoFlag.ts';
import { isRefusal, refusalText } from '../errors.ts';
import { plain } from '../mrkdwn.ts';
import { sendTo } from '../post.ts';
import { type Message, message } from '../views/blocks.ts';
import { retractedReply } from '../views/changes.ts';
import { askedReply } from '../views/choice.ts';
import { suspectedReply } from '../views/declaring.ts';
import { notedReply, retimedReply } from '../views/entries.ts';
import { editModal, otherTimeModal, replyModal, retimeModal } from '../views/modals.ts';
import {
  declaredReply,
  impactEndedReply,
  impactReply,
  resolvedReply,
  startUndoneReply,
  undoneReply,
} from '../views/state.ts';
import { type Reader, timeFor } from '../views/words.ts';
import { type Asking, askingOf, type ListenerDeps } from './context.ts';
import { openForm } from './forms.ts';

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** One press of a button: who pressed, what it carries, and a place for the answer. */
export interface Press extends Asking {
  value: string;
  /** What follows the button's own name in its action id. */
  tail: string;
  userId: string;
  args: ButtonArgs;
}

type PressHandler = (press: Press) => Promise<Message | null>;

/** Runs a press and shows its result: in place of the question (`replace`) or as a message of its own. */
export const onPress =
  (replace: boolean, handler: PressHandler) =>
  (deps: ListenerDeps) =>
  async (args: ButtonArgs): Promise<void> => {
    const { ack, body, action } = args;
    await ack();
    const asked = await askingOf(deps, args, body.channel?.id);
    const tail =
      /^(?:choose_time|move_mark|undo_flag|end_impact|postmortem_state)_(.+)$/.exec(action.action_id)?.[1] ??
      '';
    try {
      const reply = await handler({ ...asked, value: action.value ?? '', tail, userId: body.user.id, args });
      if (reply) await say(deps, args, reply, replace && body.container?.is_ephemeral === true);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await say(deps, args, message(refusalText(error.reason)), false);
    }
  };

/** Answers where only the one who pressed sees it: beside the message, in place of the modal, or over the Home. */
async function say(
  { respond }: ListenerDeps,
  { body, client, logger }: ButtonArgs,
  reply: Message,
  replace: boolean,
): Promise<void> {
  const { view } = body;
  if (view) {
    const shown =
      view.type === 'home'
        ? client.views.open({ trigger_id: body.trigger_id, view: replyModal('Debrief', reply) })
        : client.views.update({ view_id: view.id, view: replyModal(view.title.text, reply) });
    await shown.catch((error) => {
      logger.warn(`a reply comes by direct message instead of in a view: ${errorWords(error)}`);
      return sendTo(client, body.user.id, reply);
    });
  }
  // Bolt's own way would call any address, and follow where it leads.
  else if (body.response_url)
    await respond(body.response_url, { ...reply, response_type: 'ephemeral', replace_original: replace });
}

export const choiceReply = (result: ChoiceResult, reader: Reader): Message => {
  switch (result.kind) {
    case 'suspected':
      return suspectedReply(result, reader.names);
    case 'asked':
      return askedReply(result, reader, '');
    case 'noted':
      return notedReply(result, reader);
    case 'retimed':
      return retimedReply(result, reader);
    case 'declared':
      return declaredReply(result, reader);
    case 'resolved':
      return resolvedReply(result, reader);
    case 'impact':
      return impactReply(result, reader);
  }
};

export const timeChosen = onPress(true, async ({ value, run, reader }) => {
  const [choiceId = '', index] = value.split('|');
  return choiceReply(await run((scope) => choose(scope, { choiceId, index: Number(index) })), reader);
});

export const otherTimeWanted = onPress(false, async ({ value, args }) => {
  await openForm(args, otherTimeModal(value));
  return null;
});

export const retimeWanted = onPress(false, async ({ value, run, reader, args }) => {
  const { entry } = await run((scope) => forForm(scope, entryOfTeam(scope, value)));
  const now = timeFor(entry.occurredAt, reader, entry.precision);
  await openForm(args, retimeModal(entry.number, now, entry.id));
  return null;
});

export const editWanted = onPress(false, async ({ value, run, args }) => {
  const { entry } = await run((scope) => forForm(scope, entryOfTeam(scope, value)));
  await openForm(args, editModal(entry.number, plain(entry.text), entry.id));
  return null;
});

export const retractPressed = onPress(false, async ({ value, run }) => {
  const entry = await run(async (scope) => {
    const { incident, entry: found } = await entryOfTeam(scope, value);
    return retract(scope, { ref: { id: incident.id }, number: found.number });
  });
  return retractedReply(entry);
});

// Both tails are ours, written by the views.
export const moveMarkPressed = onPress(false, async ({ value, tail, run, reader }) =>
  notedReply(await run((scope) => moveMark(scope, { entryId: value, milestone: tail as Milestone })), reader),
);

export const undoPressed = onPress(false, async ({ value, tail, run, reader }) => {
  const [incidentId = '', typed = ''] = value.split('|');
  if (tail === 'start') {
    const entry = await run((scope) => retract(scope, { ref: { id: incidentId }, number: Number(typed) }));
    return startUndoneReply(entry);
  }
  const flag = tail as DeclareFlag;
  return undoneReply(await run((scope) => undoFlag(scope, { incidentId, flag, typed })), flag, reader);
});

export const endImpactPressed = onPress(true, async ({ value, run, reader }) => {
  const { entry, incident } = await run((scope) => endImpact(scope, { entryId: value }));
  return impactEndedReply(incident, entry, reader);
});

export const closePressed = onPress(false, async ({ value, run, reader, args }) => {
  const teamId = args.body.team?.id ?? '';
  const done = await run((scope) => resolve(scope, { ref: { teamId, number: Number(value) }, text: '' }));
  return choiceReply(done, reader);
});
