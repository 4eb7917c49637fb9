import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Suspected } from '../../usecases/alike.ts';
import type { ChoiceResult } from '../../usecases/choose.ts';
import type { Reason } from '../../usecases/refusal.ts';
import type { Asked } from '../../usecases/times.ts';
import { isRefusal, refusalReply, refusalText } from '../errors.ts';
import { plain } from '../mrkdwn.ts';
import { readingModal } from '../views/choice.ts';
import { suspectedModal } from '../views/declaring.ts';
import { notedModal } from '../views/entries.ts';
import { wordsModal } from '../views/modals.ts';
import { resolvedReply } from '../views/state.ts';
import type { Reader } from '../views/words.ts';
import { type Asking, askingOf, type ListenerDeps } from './context.ts';
import { texts } from './submissions.ts';

export type ViewArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Null: all is done, the modal closes; `clear`: with all that is under it; `view`: comes in its place. */
export type Submitted = Asked | Suspected | { view: ModalView } | 'clear' | null;

/** What is left to ask, or to say, of a result that the channel does not show. */
export function question(result: ChoiceResult, reader: Reader): Submitted {
  switch (result.kind) {
    case 'asked':
    case 'suspected':
      return result;
    case 'noted': {
      const view = notedModal(result, reader.names);
      return view && { view };
    }
    case 'resolved':
      return result.held
        ? { view: wordsModal(`INC-${result.incident.number}`, resolvedReply(result, reader).text) }
        : null;
    case 'retimed':
    case 'declared':
    case 'impact':
      return null;
  }
}

/** Runs a submission: closes the modal, or asks what is left to ask, or says what was refused. */
export const onSubmit =
  (field: string, work: (asked: Asking & { userId: string }, args: ViewArgs) => Promise<Submitted>) =>
  (deps: ListenerDeps) =>
  async (args: ViewArgs): Promise<void> => {
    const { ack, body } = args;
    const asked = await askingOf(deps, args);
    try {
      await answer(args, await work({ ...asked, userId: body.user.id }, args), asked.reader);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const block = fieldOf(error.reason, field);
      if (args.view.blocks.some((one) => one.block_id === block)) {
        await ack({ response_action: 'errors', errors: { [block]: plain(refusalText(error.reason)) } });
        return;
      }
      // Not about a field: said in full, with what was typed.
      const typed = Object.values(texts(args)).filter(Boolean).join('\n');
      const view = wordsModal(args.view.title.text, refusalReply(error, typed));
      await ack({ response_action: 'update', view });
    }
  };

function answer({ ack }: ViewArgs, done: Submitted, reader: Reader): Promise<void> {
  if (done === null) return ack();
  if (done === 'clear') return ack({ response_action: 'clear' });
  if ('view' in done) return ack({ response_action: 'update', view: done.view });
  return done.kind === 'asked'
    ? ack({ response_action: 'update', view: readingModal(done, reader) })
    : ack({ response_action: 'push', view: suspectedModal(done, reader.names) });
}

const OF_A_FIELD: readonly Reason['code'][] = ['empty', 'too-long', 'too-many'];

/** The block that a refusal is about; empty where it is about no field. */
function fieldOf(reason: Reason, field: string): string {
  if (reason.code === 'time' || reason.code === 'no-zone') return field;
  return 'what' in reason && OF_A_FIELD.includes(reason.code) ? reason.what : '';
}
