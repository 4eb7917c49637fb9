import type { Incident } from '../../incident/types.ts';
import { conversationWith, postOnce } from '../post.ts';
import { refusedWith, unlessRefused } from '../slackErrors.ts';
import { type Message, message } from '../views/blocks.ts';
import { notSentText } from '../views/refused.ts';
import type { StepDeps } from './types.ts';

/**
 * Posts `view`, which is `what`, to a person or a channel. Where Slack refuses for good, the incident's channel is told,
 * once a step; the refusal is thrown all the same, so that the step is given up and can be taken up again. Where it is
 * the incident's channel that refuses, there is nobody to tell.
 */
export async function postOrSay(
  deps: StepDeps,
  step: Parameters<typeof postOnce>[1],
  { incident, to, what }: { incident: Incident; to: string; what: string },
  view: Message,
): Promise<{ ts: string }> {
  try {
    return { ts: await postOnce(deps, step, await conversationWith(deps.client, to), view) };
  } catch (error) {
    const code = refusedWith(error);
    const { channelId } = incident;
    if (code === null || !channelId || to === channelId) throw error;
    await unlessRefused(
      postOnce(deps, step, channelId, message(notSentText(what, to, code)), 'refused'),
      null,
    );
    throw error;
  }
}
