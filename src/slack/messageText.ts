import type { EntryFile } from '../incident/types.ts';
import { escapeText, link, plain } from './mrkdwn.ts';

/** A message as Slack's history gives it, as far as an entry needs it. */
export interface FetchedMessage {
  ts?: string;
  text?: string;
  user?: string;
  bot_id?: string;
  edited?: { ts?: string; user?: string };
  files?: { name?: string; title?: string; permalink?: string; thumb_360?: string; thumb_video?: string }[];
  attachments?: {
    fallback?: string;
    text?: string;
    title?: string;
    title_link?: string;
    blocks?: object[];
  }[];
  blocks?: object[];
}

/** What a message says, as Slack text: its own words, else what its blocks or attachments say; files as links. */
export function textOf(message: FetchedMessage): string {
  const words =
    message.text?.trim() ||
    blocksText(message.blocks) ||
    (message.attachments ?? []).map(attachmentText).filter(Boolean).join('\n');
  const files = (message.files ?? []).flatMap(({ permalink, title, name }) =>
    permalink ? [link(permalink, plain(title || name || 'file'))] : [],
  );
  return [words, ...files].filter(Boolean).join('\n');
}

/** The files of a message that have an address, with Slack's thumbnail where there is one. */
export const filesOf = (message: FetchedMessage): EntryFile[] =>
  (message.files ?? []).flatMap(({ permalink, title, name, thumb_360, thumb_video }) =>
    permalink
      ? [
          {
            name: plain(title || name || 'file'),
            url: permalink,
            thumbnail: thumb_360 ?? thumb_video ?? null,
          },
        ]
      : [],
  );

const attachmentText = ({
  title,
  title_link,
  text,
  fallback,
  blocks,
}: NonNullable<FetchedMessage['attachments']>[number]): string => {
  const head = title && title_link ? link(title_link, plain(title)) : (title ?? '');
  return [head, text ?? ''].filter(Boolean).join('\n') || blocksText(blocks) || (fallback ?? '');
};

interface Block {
  type?: string;
  text?: Block | string;
  fields?: Block[];
  elements?: Block[];
  url?: string;
  user_id?: string;
  channel_id?: string;
  name?: string;
  alt_text?: string;
}

/** The words of blocks, a line for each; what can be pressed is left out. */
function blocksText(blocks: object[] = []): string {
  return (blocks as Block[]).map(blockText).filter(Boolean).join('\n');
}

function blockText(block: Block): string {
  if (/^(?:actions|input|divider)$/.test(block.type ?? '')) return '';
  if (/^rich_text/.test(block.type ?? '')) return richText(block);
  const inner = typeof block.text === 'object' ? plainOrMrkdwn(block.text) : '';
  const parts = [...(block.fields ?? []), ...(block.elements ?? [])].map(plainOrMrkdwn);
  return [inner, ...parts, block.alt_text ?? ''].filter(Boolean).join('\n');
}

// Plain text is not escaped in blocks; an entry's text is.
const plainOrMrkdwn = ({ type, text, alt_text }: Block): string => {
  const words = typeof text === 'string' ? text : (alt_text ?? '');
  return type === 'plain_text' ? escapeText(words) : words;
};

function richText({ type, text, elements, url, user_id, channel_id, name }: Block): string {
  if (elements) return elements.map(richText).join(/^rich_text(?:_list)?$/.test(type ?? '') ? '\n' : '');
  if (type === 'link' && url) return link(url, typeof text === 'string' ? text : url);
  if (type === 'user' && user_id) return `<@${user_id}>`;
  if (type === 'channel' && channel_id) return `<#${channel_id}>`;
  if (type === 'emoji' && name) return `:${name}:`;
  return typeof text === 'string' ? escapeText(text) : '';
}
