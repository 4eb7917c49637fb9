import { postOnce } from '../post.ts';
import { allowing, refusedWith } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import { NO_CHANNEL, reading, type StepDeps, type StepHandler } from './types.ts';

/** The channel's bookmarks: the headline, and the draft once there is one. Found by title, so that each is there once. */
export const showBookmarks: StepHandler<'bookmarks'> = async (deps, step) => {
  const { incident, draft, published } = await reading(deps, async (tx) => {
    const draft = await tx.draft(step.incidentId);
    const published = draft !== null && (await tx.post(draft.id)).state === 'published';
    return { incident: (await tx.record(step.incidentId)).incident, draft, published };
  });
  const { channelId: channel, headlineTs } = incident;
  if (!channel) return NO_CHANNEL;
  const wanted = [
    {
      title: 'Headline',
      emoji: ':rotating_light:',
      link: headlineTs && (await linkTo(deps, channel, headlineTs)),
    },
    {
      title: published ? 'Postmortem' : 'Postmortem draft',
      emoji: ':page_facing_up:',
      link: draft && (published ? deps.publishedUrl : deps.pageUrl)(draft.id, incident),
    },
  ];
  try {
    for (const { link, ...bookmark } of wanted) if (link) await keep(deps, channel, { ...bookmark, link });
    return {};
  } catch (error) {
    const code = refusedWith(error);
    if (code === null) throw error;
    if (step.delivery.tell) {
      const text = `Slack did not let me set this channel’s bookmarks (${code}). The pinned headline has the same links.`;
      await postOnce(deps, step, channel, message(text));
    }
    return { code };
  }
};

async function linkTo(deps: StepDeps, channel: string, ts: string): Promise<string | null> {
  let link: string | null = null;
  await allowing(
    ['message_not_found'],
    deps.client.chat.getPermalink({ channel, message_ts: ts }).then(({ permalink }) => {
      link = permalink ?? null;
    }),
  );
  return link;
}

async function keep(deps: StepDeps, channel: string, wanted: { title: string; emoji: string; link: string }) {
  const { bookmarks } = await deps.client.bookmarks.list({ channel_id: channel });
  const there = bookmarks?.find(({ title = '' }) => sameThing(title) === sameThing(wanted.title));
  if (there?.link === wanted.link && there.title === wanted.title) return;
  const { title, link } = wanted;
  if (there?.id)
    await deps.client.bookmarks.edit({ channel_id: channel, bookmark_id: there.id, title, link });
  else await deps.client.bookmarks.add({ channel_id: channel, type: 'link', ...wanted });
}

/** A draft's bookmark becomes the postmortem's. */
const sameThing = (title: string): string => title.replace(/ draft$/, '');
