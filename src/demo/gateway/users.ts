import type { Profile, Slack } from './slack.ts';
import type { Actor, Answer, Channel, Json } from './types.ts';

/** `users.info` and `users.list` with what the emulator lacks: names as given, zone, its offset and its name. */
export async function users(slack: Slack, actor: Actor, method: string, args: Json): Promise<Answer> {
  const answer = await slack.emulator.call(actor.token, method, args);
  if (!answer.ok) return answer;
  if (method === 'users.info') {
    const user = answer.user as Json;
    return known(slack, user)
      ? { ...answer, user: complete(slack, user) }
      : { ok: false, error: 'user_not_found' };
  }
  const members = answer.members as Json[];
  return {
    ...answer,
    members: members.filter((user) => known(slack, user)).map((user) => complete(slack, user)),
  };
}

/** `users.conversations`: those of `conversations.list` that the caller is in. */
export async function conversations(slack: Slack, actor: Actor, args: Json): Promise<Answer> {
  const answer = await slack.emulator.call(actor.token, 'conversations.list', args);
  if (!answer.ok) return answer;
  return { ...answer, channels: (answer.channels as Channel[]).filter((one) => one.is_member) };
}

/** A user object with the fields of their profile. */
export function complete(slack: Slack, user: Json): Json {
  const profile: Profile = slack.profiles.get(String(user.id)) ?? {
    name: 'debrief',
    realName: 'Debrief',
    tz: 'UTC',
  };
  return {
    ...user,
    name: profile.name,
    ...zoneFields(profile, slack.now()),
    is_admin: profile.admin ?? false,
    is_owner: false,
    is_restricted: profile.guest ?? false,
    updated: 0,
  };
}

// Accounts that nobody has taken yet do not exist.
function known(slack: Slack, user: Json): boolean {
  return slack.profiles.has(String(user.id)) || user.id === slack.workspace.botUserId;
}

function zoneFields(profile: Profile, now: number): Json {
  const part = (style: 'long' | 'longOffset') =>
    new Intl.DateTimeFormat('en-US', { timeZone: profile.tz, timeZoneName: style })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(part('longOffset')) ?? [];
  const offset = (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
  return { tz: profile.tz, tz_label: part('long'), tz_offset: offset };
}
