import { channelsOf, type Profile, type Slack } from '../slack.ts';
import { type Actor, type Channel, isJson, textOf } from '../types.ts';
import { complete } from '../users.ts';
import { command } from './commands.ts';
import type { Person } from './person.ts';
import { press } from './pressing.ts';
import { until } from './reply.ts';
import { asides, sees } from './seeing.ts';
import { createSelf } from './self.ts';
import { shortcut } from './shortcuts.ts';
import { closeView, submit } from './submitting.ts';
import { writing } from './writing.ts';

/** A new person, who takes the given account of the emulator. */
export async function createPerson(slack: Slack, token: string, profile: Profile): Promise<Person> {
  const test = await slack.emulator.call(token, 'auth.test', {});
  const actor: Actor = { userId: textOf(test.user_id), token, lookup: token, bot: false };
  const named = { display_name: profile.name, real_name: profile.realName };
  await slack.emulator.call(token, 'users.profile.set', { profile: named });
  slack.profiles.set(actor.userId, profile);
  const self = createSelf(slack, actor, profile);
  return {
    id: actor.userId,
    name: profile.name,
    get tz() {
      return profile.tz;
    },
    ...writing(self),
    command: (channel, line, options) => command(self, channel, line, options?.wait),
    shortcut: (callbackId, channel, ts) => shortcut(self, callbackId, channel, ts),
    submit: (view, values = {}) => submit(self, view, values),
    close: (view) => closeView(self, view),
    press: (target, which, value) => press(self, target, which, value),
    async openHome() {
      const before = slack.views.home(actor.userId);
      const { channel } = await slack.emulator.call(slack.bot.lookup, 'conversations.open', {
        users: actor.userId,
      });
      const view = before ? { view: before } : {};
      const home = {
        type: 'app_home_opened',
        user: actor.userId,
        channel: isJson(channel) ? channel.id : '',
        tab: 'home',
      };
      slack.events.send({ ...home, ...view, event_ts: slack.emulator.timestamps.next() });
      await until(() => slack.views.home(actor.userId)?.hash !== before?.hash, 5000);
      return slack.views.home(actor.userId);
    },
    sees: (channel) => sees(self, channel),
    channels: async () => (await channelsOf(slack, actor)).filter(({ is_member }) => is_member),
    asides: (channel) => asides(self, channel),
    async dms() {
      const { channels } = await self.call('conversations.list', { types: 'im', limit: 1000 });
      const direct = (channels as Channel[]).find((channel) => channel.user === slack.workspace.botUserId);
      return direct ? sees(self, direct.id) : [];
    },
    async download(file) {
      const headers = { authorization: `Bearer ${slack.emulator.session(token)}` };
      const { status, body } = await slack.emulator.ask(new URL(textOf(file.url_private)).pathname, {
        headers,
      });
      if (status !== 200) throw new Error(`The file cannot be had: ${status} ${body}`);
      return body.toString('utf8');
    },
    async setZone(tz) {
      profile.tz = tz;
      const { user } = await slack.emulator.call(token, 'users.info', { user: actor.userId });
      if (isJson(user))
        slack.events.send({
          type: 'user_change',
          user: complete(slack, user),
          event_ts: slack.emulator.timestamps.next(),
        });
    },
  };
}
