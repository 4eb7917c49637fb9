import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs, ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { parseNames } from '../../incident/arguments.ts';
import { SEVERITIES } from '../../incident/types.ts';
import { type Declared, declare } from '../../usecases/declare.ts';
import { declareAnyway } from '../../usecases/declareAnyway.ts';
import { join } from '../../usecases/join.ts';
import { previewDeclare } from '../../usecases/previewDeclare.ts';
import { isRefusal, refusalText } from '../errors.ts';
import { clip, plain } from '../mrkdwn.ts';
import { allowing } from '../slackErrors.ts';
import { declareModal, joinedReply } from '../views/declaring.ts';
import { wordsModal } from '../views/modals.ts';
import { declaredReply } from '../views/state.ts';
import { onPress } from './actions.ts';
import { askingOf, type ListenerDeps } from './context.ts';
import { onShortcut, openForm } from './forms.ts';
import { onSubmit, question } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

const firstMessage = z.object({
  channelId: z.string(),
  ts: z.string(),
  authorId: z.string().nullable(),
  text: z.string(),
});
const metadata = z.object({ message: firstMessage.optional() });

// Slack's metadata ends at 3,000 characters, escapes included; the whole text is fetched afterwards.
const LONGEST_CARRIED = 1200;

/** Message shortcut "Declare incident": the form, prefilled with the message. */
export const declareFromMessage = onShortcut(async (deps, args) => {
  const { channel, message: from } = args.shortcut;
  const { run } = await askingOf(deps, args);
  const text = clip(from.text ?? '', LONGEST_CARRIED);
  const title = clip(plain(text).trim().split('\n', 1)[0] ?? '', 250);
  const kind = { private: false, test: false, retrospective: false };
  const carried = { channelId: channel.id, ts: from.ts, authorId: from.user ?? null, text };
  const form = { metadata: JSON.stringify({ message: carried }), title, fromMessage: text };
  const view = await run((scope) => previewDeclare(scope, { title, services: [], ...kind })).then(
    (preview) => declareModal({ ...form, preview }),
    refusedInstead,
  );
  await openForm(args, view);
});

/** What opens in place of the form for somebody who may not declare. */
function refusedInstead(error: unknown): ModalView {
  if (!isRefusal(error)) throw error;
  return wordsModal('Declare an incident', refusalText(error.reason));
}

/** What the form says so far. */
function filled(view: ViewOutput) {
  const { title = '', services = '', description = '', started = '' } = texts({ view });
  const flags = chosen({ view }, 'flags');
  return {
    title,
    services: parseNames(services),
    description,
    startedAt: started,
    severity: SEVERITIES.find((one) => one === chosen({ view }, 'severity')[0]) ?? null,
    leadId: chosen({ view }, 'lead')[0] ?? null,
    private: flags.includes('private'),
    test: flags.includes('test'),
    retrospective: flags.includes('retrospective'),
  };
}

/** Title or kind changed: the preview follows. A view that changed meanwhile has a preview of its own on the way. */
export const declarePreviewed =
  (deps: ListenerDeps) => async (args: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    const { ack, body, client } = args;
    await ack();
    const { view } = body;
    if (!view) return;
    const { run } = await askingOf(deps, args);
    const preview = await run((scope) => previewDeclare(scope, filled(view)));
    const from = metadata.parse(JSON.parse(view.private_metadata)).message;
    const form = { metadata: view.private_metadata, preview, ...(from && { fromMessage: from.text }) };
    await allowing(
      ['hash_conflict', 'not_found'],
      client.views.update({ view_id: view.id, hash: view.hash, view: declareModal(form) }),
    );
  };

export const declareSubmitted = onSubmit('started', async ({ run, reader }, { view }) => {
  const from = metadata.parse(JSON.parse(view.private_metadata)).message;
  const firstReport = chosen({ view }, 'first_report').includes('first_report');
  const input = { ...filled(view), flags: [], responseUrl: null };
  const declared = await run((scope) =>
    declare(scope, { ...input, ...(from && { message: { ...from, firstReport } }) }),
  );
  return question(declared, reader);
});

/** "Declare anyway" of the question over the form. */
export const declareAnywaySubmitted = onSubmit('title', async ({ run }, { view }) => {
  await run((scope) => declareAnyway(scope, { choiceId: view.private_metadata }));
  return 'clear';
});

/** "Declare anyway" under a one-line declaration. */
export const declareAnywayPressed = onPress(true, async ({ value, run, reader }) => {
  const declared: Declared = await run((scope) => declareAnyway(scope, { choiceId: value }));
  return declaredReply(declared, reader);
});

export const joinPressed = onPress(false, async ({ value, run }) => {
  const incident = await run((scope) => join(scope, { ref: { id: value } }));
  return joinedReply(incident);
});
