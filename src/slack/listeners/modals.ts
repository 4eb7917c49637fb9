import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MILESTONES, type Milestone } from '../../incident/milestones.ts';
import { captureMessage } from '../../usecases/captureMessage.ts';
import { choose, chooseTyped } from '../../usecases/choose.ts';
import { editEntry } from '../../usecases/editEntry.ts';
import { entryOfTeam } from '../../usecases/entries.ts';
import { messageHere } from '../../usecases/messageHere.ts';
import { Refusal } from '../../usecases/refusal.ts';
import { retime } from '../../usecases/retime.ts';
import type { Scope } from '../../usecases/scope.ts';
import { refusalText } from '../errors.ts';
import { type FetchedMessage, textOf } from '../messageText.ts';
import { clip, plain, relink } from '../mrkdwn.ts';
import { LIMITS } from '../views/blocks.ts';
import { addToTimelineModal, wordsModal } from '../views/modals.ts';
import { askingOf } from './context.ts';
import { onShortcut, openForm } from './forms.ts';
import { onSubmit, question, type ViewArgs } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

const messageMetadata = z.object({
  channelId: z.string(),
  ts: z.string(),
  authorId: z.string().nullable(),
  shown: z.string(),
});

const digest = (text: string): string => createHash('sha256').update(text.trim()).digest('hex').slice(0, 16);

const OWN_WORDS =
  'This is a message of mine that stands for no line of the timeline. Choose what people or other apps wrote.';

/** Message shortcut "Add to timeline": opens the form with the message's text. */
export const addToTimelineAsked = onShortcut(async (deps, args) => {
  const { context } = args;
  const { channel, message } = args.shortcut;
  const { reader, run } = await askingOf(deps, args, channel.id);
  const { incident, entry } = await run((scope) =>
    messageHere(scope, { channelId: channel.id, ts: message.ts }),
  );
  const own = message.user === context.botUserId;
  if (!incident || (own && !entry)) {
    const words = incident ? OWN_WORDS : refusalText({ code: 'no-incident-here' });
    await openForm(args, wordsModal('Add to timeline', words));
    return;
  }
  // Slack's input fields end at 3,000 characters; an unchanged text is fetched whole afterwards.
  const text = clip(plain(entry?.text || textOf(message as FetchedMessage)), LIMITS.input);
  const metadata = {
    channelId: channel.id,
    ts: message.ts,
    authorId: message.user ?? null,
    shown: digest(text),
  };
  const number = entry?.number ?? null;
  await openForm(args, addToTimelineModal(text, JSON.stringify(metadata), number, reader.names));
});

export const addToTimelineSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const metadata = messageMetadata.parse(JSON.parse(args.view.private_metadata));
  const { text = '', time = '' } = texts(args);
  const wanted = chosen(args, 'milestones');
  const milestones = MILESTONES.filter((key): key is Milestone => wanted.includes(key));
  const { channelId, ts, authorId, shown } = metadata;
  const changed = digest(text) !== shown;
  const noted = await run((scope) =>
    captureMessage(scope, { channelId, ts, authorId, text, changed, time, milestones }),
  );
  return question(noted, reader);
});

export const readingSubmitted = onSubmit('reading', async ({ run, reader }, args) => {
  const [index] = chosen(args, 'reading');
  const choiceId = args.view.private_metadata;
  const { another_time: time = '' } = texts(args);
  if (time.trim() !== '')
    return question(await run((scope) => chooseTyped(scope, { choiceId, text: time })), reader);
  if (index === undefined) throw new Refusal({ code: 'empty', what: 'reading', example: '14:05' });
  return question(await run((scope) => choose(scope, { choiceId, index: Number(index) })), reader);
});

export const otherTimeSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const choiceId = args.view.private_metadata;
  const result = await run((scope) => chooseTyped(scope, { choiceId, text: texts(args).time ?? '' }));
  return question(result, reader);
});

export const retimeSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const result = await run(async (scope) =>
    retime(scope, { ...(await lineOf(scope, args)), text: texts(args).time ?? '' }),
  );
  return question(result, reader);
});

export const editSubmitted = onSubmit('text', async ({ run }, args) => {
  await run(async (scope) => {
    const { entry, ...line } = await lineOf(scope, args);
    return editEntry(scope, { ...line, text: relink(entry.text, texts(args).text ?? '') });
  });
  return null;
});

async function lineOf(scope: Scope, args: ViewArgs) {
  const { incident, entry } = await entryOfTeam(scope, args.view.private_metadata);
  return { ref: { id: incident.id }, number: entry.number, entry };
}
