import { MILESTONES } from '../../incident/milestones.ts';
import { answerNudge, openNudge } from '../../usecases/answerNudge.ts';
import { keepChannel } from '../../usecases/keepChannel.ts';
import { markDone } from '../../usecases/markDone.ts';
import { forForm } from '../../usecases/reads.ts';
import { Refusal } from '../../usecases/refusal.ts';
import { channelKeptText } from '../views/archive.ts';
import { message } from '../views/blocks.ts';
import { dismissedReply, nudgeDoneModal, snoozedReply } from '../views/nudge.ts';
import { onPress } from './actions.ts';
import { openForm } from './forms.ts';
import { onSubmit, question } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

export const snoozePressed = onPress(false, async ({ value, run }) => {
  const { incident } = await run((scope) => answerNudge(scope, { nudgeId: value, answer: 'snoozed' }));
  return snoozedReply(incident);
});

export const dismissPressed = onPress(false, async ({ value, run }) => {
  const { incident } = await run((scope) => answerNudge(scope, { nudgeId: value, answer: 'dismissed' }));
  return dismissedReply(incident);
});

export const keepPressed = onPress(false, async ({ value, run }) =>
  message(channelKeptText(await run((scope) => keepChannel(scope, { ref: { id: value } })))),
);

export const doneWanted = onPress(false, async ({ value, run, reader, args }) => {
  const { missing } = await run((scope) => forForm(scope, openNudge(scope, value)));
  const milestones = MILESTONES.filter((key) => missing.includes(key));
  if (milestones.length === 0) throw new Refusal({ code: 'already', what: 'That milestone is marked' });
  await openForm(args, nudgeDoneModal(value, milestones, reader.names));
  return null;
});

export const doneSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const milestone = MILESTONES.find((key) => key === chosen(args, 'milestone')[0]);
  if (!milestone) throw new Refusal({ code: 'empty', what: 'milestone', example: 'Root cause identified' });
  const text = texts(args).time ?? '';
  const nudgeId = args.view.private_metadata;
  return question(await run((scope) => markDone(scope, { nudgeId, milestone, text })), reader);
});
