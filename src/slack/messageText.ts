import { link } from './mrkdwn.ts';
import { plain } from './safeText.ts';

/** A message as Slack's history gives it, as far as an entry needs it. */
export interface FetchedMessage {
  ts?: string;
  text?: string;
  user?: string;
  bot_id?: string;
  files?: { name?: string; title?: string; permalink?: string }[];
  attachments?: { fallback?: string; text?: string; title?: string; title_link?: string }[];
}

/** What a message says, as Slack text: its own words, else what its attachments say; files as links. */
export function textOf(message: FetchedMessage): string {
  const words =
    message.text?.trim() || (message.attachments ?? []).map(attachmentText).filter(Boolean).join('\n');
  const files = (message.files ?? []).flatMap(({ permalink, title, name }) =>
    permalink ? [link(permalink, plain(title || name || 'file'))] : [],
  );
  return [words, ...files].filter(Boolean).join('\n');
}

const attachmentText = ({
  title,
  title_link,
  text,
  fallback,
}: NonNullable<FetchedMessage['attachments']>[number]): string => {
  const head = title && title_link ? link(title_link, plain(title)) : (title ?? '');
  return [head, text ?? ''].filter(Boolean).join('\n') || (fallback ?? '');
};
