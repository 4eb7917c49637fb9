import { MILESTONE_WORDS } from '../../incident/milestones.ts';
import type { Person, Submitted } from '../gateway/people/person.ts';
import type { Scenario, ScenarioEntry } from '../scenario.ts';
import type { DeclaredIncident } from './declaring.ts';
import { effect, StepError, typeCommand } from './typing.ts';
import { timeThenText, typedTime, utcLabel } from './wallClock.ts';

/** Who works on the incident. */
export interface Responders {
  lead: Person;
  /** Writes messages that the other one puts on the timeline. */
  witness: Person;
}

/** Puts an entry on the timeline in its own way, and waits until the bot says so. */
export async function captureEntry(
  entry: ScenarioEntry,
  { timezone }: Scenario,
  { channel }: DeclaredIncident,
  people: Responders,
): Promise<void> {
  const time = typedTime(entry.at, timezone);
  const capture = { command: byCommand, reaction: byReaction, shortcut: byShortcut }[entry.via];
  await capture(entry, time, channel, people);
}

async function byCommand(
  entry: ScenarioEntry,
  time: string,
  channel: string,
  { lead }: Responders,
): Promise<void> {
  const { milestones, text, at } = entry;
  const verb = milestones.length > 0 ? `milestone ${milestones.join(',')}` : 'note';
  const answered = await typeCommand(lead, channel, `/incident ${verb} ${timeThenText(time, text)}`, /#\d+/, [
    at,
  ]);
  refuseHeld(verb, answered);
}

async function byReaction(
  { milestones, text, at }: ScenarioEntry,
  time: string,
  channel: string,
  { lead, witness }: Responders,
): Promise<void> {
  const ts = await witness.say(channel, text);
  const emojis = milestones.length > 0 ? milestones.map((key) => MILESTONE_WORDS[key].emoji) : ['pushpin'];
  let number = '';
  for (const emoji of emojis) {
    const before = new Set(lead.asides(channel).map((message) => message.ts));
    await lead.react(channel, ts, emoji);
    const typed = `:${emoji}: on "${text}"`;
    const told = await effect(typed, 'nothing', async () =>
      lead.asides(channel).find((message) => !before.has(message.ts) && /#\d+/.test(message.shown)),
    );
    refuseHeld(typed, told.shown);
    number = /#(\d+)/.exec(told.shown)?.[1] ?? '';
  }
  await typeCommand(lead, channel, `/incident time #${number} ${time}`, new RegExp(`#${number}\\b`), [at]);
}

async function byShortcut(
  { milestones, text, at }: ScenarioEntry,
  time: string,
  channel: string,
  { lead, witness }: Responders,
): Promise<void> {
  const ts = await witness.say(channel, text);
  const view = await lead.shortcut('add_to_timeline', channel, ts);
  const typed = `Add to timeline on "${text}": ${time}`;
  let done: Submitted = await lead.submit(view, { time, ...(milestones.length > 0 ? { milestones } : {}) });
  if (done.kind === 'updated')
    done = await lead.submit(done.view, { reading: optionFor(done.view.blocks, at, typed) });
  if (done.kind !== 'closed') throw new StepError(typed, JSON.stringify(done));
  await effect(typed, "no check mark of the bot's on the message", async () =>
    (await lead.sees(channel)).find((message) => message.ts === ts && message.reactions.length > 0),
  );
}

/** The value of the radio button that names the instant in UTC. */
function optionFor(blocks: unknown[], at: number, typed: string): string {
  const options = [...JSON.stringify(blocks).matchAll(/"text":"([^"]*UTC[^"]*)"[^{}]*\},"value":"([^"]*)"/g)];
  const found = options.find(([, label = '']) => label.includes(utcLabel(at)));
  if (found?.[2] === undefined)
    throw new StepError(
      typed,
      `a choice without ${utcLabel(at)}: ${options.map(([, label]) => label).join(', ')}`,
    );
  return found[2];
}

/** A mark that another entry holds stays there: the scenario would come out wrong. */
function refuseHeld(typed: string, answered: string): void {
  if (/stays where .* marked it/.test(answered)) throw new StepError(typed, answered);
}
