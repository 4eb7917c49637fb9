import type { Pressable } from '../blocks.ts';
import type { Json } from '../types.ts';
import type { StoredView } from '../views.ts';
import type { Input } from './inputs.ts';
import type { Reply, SeenMessage } from './reply.ts';

/** A modal or Home tab. */
export type View = StoredView;

/** What came of submitting a modal. */
export type Submitted =
  | { kind: 'closed' }
  | { kind: 'cleared' }
  /** By block id. `byClient`: Slack's own checks, nothing was sent. */
  | { kind: 'errors'; errors: Record<string, string>; byClient: boolean }
  | { kind: 'updated'; view: View }
  | { kind: 'pushed'; view: View }
  /** In Slack's words. */
  | { kind: 'failed'; failure: string };

/** Which button is meant: its action id or label to the letter, a pattern on either, or a test of one's own. */
export type Matcher = string | RegExp | ((button: Pressable) => boolean);

/** A person in the workspace, who acts through Slack only. Channels are given by id or name. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** IANA zone of their profile. */
  readonly tz: string;
  /** Writes a message (joining a public channel first) and gives its ts. `at`: its time, in milliseconds.
   * `attachments` as apps send them. */
  say(
    channel: string,
    text: string,
    options?: { threadTs?: string; at?: number; attachments?: object[] },
  ): Promise<string>;
  edit(channel: string, ts: string, text: string): Promise<void>;
  deleteMessage(channel: string, ts: string): Promise<void>;
  /** The emoji's name, with or without colons. */
  react(channel: string, ts: string, emoji: string): Promise<void>;
  unreact(channel: string, ts: string, emoji: string): Promise<void>;
  pin(channel: string, ts: string): Promise<void>;
  unpin(channel: string, ts: string): Promise<void>;
  join(channel: string): Promise<{ id: string; name: string }>;
  leave(channel: string): Promise<void>;
  /** Takes a channel out of the archive. */
  unarchive(channel: string): Promise<void>;
  /**
   * Types a slash command. Comes back when there is something to see, or after `wait` milliseconds (30,000)
   * without; 0 comes back with the acknowledgement.
   */
  command(channel: string, line: string, options?: { wait?: number }): Promise<Reply>;
  /** Uses a message shortcut; throws with what Slack shows when no modal opens. */
  shortcut(callbackId: string, channel: string, ts: string): Promise<View>;
  /** Fills in a modal (by block or action id; the rest stays as it is) and submits it. */
  submit(view: View, values?: Record<string, Input>): Promise<Submitted>;
  /** Closes a modal without submitting. */
  close(view: View): Promise<void>;
  /** Presses a button, or chooses `value` in a menu, in a message, an answer or a view. */
  press(target: SeenMessage | Reply | View, which: Matcher, value?: Input): Promise<Reply>;
  /** Opens the app's Home tab and waits until there is one. */
  openHome(): Promise<View | undefined>;
  /** What they see in a channel: messages, threads and what only they see, oldest first. */
  sees(channel: string): Promise<SeenMessage[]>;
  /** What only they see in a channel (by id), oldest first. */
  asides(channel: string): SeenMessage[];
  /** The channels that they are in. */
  channels(): Promise<{ id: string; name: string }[]>;
  /** Their direct messages with the bot. */
  dms(): Promise<SeenMessage[]>;
  /** The text of a file that they can see. */
  download(file: Json): Promise<string>;
  /** Moves: Slack changes the zone in their profile and tells the bot. */
  setZone(tz: string): Promise<void>;
}
