import type { BookmarksListResponse } from '@slack/web-api';
import { postOnce } from '../post.ts';
import { allowing, refusedWith } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import {
  NO_CHANNEL,
  reading,
  readingUrl,
  type Step,
  type StepDeps,
  type StepHandler,
  standingDraft,
} from './types.ts';

type Bookmarks = NonNullable<BookmarksListResponse['bookmarks']>;

const TRACKER = 'Tracker';

/**
 * The channel's bookmarks: the headline, the draft once there is one, the tracker while there is one. Found by title, so
 * that each is there once.
 */
export const showBookmarks: StepHandler<'bookmarks'> = async (deps, step) => {
  const { incident, draft } = await reading(deps, async (tx) => {
    const draft = await standingDraft(tx, step.incidentId);
    return { incident: (await tx.record(step.incidentId)).incident, draft };
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
      title: draft?.published ? 'Postmortem' : 'Postmortem draft',
      emoji: ':page_facing_up:',
      link: draft && readingUrl(deps, draft, incident),
    },
    { title: TRACKER, emoji: ':ticket:', link: incident.tracker },
  ];
  try {
    const { bookmarks: present = [] } = await deps.client.bookmarks.list({ channel_id: channel });
    for (const { link, ...bookmark } of wanted)
      if (link) await keep(deps, step, channel, present, { ...bookmark, link });
    if (incident.tracker === null) await dropTracker(deps, step, channel, present);
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

async function keep(
  { client: { bookmarks } }: StepDeps,
  step: Pick<Step, 'write'>,
  channel: string,
  present: Bookmarks,
  wanted: { title: string; emoji: string; link: string },
) {
  const there = present.find(({ title = '' }) => sameThing(title) === sameThing(wanted.title));
  if (there?.link === wanted.link && there.title === wanted.title) return;
  const { title, link } = wanted;
  const id = there?.id;
  await step.write<unknown>(() =>
    id
      ? bookmarks.edit({ channel_id: channel, bookmark_id: id, title, link })
      : bookmarks.add({ channel_id: channel, type: 'link', ...wanted }),
  );
}

/** Takes our bookmark of the tracker away; one of that name that a person made or changed stays. */
async function dropTracker(
  deps: StepDeps,
  step: Pick<Step, 'write'>,
  channel: string,
  present: Bookmarks,
): Promise<void> {
  const ours = present.find(
    (one) => one.title === TRACKER && one.last_updated_by_user_id === deps.self.userId,
  );
  const id = ours?.id;
  if (id) await step.write(() => deps.client.bookmarks.remove({ channel_id: channel, bookmark_id: id }));
}

/** A draft's bookmark becomes the postmortem's. */
const sameThing = (title: string): string => title.replace(/ draft$/, '');
