import type { Delivery } from '../usecases/types.ts';
import { remindOfAction, tellWhatIsLeft } from './steps/actions.ts';
import { announce } from './steps/announcement.ts';
import { archiveChannel, tellArchive, unarchiveChannel } from './steps/archive.ts';
import { showBookmarks } from './steps/bookmarks.ts';
import { showCanvas } from './steps/canvas.ts';
import { invite, makeChannel, pinHeadline, setTopic, showHeadline, tellChannel } from './steps/channel.ts';
import { tellDeletion } from './steps/deletion.ts';
import { makeDraftVersion, postDraftFile, postDraftLink } from './steps/draft.ts';
import { fetchMessage, fetchPart, showCheckMark, showEntryLine, tellCaptured } from './steps/entries.ts';
import { publishHome } from './steps/home.ts';
import { learnMembers } from './steps/members.ts';
import { showNudge } from './steps/nudge.ts';
import { showPublished, tellCorrection } from './steps/published.ts';
import { remindOfDraft, showReview, tellReview } from './steps/review.ts';
import { offerRun } from './steps/run.ts';
import { bringInLine } from './steps/settings.ts';
import { tellHandover, tellMerged } from './steps/told.ts';
import type { Step, StepDeps, StepHandler } from './steps/types.ts';
import { postUpdate, tellSubscriber } from './steps/updates.ts';

/** Which function does which row of the outbox. */
const STEPS: { [Kind in Delivery['kind']]: StepHandler<Kind> } = {
  channel: makeChannel,
  topic: setTopic,
  headline: showHeadline,
  pin: pinHeadline,
  invite,
  announce,
  members: learnMembers,
  bookmarks: showBookmarks,
  handover: tellHandover,
  merged: tellMerged,
  'channel-ready': tellChannel,
  entry: showEntryLine,
  fetch: fetchMessage,
  react: showCheckMark,
  captured: tellCaptured,
  update: postUpdate,
  subscriber: tellSubscriber,
  'fetch-part': fetchPart,
  'action-reminder': remindOfAction,
  'follow-up': tellWhatIsLeft,
  nudge: showNudge,
  'follow-settings': bringInLine,
  'archive-notice': tellArchive,
  archive: archiveChannel,
  unarchive: unarchiveChannel,
  'deletion-notice': tellDeletion,
  'offer-run': offerRun,
  home: publishHome,
  draft: makeDraftVersion,
  canvas: showCanvas,
  'draft-file': postDraftFile,
  'draft-link': postDraftLink,
  publish: showPublished,
  correction: tellCorrection,
  review: showReview,
  'review-told': tellReview,
  'draft-rests': remindOfDraft,
};

/** Kinds that render the whole present state: one of several in a row is enough. */
export const RENDERED_WHOLE: readonly Delivery['kind'][] = ['headline', 'topic', 'home', 'publish', 'canvas'];

/** Takes one step in Slack and returns what came of it. Throws Slack's error; `verdictOn` sorts it. */
export function deliver(deps: StepDeps, step: Step): Promise<object> {
  const handler = STEPS[step.delivery.kind] as StepHandler<Delivery['kind']>;
  return handler(deps, step);
}
