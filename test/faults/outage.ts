import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Reply } from '../../src/demo/gateway/people/reply.ts';
import { declare } from '../e2e/incident.ts';
import type { Rows } from '../support/rows.ts';
import type { Workspace } from '../support/workspace.ts';
import { storedTexts } from './life.ts';
import { doubledPosts } from './tally.ts';

/** Something that breaks, and is mended. */
export interface Outage {
  what: string;
  begin(): unknown;
  end(): unknown;
  /** What people must see of it, whatever else they see. */
  seen?: 'stored' | 'refused' | 'unanswered';
  /** Differs little from another case. */
  alike?: true;
  /** What a process of the bot must say. */
  logged?: RegExp;
}

/** What people saw and what came of it. */
export interface Suffered {
  stored: number;
  refused: number;
  unanswered: number;
  /** Answered "stored" and not there; there though it was said that it is not. */
  lost: number;
  storedThough: number;
  doubled: number;
  doubledPosts: number;
  /** Reactions put on meanwhile that made no line, or more than one. */
  reactionsAmiss: number;
  /** Seconds from the mending until a note is answered as usual, and until Slack is told everything. */
  answersAfter: number;
  toldAfter: number;
}

const PATIENCE_MS = 400_000;

type Came = keyof Pick<Suffered, 'stored' | 'refused' | 'unanswered'>;

function cameOf({ text, failure }: Reply, head: string): Came {
  const kept = text.includes(head);
  if (/was not stored/.test(text) && kept) return 'refused';
  if (/This is stored/.test(text)) return 'stored';
  return !failure && kept && !/whether it is stored/.test(text) ? 'stored' : 'unanswered';
}

/** Two people work on an incident while something is broken for so many seconds. */
export async function suffer(
  space: Workspace<'ana' | 'ben'>,
  rows: Rows,
  outage: Outage,
  seconds: number,
): Promise<Suffered> {
  const { ana, ben } = space.people;
  const title = outage.what;
  const channel = await declare(space, ana, title);
  const messages: { ts: string; text: string }[] = [];
  for (let n = 0; n < 3; n++) {
    const text = `Seen ${n} of ${title}`;
    messages.push({ ts: await ben.say(channel, text), text });
  }
  await rows.laneIdle(title);
  const since = space.gateway.calls.length;
  const answers: { text: string; came: Came }[] = [];
  const type = async () => {
    // Long enough that a full page of the disk is soon needed.
    const text = `Note ${answers.length} of ${title} ${'x'.repeat(1500)}`;
    const reply = await ana.command(channel, `/incident note ${text}`, { wait: 15_000 });
    const head = `Note ${answers.length} of`;
    const answer = {
      text,
      // Where it is not known at first, a second answer says so.
      get came() {
        return cameOf(reply, head);
      },
    };
    const { came } = answer;
    if (came === 'unanswered')
      process.stderr.write(`${title}: ${reply.text.slice(0, 200) || 'no answer in 15 seconds'}\n`);
    answers.push(answer);
    return came;
  };

  const isSeen = () => !outage.seen || answers.some(({ came }) => came === outage.seen);

  try {
    await outage.begin();
    const over = Date.now() + seconds * 1000;
    for (const { ts } of messages) await ben.react(channel, ts, 'pushpin');
    do {
      await type();
      await sleep(300);
      // On a slow machine the first note may be there before the fault is.
    } while (Date.now() < over || (!isSeen() && Date.now() < over + PATIENCE_MS));
  } finally {
    // Whatever failed here, the next case must find all in order.
    await outage.end();
  }
  const mended = Date.now();
  const patience = (what: string) => {
    if (Date.now() > mended + PATIENCE_MS) throw new Error(`${title}: ${what} did not come back`);
  };
  const during = answers.length;
  while ((await type()) !== 'stored') patience('the answer');
  const answersAfter = (Date.now() - mended) / 1000;
  await space.gateway.settled();
  const amiss = async () => {
    const texts = await storedTexts(rows, title);
    return messages.filter(({ text }) => texts.filter((one) => one === text).length !== 1).length;
  };
  while ((await amiss()) > 0 && Date.now() < mended + PATIENCE_MS) await sleep(200);
  while (await isOpen(rows, title)) {
    patience('Slack’s channel');
    await sleep(200);
  }
  const toldAfter = (Date.now() - mended) / 1000;

  const texts = await storedTexts(rows, title);
  const count = (came: string) => answers.slice(0, during).filter((one) => one.came === came).length;
  const which = (came: string, there: boolean) =>
    answers.filter((one) => one.came === came && texts.includes(one.text) === there).length;
  const suffered: Suffered = {
    stored: count('stored'),
    refused: count('refused'),
    unanswered: count('unanswered'),
    lost: which('stored', false),
    storedThough: which('refused', true),
    doubled: texts.length - new Set(texts).size,
    doubledPosts: doubledPosts(space, since),
    reactionsAmiss: await amiss(),
    answersAfter,
    toldAfter,
  };
  await eachLineOnce(space, channel, texts);
  print(title, seconds, suffered);
  expect(suffered).toMatchObject({
    lost: 0,
    storedThough: 0,
    doubled: 0,
    doubledPosts: 0,
    reactionsAmiss: 0,
  });
  if (outage.logged) expect(space.bots.map((bot) => bot.output()).join('\n')).toMatch(outage.logged);
  if (outage.seen) expect(suffered[outage.seen]).toBeGreaterThan(0);
  return suffered;
}

const isOpen = async (rows: Rows, title: string): Promise<boolean> =>
  (
    await rows.sql(
      `SELECT 1 FROM "Outbox" o JOIN "Incident" i ON i.id::text = lane WHERE title = $1 AND "doneAt" IS NULL`,
      [title],
    )
  ).length > 0;

/** Every line that was typed appears in the channel, once. */
async function eachLineOnce(
  space: Workspace<'ana' | 'ben'>,
  channel: string,
  texts: string[],
): Promise<void> {
  const seen = (await space.people.ana.sees(channel)).filter(
    (one) => !one.ephemeral && one.user !== space.people.ben.id,
  );
  for (const text of texts.filter((one) => one.startsWith('Note '))) {
    const begins = text.slice(0, text.indexOf('x'.repeat(10)));
    expect(seen.filter((one) => one.shown.includes(begins)).length, begins).toBe(1);
  }
}

/** A row of the table in docs/reliability.md. */
function print(what: string, seconds: number, one: Suffered): void {
  const typed = `${one.stored} stored, ${one.refused} told “not stored”, ${one.unanswered} unanswered`;
  const wrong = one.lost + one.storedThough + one.doubled + one.doubledPosts + one.reactionsAmiss;
  const after = `${one.answersAfter.toFixed(1)} s | ${one.toldAfter.toFixed(1)} s`;
  console.log(`| ${what} | ${seconds} s | ${typed} | ${wrong} | ${after} |`);
}
