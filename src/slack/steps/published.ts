import type { SourceMessage } from '../../incident/types.ts';
import { corrections } from '../../postmortem/corrections.ts';
import { buildPostmortem } from '../../postmortem/postmortem.ts';
import { publishedTo } from '../../usecases/publish.ts';
import type { Post, PublishedTo, StoredPostmortem } from '../../usecases/types.ts';
import { postOnce } from '../post.ts';
import { allowing, refusedWith, unlessRefused } from '../slackErrors.ts';
import type { Message } from '../views/blocks.ts';
import {
  correctionReply,
  publishedAgainReply,
  publishedHere,
  publishedPost,
  revisedHere,
  revisedPost,
} from '../views/published.ts';
import { reading, type Step, type StepDeps, type StepHandler } from './types.ts';

interface State {
  source: StoredPostmortem;
  post: Post;
  to: PublishedTo;
  /** Who moved it to the state that it is in, and when. */
  change: { by: string; at: number } | null;
  url: string | null;
}

/** The postmortem and its post as they are now; null before the first draft. */
async function stateOf(deps: StepDeps, incidentId: string): Promise<State | null> {
  return reading(deps, async (tx) => {
    const source = await tx.postmortem({ incidentId });
    if (!source) return null;
    const { incident } = source.record;
    const { settings } = await tx.settings(incident.teamId);
    return {
      source,
      post: await tx.post(source.id),
      to: publishedTo(incident, settings),
      change: await tx.lastChange(incidentId, 'postmortem'),
      url: deps.publishedUrl(source.id, incident),
    };
  });
}

/** Posts what is published, or renders its post anew, and tells the incident's channel where it is; or that it is revised. */
export const showPublished: StepHandler<'publish'> = async (deps, step) => {
  const state = await stateOf(deps, step.incidentId);
  if (!state) throw new Error('the draft is gone');
  const { source, post, url } = state;
  const { record, publication } = source;
  const channel = record.incident.channelId;
  if (source.state !== 'published') {
    const code = await refresh(deps, step, post.message, revisedPost(record, state.change));
    const posted = code === null ? (post.message?.channelId ?? null) : null;
    if (channel)
      await postOnce(deps, step, channel, revisedHere(record, state.change?.by ?? null, posted), 'here');
    return { code };
  }
  const done = await put(deps, step, state);
  const here = {
    record,
    postmortemId: source.id,
    by: publication?.by ?? null,
    version: publication?.version ?? null,
    url,
  };
  if (channel && !(done.to.kind === 'channel' && done.to.channelId === channel && !done.refused))
    await postOnce(deps, step, channel, publishedHere(here, done), 'here');
  return { to: done.to, code: done.refused };
};

/** Posts it, in place of an earlier post where that is still there. */
async function put(
  deps: StepDeps,
  step: Step<'publish'>,
  { source, post, to, url }: State,
): Promise<{ to: PublishedTo; refused: string | null }> {
  if (to.kind !== 'channel') return { to, refused: null };
  const view = publishedPost(buildPostmortem(source, deps.clock.now()), source.version, url);
  try {
    if (post.message && (await refresh(deps, step, post.message, view)) === null) {
      await tellAgain(deps, step, { source, post, url }, post.message);
      return { to: { kind: 'channel', channelId: post.message.channelId }, refused: null };
    }
    const { channelId } = to;
    const ts = await postOnce(deps, step, channelId, view);
    const posted = { message: { channelId, ts }, toldVersion: source.version };
    await deps.store.transaction((tx) => tx.setPost(source.id, posted));
    return { to, refused: null };
  } catch (error) {
    const refused = refusedWith(error);
    if (refused === null) throw error;
    return { to, refused };
  }
}

// The message or its channel is gone: it is posted anew where the settings say.
const GONE = ['message_not_found', 'channel_not_found', 'is_archived', 'is_inactive', 'cant_update_message'];

async function refresh(
  deps: StepDeps,
  step: Pick<Step, 'write'>,
  message: SourceMessage | null,
  view: Message,
): Promise<string | null> {
  if (!message) return null;
  const { channelId: channel, ts } = message;
  return allowing(
    GONE,
    step.write(() => deps.client.chat.update({ channel, ts, ...view })),
  );
}

/** In the thread: that it was published again, where the thread was not told of that version yet. */
async function tellAgain(
  deps: StepDeps,
  step: Step<'publish'>,
  { source, post, url }: Pick<State, 'source' | 'post' | 'url'>,
  { channelId, ts }: SourceMessage,
): Promise<void> {
  const { publication } = source;
  const before = post.toldVersion;
  if (before === null || publication?.version == null || publication.version <= before) return;
  const changed = await changedSince(deps, source, before);
  const versions = { version: publication.version, before };
  const reply = publishedAgainReply(publication.by, versions, changed, url);
  await postOnce(deps, step, channelId, reply, 'again', ts);
  await deps.store.transaction((tx) => tx.setPost(source.id, { toldVersion: source.version }));
}

/** What the latest version says otherwise than that one. */
async function changedSince(deps: StepDeps, source: StoredPostmortem, version: number) {
  return reading(deps, async (tx) => {
    const [before, now] = [
      await tx.versionSaid(source.id, version),
      await tx.versionSaid(source.id, source.version),
    ];
    if (!before || !now) throw new Error('a version is gone');
    return corrections(before, now, await tx.writesSince(source.record.incident.id, before.at));
  });
}

/** Tells the thread what was corrected since it was last told: one reply for all of it. */
export const tellCorrection: StepHandler<'correction'> = async (deps, step) => {
  const state = await stateOf(deps, step.incidentId);
  if (state?.source.state !== 'published') return { skipped: 'not published' };
  const { source, post, url } = state;
  if (!post.message || post.toldVersion === null) return { skipped: 'not posted' };
  const changed = await changedSince(deps, source, post.toldVersion);
  if (changed.figures.length + changed.sections.length === 0) return { skipped: 'as it was told' };
  const { channelId, ts } = post.message;
  const reply = correctionReply(changed, source.version, url);
  const told = await postOnce(deps, step, channelId, reply, 'correction', ts);
  await deps.store.transaction((tx) => tx.setPost(source.id, { toldVersion: source.version }));
  return { ts: told };
};

/** Renders the post of a published postmortem anew, with the headline. */
export async function refreshPublished(deps: StepDeps, step: Pick<Step, 'write'>, id: string): Promise<void> {
  const state = await stateOf(deps, id);
  if (state?.source.state !== 'published' || !state.post.message) return;
  const { source, post, url } = state;
  const view = publishedPost(buildPostmortem(source, deps.clock.now()), source.version, url);
  const call = refresh(deps, step, post.message, view);
  await unlessRefused(call, null);
}
