import { announce, stateBefore } from './announcements.ts';
import { canvasMethod } from './canvases.ts';
import { findMessage, history, permalink, postEphemeral, prepared, replies } from './messages.ts';
import { findChannel, type Slack } from './slack.ts';
import { type Actor, type Answer, type Channel, isTrue, type Json, textOf } from './types.ts';
import { conversations, users } from './users.ts';

type Method = (slack: Slack, actor: Actor, args: Json) => Promise<Answer>;

/** Methods that Slack has and the emulator lacks or gets wrong. */
const OWN: Record<string, Method> = {
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': permalink,
  'conversations.history': history,
  'conversations.replies': replies,
  'users.conversations': conversations,
  'users.info': (slack, actor, args) => users(slack, actor, 'users.info', args),
  'users.list': (slack, actor, args) => users(slack, actor, 'users.list', args),
  'api.test': async (_slack, _actor, args) => ({ ok: true, args }),
};

/** What a workspace on the free plan answers. */
const NOT_ON_THIS_PLAN: Record<string, string> = {
  'canvases.create': 'free_teams_cannot_create_non_tabbed_canvases',
  'conversations.canvases.create': 'team_tier_cannot_create_channel_canvases',
  'usergroups.create': 'plan_upgrade_required',
  'usergroups.list': 'plan_upgrade_required',
  'usergroups.update': 'plan_upgrade_required',
  'usergroups.users.list': 'plan_upgrade_required',
  'usergroups.users.update': 'plan_upgrade_required',
  'admin.users.list': 'not_allowed_token_type',
  'search.messages': 'not_allowed_token_type',
};

const VIEWS = new Set(['views.open', 'views.push', 'views.update', 'views.publish']);
const WRITES_MESSAGE = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update']);
/** An app must be a member of the channel for these (posting has an exception of its own). */
const MEMBERS_ONLY = new Set([
  'chat.postMessage',
  'chat.postEphemeral',
  'conversations.history',
  'conversations.replies',
  'conversations.setTopic',
  'conversations.setPurpose',
  'files.completeUploadExternal',
  'pins.add',
  'pins.list',
  'pins.remove',
]);

/** Calls a Web API method as Slack would take it, and tells the bot of what happened by events. */
export async function perform(
  slack: Slack,
  actor: Actor,
  method: string,
  given: Json,
  at?: number,
): Promise<Answer> {
  const ofCanvas = await canvasMethod(slack, actor, method, given);
  if (ofCanvas) return ofCanvas;
  const closed = NOT_ON_THIS_PLAN[method];
  if (closed) return { ok: false, error: closed };
  if (VIEWS.has(method)) return slack.views.call(method, given);
  if (method === 'views.generateTriggerId') return { ok: false, error: 'unknown_method' };
  let args = method === 'chat.postMessage' ? await byId(slack, actor, given) : given;
  const refusal = await refuse(slack, actor, method, args);
  if (refusal) return { ok: false, error: refusal };
  if (WRITES_MESSAGE.has(method)) {
    const result = prepared(slack, actor, args);
    if ('refusal' in result) return result.refusal;
    args = result.args;
  }
  const before = await stateBefore(slack, actor, method, args);
  const own = OWN[method];
  const answer = own
    ? await own(slack, actor, args)
    : await slack.emulator.call(actor.token, method, args, at);
  if (answer.ok) await announce(slack, { actor, method, args, answer, before });
  return answer;
}

/** Messages may be posted to a channel by its name, with or without `#`. */
async function byId(slack: Slack, actor: Actor, args: Json): Promise<Json> {
  const wanted = textOf(args.channel);
  if (!wanted || /^[CGDU][A-Z0-9]{7,}$/.test(wanted)) return args;
  const channel = await findChannel(slack, actor, wanted);
  return channel ? { ...args, channel: channel.id } : args;
}

async function refuse(slack: Slack, actor: Actor, method: string, args: Json): Promise<string | undefined> {
  const wanted = textOf(args.channel) || textOf(args.channel_id);
  if (!/^[CG]/.test(wanted)) return undefined;
  const info = await slack.emulator.call(actor.lookup, 'conversations.info', { channel: wanted });
  // Slack does not say that a private channel exists to those outside of it.
  if (info.error === 'not_in_channel') return 'channel_not_found';
  if (!info.ok) return undefined;
  const channel = info.channel as Channel;
  const open = method === 'chat.postMessage' && slack.postsAnywhere && !channel.is_private;
  if (actor.bot && MEMBERS_ONLY.has(method) && !channel.is_member && !open) return 'not_in_channel';
  // As Slack's reference of the method says: bots cannot.
  if (actor.bot && method === 'conversations.unarchive' && channel.is_archived) return 'not_in_channel';
  if (method === 'chat.update' && channel.is_archived) return 'is_inactive';
  if (method === 'reactions.add') {
    if (channel.is_archived) return 'is_archived';
    if (!/^[\p{Ll}\p{Lo}0-9_+'-]+(::skin-tone-[2-6])?$/u.test(textOf(args.name))) return 'invalid_name';
    const message = await findMessage(slack, actor, wanted, textOf(args.timestamp));
    if ((message?.reactions?.length ?? 0) >= 50) return 'too_many_emoji';
  }
  if (method === 'chat.postMessage' && textOf(args.thread_ts) && !isTrue(args.reply_broadcast)) {
    const root = await findMessage(slack, actor, wanted, textOf(args.thread_ts));
    if (root?.thread_ts && root.thread_ts !== root.ts) return 'cannot_reply_to_message';
  }
  return undefined;
}
