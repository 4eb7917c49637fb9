import type { Slack } from './slack.ts';
import type { Json, StoredMessage } from './types.ts';

/** A message as the Events API shows it. */
export function messageEvent(slack: Slack, message: StoredMessage, channel: string): Json {
  const { teamId, botId, appId, botUserId } = slack.workspace;
  const bot = message.user === botUserId;
  const { metadata: _unsubscribed, ...shown } = message;
  return {
    ...shown,
    type: 'message',
    team: teamId,
    channel,
    event_ts: message.ts,
    ...(bot
      ? {
          bot_id: botId,
          app_id: appId,
          bot_profile: { id: botId, app_id: appId, name: 'Debrief', deleted: false, team_id: teamId },
        }
      : {}),
    ...(bot || message.blocks ? {} : { blocks: [richText(message.text)] }),
  };
}

function richText(text: string): Json {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', block_id: 'said', elements: [section] };
}
