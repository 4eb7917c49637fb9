import { setTimeout as sleep } from 'node:timers/promises';
import { pressables } from '../gateway/blocks.ts';
import type { Person } from '../gateway/people/person.ts';
import type { Reply } from '../gateway/people/reply.ts';
import { utcLabel } from './wallClock.ts';

/** Longest wait for an answer or an effect, in milliseconds. */
export const PATIENCE = 30_000;

const REFUSED = /^(What you typed|Something broke on our side|.*you typed:$)/m;

/** A step of a replay that the bot did not take: what was typed, and what it answered. */
export class StepError extends Error {
  constructor(typed: string, answered: string) {
    super(`The bot did not take this step.\n  typed:    ${indent(typed)}\n  answered: ${indent(answered)}`);
    this.name = 'StepError';
  }
}

/**
 * Types a command and waits for its answer. A question about a time is answered with the button of the first of
 * `instants` that has one (milliseconds), as often as it is asked. Throws a StepError on a refusal, or when the
 * answer is not like `expected`.
 */
export async function typeCommand(
  person: Person,
  channel: string,
  line: string,
  expected: RegExp,
  instants: number[] = [],
): Promise<string> {
  const reply = await person.command(channel, line, { wait: PATIENCE });
  await lateAnswer(line, reply);
  const answered = await answerQuestions(person, line, reply, [...instants]);
  if (REFUSED.test(answered) || !expected.test(answered)) throw new StepError(line, answered || '(nothing)');
  return answered;
}

/** Waits for an effect; throws a StepError with `missing` when it does not come. */
export async function effect<T>(
  typed: string,
  missing: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new StepError(typed, missing);
}

/** Slack waits three seconds only; the bot is at it all the same, and its answer comes after Slack's words. */
async function lateAnswer(typed: string, { failure, messages }: Reply): Promise<void> {
  if (failure) await effect(typed, failure, async () => messages.at(0));
}

async function answerQuestions(
  person: Person,
  line: string,
  first: Reply,
  instants: number[],
): Promise<string> {
  let reply = first;
  for (;;) {
    const question = reply.messages.at(-1);
    const choices = pressables(question?.blocks ?? []).filter(({ actionId }) =>
      actionId.startsWith('choose_time'),
    );
    if (!question || choices.length === 0) return reply.text;
    const wanted = instants.find((at) => choices.some(({ label }) => label.includes(utcLabel(at))));
    if (wanted === undefined) throw new StepError(line, `${reply.text}\n(none of these is meant)`);
    instants.splice(instants.indexOf(wanted), 1);
    reply = await person.press(
      question,
      ({ label, actionId }) => actionId.startsWith('choose_time') && label.includes(utcLabel(wanted)),
    );
    await reply.visible(PATIENCE);
    await lateAnswer(line, reply);
  }
}

function indent(text: string): string {
  const short = text.length > 1500 ? `${text.slice(0, 1500)} …` : text;
  return short.replaceAll('\n', '\n            ');
}
