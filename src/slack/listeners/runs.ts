import { z } from 'zod';
import { captureRun, offerRun } from '../../usecases/offerRun.ts';
import { isRefusal, refusalText } from '../errors.ts';
import { wordsModal } from '../views/modals.ts';
import { runWaitingModal } from '../views/run.ts';
import { askingOf, type ListenerDeps } from './context.ts';
import { onShortcut, openForm } from './forms.ts';
import type { ViewArgs } from './onSubmit.ts';

const TITLE = 'Add several to timeline';

/** Message shortcut "Add several to timeline": a form opens at once, and a step fills it. */
export const runAsked = onShortcut(async (deps, args) => {
  const { channel, message } = args.shortcut;
  const { run } = await askingOf(deps, args, channel.id);
  const opened = await openForm(args, runWaitingModal());
  const viewId = opened.view?.id ?? '';
  const { ts, thread_ts: thread } = message as { ts: string; thread_ts?: string };
  const threadTs = thread !== undefined && thread !== ts ? thread : null;
  try {
    await run((scope) => offerRun(scope, { viewId, channelId: channel.id, ts, threadTs }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await args.client.views.update({ view_id: viewId, view: wordsModal(TITLE, refusalText(error.reason)) });
  }
});

const metadata = z.object({ channelId: z.string(), authors: z.record(z.string(), z.string().nullable()) });

/** Messages were chosen: they are on the timeline, and the form says as which lines. */
export const runSubmitted = (deps: ListenerDeps) => async (args: ViewArgs) => {
  const { ack, view } = args;
  const { run } = await askingOf(deps, args);
  const { channelId, authors } = metadata.parse(JSON.parse(view.private_metadata));
  const options = view.state.values.messages?.messages?.selected_options ?? [];
  const messages = options.map(({ value, text }) => ({
    ts: value,
    authorId: authors[value] ?? null,
    text: text.text,
  }));
  try {
    const noted = await run((scope) => captureRun(scope, { channelId, messages }));
    const lines = noted.map(({ entry }) => `#${entry.number}`).join(', ');
    const words = `On the timeline of INC-${noted[0]?.incident.number}: *${lines}*.`;
    await ack({ response_action: 'update', view: wordsModal(TITLE, words) });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await ack({ response_action: 'update', view: wordsModal(TITLE, refusalText(error.reason)) });
  }
};
