import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { SECTION_KEYS, SECTION_TITLES } from '../../incident/draftSections.ts';
import { isEditable } from '../../postmortem/document-types.ts';
import { buildPostmortem, markdownOf, withEverySection } from '../../postmortem/postmortem.ts';
import { lockPostmortem } from '../../usecases/drafts.ts';
import { editSection } from '../../usecases/editSection.ts';
import { leftOut } from '../../usecases/leftOut.ts';
import { openSection } from '../../usecases/openSection.ts';
import { postAgain } from '../../usecases/publish.ts';
import { recordRead } from '../../usecases/reads.ts';
import type { Scope } from '../../usecases/scope.ts';
import { setPostmortemState } from '../../usecases/setPostmortemState.ts';
import type { PostmortemState } from '../../usecases/types.ts';
import { isRefusal, refusalText } from '../errors.ts';
import { plain } from '../mrkdwn.ts';
import { message } from '../views/blocks.ts';
import {
  LONGEST_IN_SLACK,
  ownLinkReply,
  savedLeftOutText,
  sectionChoiceModal,
  sectionModal,
  staleText,
  stateReply,
  tooLongText,
} from '../views/draft.ts';
import { wordsModal } from '../views/modals.ts';
import { placeText } from '../views/published.ts';
import { onPress } from './actions.ts';
import { askingOf, type ListenerDeps } from './context.ts';
import { openForm } from './forms.ts';
import { onSubmit } from './onSubmit.ts';
import { reviewWanted } from './reviews.ts';
import { chosen, texts } from './submissions.ts';

type ViewArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function standing(scope: Scope, postmortemId: string) {
  const source = await lockPostmortem(scope, postmortemId);
  await recordRead(scope, source.record.incident, 'form');
  return { source, postmortem: buildPostmortem(source, scope.now) };
}

export const editDraftPressed = onPress(false, async ({ value, run, args }) => {
  const { postmortem } = await run((scope) => standing(scope, value));
  const view = sectionChoiceModal(value, postmortem.draft.sections.filter(isEditable));
  await openForm(args, view);
  return null;
});

export const editOnPagePressed = (deps: ListenerDeps) =>
  onPress(false, async ({ value, userId, run }) => {
    await run((scope) => lockPostmortem(scope, value));
    const url = deps.personalUrl(value, userId);
    return ownLinkReply(url, deps.ownLinkDays);
  })(deps);

export const statePressed = onPress(false, async (press) => {
  const { value, tail, run } = press;
  const state = z.enum(['draft', 'in_review', 'published']).parse(tail) satisfies PostmortemState;
  if (state === 'in_review') return reviewWanted(press);
  const done = await run((scope) => setPostmortemState(scope, { postmortemId: value, state }));
  return stateReply(state, value, done);
});

export const postAgainPressed = onPress(false, async ({ value, run }) => {
  const to = await run((scope) => postAgain(scope, { postmortemId: value }));
  return message(placeText(to));
});

/** A section was chosen: its text comes up in place of the choice. */
export const sectionChosen = (deps: ListenerDeps) =>
  onSubmit('section', async ({ run, userId }, args) => {
    const postmortemId = args.view.private_metadata;
    const key = SECTION_KEYS.find((one) => one === chosen(args, 'section')[0]);
    const { source, now, began } = await run(async (scope) => {
      const { source } = await standing(scope, postmortemId);
      return { source, now: scope.now, began: key ? await openSection(scope, source, key) : '' };
    });
    // The settings may leave the section out since the choice came up: its text is there all the same.
    const postmortem = buildPostmortem(withEverySection(source), now);
    const markdown = key ? (markdownOf(postmortem, key) ?? '') : '';
    const title = key ? SECTION_TITLES[key] : '';
    if (markdown.length > LONGEST_IN_SLACK) {
      const url = deps.personalUrl(postmortemId, userId);
      return { view: wordsModal('Edit the postmortem', tooLongText(title, url)) };
    }
    const seen = source.edits.find((one) => one.section === key)?.version ?? 0;
    return { view: sectionModal({ postmortemId, section: key ?? '', title, markdown, seen, began }) };
  })(deps);

const metadata = z.object({
  postmortemId: z.string(),
  section: z.enum(SECTION_KEYS),
  seen: z.number().int(),
  // Forms that were open when this field came do not have it.
  began: z.string().max(100).optional(),
});

/** A section's text was saved: stored, or shown beside what somebody else saved meanwhile. */
export const sectionSubmitted = (deps: ListenerDeps) => async (args: ViewArgs) => {
  const { ack, view } = args;
  const { run } = await askingOf(deps, args);
  const input = metadata.parse(JSON.parse(view.private_metadata));
  try {
    const { done, hidden } = await run(async (scope) => ({
      done: await editSection(scope, { ...input, text: texts(args).text ?? '' }),
      hidden: await leftOut(scope, input.section),
    }));
    if (done.kind === 'saved' && !hidden) return await ack();
    if (done.kind === 'saved') {
      const told = wordsModal('Edit the postmortem', savedLeftOutText(input.section));
      return await ack({ response_action: 'update', view: told });
    }
    const form = { ...input, title: SECTION_TITLES[input.section], markdown: done.yours, seen: done.version };
    return await ack({
      response_action: 'update',
      view: sectionModal(form, staleText(done.by, done.theirs)),
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return ack({ response_action: 'errors', errors: { text: plain(refusalText(error.reason)) } });
  }
};
