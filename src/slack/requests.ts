import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CALLBACKS } from './ids.ts';

/** A request of Slack's, as far as its handling depends on it. Fields that we do not know are left alone. */
export interface SlackRequest {
  kind: 'event' | 'command' | 'interaction';
  /** Unique for each thing that happened, however often and under whatever event id it is delivered. */
  key: string;
  body: Record<string, unknown>;
  /** It changes nothing and is worth nothing later: a form's preview, at each key. It is handled without being stored. */
  passing: boolean;
  /** The channel of an event, where several workspaces share it: Slack names any one of those that have the app. */
  sharedChannel: string | null;
}

/** Events that Debrief acts on. Others are answered and forgotten: channels hold much that is not our business. */
const MESSAGE_CHANGES = new Set(['message_changed', 'message_deleted']);
const EVENTS = new Set([
  'reaction_added',
  'reaction_removed',
  'pin_added',
  'pin_removed',
  'user_change',
  'app_home_opened',
  'app_uninstalled',
  'tokens_revoked',
  'member_joined_channel',
  'member_left_channel',
  'channel_rename',
  'channel_archive',
  'channel_unarchive',
  'group_archive',
  'group_unarchive',
  'group_rename',
]);

const event = z.looseObject({
  type: z.string(),
  subtype: z.string().optional(),
  /** An id, or a channel. */
  channel: z.unknown().optional(),
  channel_id: z.unknown().optional(),
  user: z.unknown().optional(),
  reaction: z.string().optional(),
  event_ts: z.string().optional(),
  ts: z.string().optional(),
  deleted_ts: z.string().optional(),
  item: z
    .looseObject({
      channel: z.string().optional(),
      ts: z.string().optional(),
      /** Of a pin. */
      message: z.looseObject({ ts: z.string().optional() }).optional(),
    })
    .optional(),
  message: z.looseObject({ ts: z.string(), edited: z.looseObject({ ts: z.string() }).optional() }).optional(),
});

const callback = z.looseObject({
  type: z.literal('event_callback'),
  team_id: z.string(),
  /** Of a channel shared by several workspaces, one that installed the app. */
  authorizations: z.array(z.looseObject({ team_id: z.string().nullish() })).optional(),
  is_ext_shared_channel: z.unknown().optional(),
  event_id: z.string().optional(),
  event,
});

const command = z.looseObject({
  command: z.string(),
  team_id: z.string(),
  user_id: z.string(),
  trigger_id: z.string().optional(),
});

const interaction = z.looseObject({
  type: z.string(),
  team: z.looseObject({ id: z.string() }).nullish(),
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
  view: z
    .looseObject({
      id: z.string().optional(),
      hash: z.string().optional(),
      callback_id: z.string().optional(),
      state: z.unknown().optional(),
      app_installed_team_id: z.string().optional(),
    })
    .nullish(),
});

/**
 * Sorts a request by what it is, and says by `team_id` or `team.id` in which workspace's name the app gets it. Null:
 * nothing that Debrief acts on. Throws a ZodError on a body of no known form.
 * `owner`: whose an event is, whatever workspace Slack names.
 * A command or interaction is known by its whole body, in which Slack puts a trigger of its own for each; a form that
 * was sent by what it says, since whom Slack shows its own error sends the same form again.
 */
export function readRequest(body: unknown, owner?: string): SlackRequest | null {
  const type = z.looseObject({ type: z.string().optional(), command: z.string().optional() }).parse(body);
  if (type.command !== undefined) {
    const read = command.parse(body);
    return {
      kind: 'command',
      key: `c:${read.team_id}:${read.user_id}:${digest(read)}`,
      body: clean(read),
      passing: false,
      sharedChannel: null,
    };
  }
  if (type.type === 'event_callback') {
    const given = callback.parse(body);
    if (!ofInterest(given.event)) return null;
    const named = given.authorizations?.[0];
    const read = { ...given, team_id: owner ?? named?.team_id ?? given.team_id };
    // Bolt takes it from there.
    if (owner !== undefined && named) read.authorizations = [{ ...named, team_id: owner }];
    const sharedChannel = given.is_ext_shared_channel === true ? channelOf(given.event) : null;
    return { kind: 'event', key: eventKey(read), body: clean(read), passing: false, sharedChannel };
  }
  const read = interaction.parse(body);
  const team = read.view?.app_installed_team_id ?? read.team?.id ?? read.user.team_id ?? '';
  // A form that was opened in a shared channel names the team of whoever filled it in.
  const tenant = read.view?.app_installed_team_id ? { ...read, team: { ...read.team, id: team } } : read;
  return {
    kind: 'interaction',
    key: `i:${team}:${read.user.id}:${formKey(read) ?? digest(read)}`,
    body: clean(tenant),
    passing: read.type === 'block_actions' && read.view?.callback_id === CALLBACKS.declare,
    sharedChannel: null,
  };
}

const form = z.looseObject({
  type: z.literal('view_submission'),
  team: z.looseObject({ id: z.string() }).nullish(),
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
  view: z.looseObject({
    title: z.looseObject({ text: z.string() }),
    state: z.looseObject({
      values: z.record(z.string(), z.record(z.string(), z.looseObject({ value: z.unknown() }))),
    }),
  }),
});

/** Of a form that was sent: whose it is, what it is called, and what was typed into it. Null for anything else. */
export function formOf(body: unknown) {
  const { data } = form.safeParse(body);
  if (!data) return null;
  const values = Object.values(data.view.state.values).flatMap((block) => Object.values(block));
  const typed = values.map(({ value }) => value).filter((one) => typeof one === 'string' && one !== '');
  const teamId = data.team?.id ?? data.user.team_id ?? '';
  return { teamId, userId: data.user.id, title: data.view.title.text, typed: typed.join('\n') };
}

const ofInterest = (one: z.infer<typeof event>): boolean =>
  EVENTS.has(one.type) || (one.type === 'message' && MESSAGE_CHANGES.has(one.subtype ?? ''));

function channelOf({ channel, channel_id, item }: z.infer<typeof event>): string | null {
  const inside = typeof channel === 'object' && channel !== null && 'id' in channel ? channel.id : null;
  const found = [channel, inside, channel_id, item?.channel].find((one) => typeof one === 'string');
  return (found as string | undefined) ?? null;
}

// Slack has been seen to deliver one happening under several event ids: what happened is the better key.
function eventKey({ team_id, event_id, event: one }: z.infer<typeof callback>): string {
  const itemTs = one.item?.ts ?? one.item?.message?.ts;
  if (itemTs && one.event_ts) {
    return ['r', team_id, one.item?.channel, itemTs, one.type, one.user, one.reaction, one.event_ts].join(
      ':',
    );
  }
  if (one.type === 'message') {
    // Slack's time of an edit may be a whole second, in which a message can change twice.
    const change = [one.message?.edited?.ts, one.event_ts ?? one.ts].filter(Boolean);
    return ['m', team_id, one.channel, one.subtype, one.message?.ts ?? one.deleted_ts, ...change].join(':');
  }
  return `e:${team_id}:${event_id ?? digest(one)}`;
}

/** The version of a form, and what was filled in; null for what is no form that was sent. */
const formKey = ({ type, view }: z.infer<typeof interaction>): string | null =>
  type === 'view_submission' && view?.id && view.hash
    ? `${view.id}:${view.hash}:${digest(view.state ?? null)}`
    : null;

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** Without Slack's old verification token: nothing needs it, and it is a secret. */
function clean(body: Record<string, unknown>): Record<string, unknown> {
  const { token: _, ...rest } = body;
  return rest;
}
