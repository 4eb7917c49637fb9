import { postOnce } from '../post.ts';
import { message } from '../views/blocks.ts';
import { handoverText, mergedText } from '../views/responding.ts';
import { incidentAndChannel, NO_CHANNEL, reading, type StepHandler } from './types.ts';

/** Tells the channel who has a role now, and who had it before. */
export const tellHandover: StepHandler<'handover'> = async (deps, step) => {
  const { channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  const { role, userId, before } = step.delivery;
  const ts = await postOnce(deps, step, channel, message(handoverText(role, userId, before)));
  return { ts };
};

/** In the channel of a merged incident: where it goes on. In that of the other: what came in. */
export const tellMerged: StepHandler<'merged'> = async (deps, step) => {
  const { channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  const { otherId, moved, here } = step.delivery;
  const { incident: other } = await reading(deps, (tx) => tx.record(otherId));
  const ts = await postOnce(deps, step, channel, message(mergedText(other, moved, here)));
  return { ts };
};
