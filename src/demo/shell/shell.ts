import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../gateway/gateway.ts';
import type { Person, View } from '../gateway/people/person.ts';
import type { Reply } from '../gateway/people/reply.ts';
import { shownView } from '../gateway/shown.ts';
import { type Form, fillIn, formLines } from './form.ts';
import { createScreen } from './screen.ts';

export const SHELL_HELP = `  /incident …       a command            as NAME           become another user
  any text          a message            in #channel       go to a channel and see it
  +:boom: [N]       react (-:boom: takes it away), to the last message or to number N
  add N             the shortcut "Add to timeline" on message N
  reply N TEXT · edit N TEXT · delete N
  press N           press a button by its number
  field: value, submit, cancel           in an open form
  look · dms · home · users · channels · help · quit`;

/** A prompt without a terminal: a line in, what one sees out. */
export interface Shell {
  readonly prompt: string;
  /** Does what a line says; false when it ends the shell. */
  run(line: string): Promise<boolean>;
}

interface State {
  person: Person;
  channel: { id: string; name: string };
  form: Form | undefined;
}

/** `people[0]` begins, in the channel `place`. `quiet` is how long nothing may change before the next prompt, in ms. */
export async function createShell(options: {
  gateway: Gateway;
  people: Person[];
  place: string;
  print: (line: string) => void;
  quiet?: number;
}): Promise<Shell> {
  const { gateway, people, print, quiet = 500 } = options;
  const [first] = people;
  if (!first) throw new Error('The shell needs somebody to be.');
  const name = (id: string) =>
    id === gateway.workspace.botUserId ? 'Debrief' : (people.find((one) => one.id === id)?.name ?? id);
  const screen = createScreen(name);
  const start = await gateway.channel(options.place);
  const state: State = { person: first, channel: { id: start, name: options.place }, form: undefined };

  async function showNews(): Promise<void> {
    const end = Date.now() + 6 * quiet;
    for (let still = Date.now() + quiet; Date.now() < still && Date.now() < end; await sleep(60)) {
      const lines = await screen.news(state.person, state.channel.id);
      for (const line of lines) print(line);
      if (lines.length > 0) still = Date.now() + quiet;
    }
  }

  function open(view: View | undefined): void {
    state.form = view && { view, values: {} };
    if (state.form) for (const line of formLines(state.form)) print(line);
  }

  function take(reply: Reply): void {
    if (reply.failure) print(reply.failure);
    if (reply.view) open(reply.view);
  }

  async function submit(form: Form): Promise<void> {
    const done = await state.person.submit(form.view, form.values);
    if (done.kind === 'errors')
      for (const [field, fault] of Object.entries(done.errors)) print(`  ${field}: ${fault}`);
    else if (done.kind === 'failed') print(done.failure);
    else open('view' in done ? done.view : undefined);
  }

  async function onMessage(verb: string, number: number | undefined, rest: string): Promise<void> {
    const { person, channel } = state;
    const message = await screen.message(person, channel.id, number);
    if (!message) return print(`There is no message ${number ?? ''} here.`);
    const { ts } = message;
    if (verb === 'add') open(await person.shortcut('add_to_timeline', channel.id, ts));
    else if (verb === 'reply') await person.say(channel.id, rest, { threadTs: message.threadTs ?? ts });
    else if (verb === 'edit') await person.edit(channel.id, ts, rest);
    else if (verb === 'delete') await person.deleteMessage(channel.id, ts);
    else if (verb === '+') await person.react(channel.id, ts, rest);
    else await person.unreact(channel.id, ts, rest);
  }

  async function goTo(wanted: string): Promise<void> {
    const { id } = await state.person.join(wanted);
    state.channel = { id, name: wanted };
    for (const line of await screen.all(state.person, id)) print(line);
  }

  const words: Record<string, () => Promise<void> | void> = {
    help: () => print(SHELL_HELP),
    look: async () => {
      for (const line of await screen.all(state.person, state.channel.id)) print(line);
    },
    users: () => {
      for (const { name: who, tz } of people) print(`  ${who}  ${tz}`);
    },
    channels: async () => {
      for (const { name: channel } of await gateway.channels()) print(`  #${channel}`);
    },
    dms: async () => {
      for (const message of await state.person.dms())
        print(`  ${name(message.user ?? '')}: ${message.shown}`);
    },
    home: async () => {
      const view = await state.person.openHome();
      print(view ? shownView(view) : 'The bot has no Home tab.');
    },
  };

  async function act(line: string): Promise<void> {
    const { form, person, channel } = state;
    const reaction = /^([+-]):([^:\s]+(?:::[^:\s]+)?):\s*(\d+)?$/.exec(line);
    const numbered = /^(add|reply|edit|delete)\s+(\d+)\s*([\s\S]*)$/.exec(line);
    const pressed = /^press\s+(\d+)$/.exec(line)?.[1];
    const place = /^in\s+#(\S+)$/.exec(line)?.[1];
    const other = people.find((one) => line.toLowerCase() === `as ${one.name}`);
    if (form && line === 'submit') await submit(form);
    else if (form && line === 'cancel') {
      await person.close(form.view);
      state.form = undefined;
    } else if (form && fillIn(form, line)) return;
    else if (words[line]) await words[line]();
    else if (other) Object.assign(state, { person: other, form: undefined });
    else if (place) await goTo(place);
    else if (reaction)
      await onMessage(reaction[1] ?? '+', reaction[3] ? Number(reaction[3]) : undefined, reaction[2] ?? '');
    else if (numbered) await onMessage(numbered[1] ?? '', Number(numbered[2]), numbered[3] ?? '');
    else if (pressed) {
      const found = screen.button(Number(pressed));
      if (found)
        take(
          await person.press(
            found.message,
            ({ actionId, blockId }) => actionId === found.button.actionId && blockId === found.button.blockId,
          ),
        );
      else print(`There is no button ${pressed}.`);
    } else if (line.startsWith('/')) take(await person.command(channel.id, line));
    else await person.say(channel.id, line);
  }

  return {
    get prompt() {
      return `${state.person.name} #${state.channel.name}${state.form ? ' (form)' : ''}> `;
    },
    async run(typed) {
      const line = typed.trim();
      if (line === 'quit' || line === 'exit') return false;
      try {
        if (line) await act(line);
      } catch (error) {
        print(error instanceof Error ? error.message : String(error));
      }
      if (!state.form) await showNews();
      return true;
    },
  };
}
