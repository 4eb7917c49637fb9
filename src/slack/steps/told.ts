import { postOnce } from '../post.ts';
import { message } from '../views/blocks.ts';
import { handoverText } from '../views/responding.ts';
import { incidentAndChannel, NO_CHANNEL, type StepHandler } from './types.ts';

/** Tells the channel who has a role now, and who had it before. */
export const tellHandover: StepHandler<'handover'> = async (deps, step) => {
  const { channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  const { role, userId, before } = step.delivery;
  const ts = await postOnce(deps, step, channel, message(handoverText(role, userId, before)));
  return { ts };
};
