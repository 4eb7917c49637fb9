import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { ViewsOpenResponse } from '@slack/web-api';
import { errorWords } from '../../log.ts';
import { Refusal } from '../../usecases/refusal.ts';
import { isRefusal, refusalText } from '../errors.ts';
import { verdictOn } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import type { ListenerDeps } from './context.ts';

type Asked = Pick<AllMiddlewareArgs, 'client' | 'logger'> & {
  body: { trigger_id: string; view?: { type: string } | undefined };
};

/**
 * Opens a form; one that is asked for in a form lies on top of it. Throws a `Refusal` where Slack opens none: the
 * reading before it has ended the inbox row, which must not be taken for something stored.
 */
export async function openForm({ client, logger, body }: Asked, view: ModalView): Promise<ViewsOpenResponse> {
  const method = body.view?.type === 'modal' ? 'push' : 'open';
  try {
    return await client.views[method]({ trigger_id: body.trigger_id, view });
  } catch (error) {
    logger.warn(`a form did not open: ${errorWords(error)}`);
    const verdict = verdictOn(error);
    throw new Refusal({ code: 'no-form', slack: 'code' in verdict ? verdict.code : 'unknown' });
  }
}

export type ShortcutArgs = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** Runs a message shortcut; a refusal is said beside the message, where only the one who asked sees it. */
export const onShortcut =
  (handler: (deps: ListenerDeps, args: ShortcutArgs) => Promise<void>) =>
  (deps: ListenerDeps) =>
  async (args: ShortcutArgs): Promise<void> => {
    await args.ack();
    try {
      await handler(deps, args);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const reply = message(refusalText(error.reason));
      await deps.respond(args.shortcut.response_url, {
        ...reply,
        response_type: 'ephemeral',
        replace_original: false,
      });
    }
  };
