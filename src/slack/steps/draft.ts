import { isPerson } from '../../incident/people.ts';
import { buildPostmortem } from '../../postmortem/postmortem.ts';
import { makeDraft } from '../../usecases/makeDraft.ts';
import { act } from '../../usecases/scope.ts';
import { findPosted, postOnce } from '../post.ts';
import { refusedWith } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import { canvasNote } from '../views/canvas.ts';
import { draftMessage } from '../views/draft.ts';
import { postOrSay } from './refused.ts';
import {
  hears,
  itself,
  NO_CHANNEL,
  NOT_TOLD,
  reading,
  type Step,
  type StepDeps,
  type StepHandler,
} from './types.ts';

/** Makes the next version of the draft, and the rows that hand it out, in one transaction. */
export const makeDraftVersion: StepHandler<'draft'> = async (deps, step) => {
  const { incidentId, id: outboxId } = step;
  const record = await reading(deps, (tx) => tx.record(incidentId));
  await deps.people.learn(deps.client, record);
  const who = itself(record.incident.teamId);
  const order = { incidentId, outboxId, reason: step.delivery.reason };
  const version = await act(deps.runner, { who }, (scope) => makeDraft(scope, order));
  return { version: version.number };
};

async function draftState(deps: StepDeps, step: Step<'draft-file'>) {
  return reading(deps, async (tx) => {
    const record = await tx.record(step.incidentId);
    const version = await tx.draft(step.incidentId, step.delivery.version);
    if (!version) throw new Error('the draft is gone');
    return { record, version };
  });
}

/** The Markdown file, in the incident's channel. Where Slack takes no file, the page's link says so. */
export const postDraftFile: StepHandler<'draft-file'> = async (deps, step) => {
  const { record, version } = await draftState(deps, step);
  const { channelId, number } = record.incident;
  if (!channelId) return NO_CHANNEL;
  if (version.hasCanvas) return { skipped: 'it is in the canvas' };
  const filename = `inc-${number}-postmortem-v${version.number}.md`;
  const inChannel = { channel: channelId, for: filename };
  const isIt = (file: { name?: string; title?: string }) => [file.name, file.title].includes(filename);
  if (
    step.unsureSince !== null &&
    (await findPosted(deps, step, inChannel, ({ files }) => (files?.some(isIt) ? 'it' : null)))
  )
    return { filename };
  try {
    const file = { channel_id: channelId, filename, title: filename, content: version.markdown };
    await step.write(() => deps.client.filesUploadV2(file));
    return { filename };
  } catch (error) {
    const code = refusedWith(error);
    if (code === null) throw error;
    const url = deps.pageUrl(version.id, record.incident, 'md');
    const where = url ? `It is here: ${url}` : 'Press *Edit on the page* under the draft to read it.';
    const text = `Slack did not take the draft as a file (${code}). ${where}`;
    await postOnce(deps, step, channelId, message(text), 'no-file');
    return { code };
  }
};

export const postDraftLink: StepHandler<'draft-link'> = async (deps, step) => {
  const source = await reading(deps, (tx) => tx.postmortem({ incidentId: step.incidentId }));
  if (!source) throw new Error('the draft is gone');
  const { to } = step.delivery;
  if (!(await hears(deps, source.record.incident, to))) return NOT_TOLD;
  const canvas = isPerson(to) ? null : source.canvas?.url;
  const note = [step.delivery.note, canvas && canvasNote(canvas)].filter(Boolean).join('\n') || null;
  // To one person it is their own link, with which they may edit; to a channel it is for reading.
  const url = isPerson(to)
    ? deps.personalUrl(source.id, to)
    : deps.pageUrl(source.id, source.record.incident);
  const view = draftMessage(buildPostmortem(source, deps.clock.now()), source.id, source.state, url, note);
  const { incident } = source.record;
  const what = 'the draft of the postmortem';
  return postOrSay(deps, step, { incident, to, what }, view);
};
