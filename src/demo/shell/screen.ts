import { type Pressable, pressables } from '../gateway/blocks.ts';
import type { Person } from '../gateway/people/person.ts';
import type { SeenMessage } from '../gateway/people/reply.ts';
import { textOf } from '../gateway/types.ts';

/** Something on the screen that can be pressed, with the message that it stands in. */
export interface NumberedButton {
  message: SeenMessage;
  button: Pressable;
}

/** What one person has on the screen: numbers for messages and buttons, and what was printed before. */
export interface Screen {
  /** Lines for what is new or changed in the channel since the last time. */
  news(person: Person, channel: string): Promise<string[]>;
  /** All of the channel anew. */
  all(person: Person, channel: string): Promise<string[]>;
  /** The message with a number, or the last one that is not only for this person. */
  message(person: Person, channel: string, number: number | undefined): Promise<SeenMessage | undefined>;
  button(number: number): NumberedButton | undefined;
}

/** `name` gives the display name of a user id. */
export function createScreen(name: (id: string) => string): Screen {
  const printed = new Map<string, string[]>();
  const numbers = new Map<string, Map<string, number>>();
  const buttons: NumberedButton[] = [];

  function number(channel: string, ts: string): number {
    const known = numbers.get(channel) ?? new Map<string, number>();
    numbers.set(channel, known);
    known.set(ts, known.get(ts) ?? known.size + 1);
    return known.get(ts) ?? 0;
  }

  /** `before`: its lines when it was printed last; only what is new since is printed again. */
  function render(message: SeenMessage, before: string[] = []): string[] {
    const time = new Date(Number(message.ts) * 1000).toISOString().slice(11, 19);
    const who = message.user ? name(message.user) : 'Slack';
    const marks = [
      message.ephemeral ? 'only you see this' : '',
      message.threadTs && message.threadTs !== message.ts ? 'in a thread' : '',
      before.length > 0 ? 'changed' : message.edited ? 'edited' : '',
    ].filter(Boolean);
    const offered = pressables(message.blocks).map((button) => {
      buttons.push({ message, button });
      const url = textOf(button.element.url);
      return `[${buttons.length}] ${button.label || button.actionId}${url ? ` ${url}` : ''}`;
    });
    const lines = linesOf(message).filter((line) => !before.includes(line));
    if (offered.length > 0) lines.push(`press: ${offered.join('  ')}`);
    const said = marks.length > 0 ? ` (${marks.join(', ')})` : '';
    const head = `${String(number(message.channel, message.ts)).padStart(3)}  ${who} ${time} UTC${said}`;
    return [head, ...lines.map((line) => `     ${line}`)];
  }

  function linesOf(message: SeenMessage): string[] {
    const reactions = message.reactions.map(
      ({ name: emoji, users }) => `:${emoji}: ${users.map(name).join(', ')}`,
    );
    // Buttons get a line of their own, with their numbers.
    const shown = message.shown.split('\n').filter((line) => !/^(\[[^\]]*\] ?)+$/.test(line));
    return [...shown, ...(reactions.length > 0 ? [reactions.join('  ')] : [])];
  }

  /** What changed since the last time, each message with the lines that it had then. */
  async function changed(
    person: Person,
    channel: string,
  ): Promise<{ message: SeenMessage; before: string[] }[]> {
    return (await person.sees(channel)).flatMap((message) => {
      const lines = linesOf(message);
      const key = `${person.id} ${channel} ${message.ts}`;
      const before = printed.get(key);
      printed.set(key, lines);
      return before?.join('\n') === lines.join('\n') ? [] : [{ message, before: before ?? [] }];
    });
  }

  return {
    news: async (person, channel) =>
      (await changed(person, channel)).flatMap(({ message, before }) => render(message, before)),
    async all(person, channel) {
      await changed(person, channel);
      return (await person.sees(channel)).flatMap((message) => render(message));
    },
    async message(person, channel, wanted) {
      const seen = await person.sees(channel);
      if (wanted === undefined) return seen.findLast(({ ephemeral }) => !ephemeral);
      return seen.find(({ ts }) => number(channel, ts) === wanted);
    },
    button: (wanted) => buttons[wanted - 1],
  };
}
