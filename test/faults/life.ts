import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import type { Rows } from '../support/rows.ts';
import type { Workspace } from '../support/workspace.ts';

/** What was promised in one incident's life, and what came of it. */
export interface Life {
  title: string;
  /** Texts of which the bot said that they are stored. */
  acknowledged: string[];
  /** What had to be typed again because nothing was stored. */
  retyped: number;
}

const DAY = '2026-03-10';
/** What people type; the text is what is looked for in the database. */
const COMMANDS: [command: string, text: string][] = [
  [`note ${DAY} 09:03 UTC`, 'Checkout answers 500'],
  [`detected ${DAY} 09:04 UTC`, 'The alert for checkout fired'],
  [`note ${DAY} 09:20 UTC`, 'Payments of 09:00 to 09:20 are missing'],
  [`root-cause ${DAY} 09:31 UTC`, 'A tax table without its last column'],
  [`fix-released ${DAY} 09:58 UTC`, 'The table of yesterday is back'],
  ['factor', 'Nobody compares the table with its schema'],
  ['action', 'Compare tables with their schema'],
  ['summary', 'Checkout failed for 58 minutes.'],
  ['note 2026-03-10 10:10 UTC', 'All payments were made up'],
];
const MESSAGES: [minute: number, text: string, emoji: string][] = [
  [2, 'A customer cannot pay', 'telephone_receiver'],
  [41, 'The fix is in review', 'hammer_and_wrench'],
  [60, 'Error rate is back to nothing', 'pushpin'],
];
/** Much more than it takes, on a busy machine too. */
const PATIENCE_MS = 1_200_000;
// Many look at once.
const LOOK_AGAIN_MS = 500;
const ANSWER_AWAITED_MS = 15_000;
const TYPED_AGAIN_AFTER_MS = 1500;

const STORED = `
  SELECT text FROM (
    SELECT "incidentId", text FROM "Entry" WHERE "retractedAt" IS NULL
    UNION ALL SELECT "incidentId", text FROM "Factor"
    UNION ALL SELECT "incidentId", text FROM "ActionItem"
    UNION ALL SELECT "incidentId", text FROM "SectionText"
  ) AS one JOIN "Incident" i ON i.id = "incidentId" WHERE i.title = $1`;

/** Everything that is stored of an incident, each text as often as it is there. */
export const storedTexts = async (rows: Rows, title: string): Promise<string[]> =>
  (await rows.sql<{ text: string }>(STORED, [title])).map(({ text }) => text);

/** A whole retrospective incident: its draft depends on nothing but what is typed. People repeat what failed. */
export async function live(space: Workspace, rows: Rows, person: Person, title: string): Promise<Life> {
  const life: Life = { title, acknowledged: [], retyped: 0 };
  const until = deadline(`the life of ${title}`);
  const incident = async () => {
    const found = await rows.sql<{ number: number; channelId: string | null; status: string }>(
      `SELECT number, "channelId", status FROM "Incident" WHERE title = $1`,
      [title],
    );
    return found[0];
  };

  /** Types it until it is stored, as people do who are told that it is not. */
  async function say(line: string, isStored: () => Promise<boolean>, acknowledges?: string): Promise<void> {
    for (;;) {
      until();
      const typedAt = Date.now();
      const reply = await person.command(space.incidents, `/incident ${line}`, { wait: 15_000 });
      const open = /was not stored|whether it is stored/.test(reply.text);
      const said = !reply.failure && reply.messages.length > 0 && !open;
      if (said && acknowledges) life.acknowledged.push(acknowledges);
      // Slack waits no longer; the bot may be at it all the same, and then says so later.
      if (/operation_timeout/.test(reply.failure ?? '')) await arrival(rows, line, typedAt);
      // No answer: what is in the inbox is finished by somebody, or it never came in.
      while (await isUnderWay(rows, line)) {
        until();
        await sleep(LOOK_AGAIN_MS);
      }
      if (await isStored()) return;
      if (said) throw new Error(`“${line}” was answered with: ${reply.text}`);
      life.retyped++;
      await sleep(TYPED_AGAIN_AFTER_MS);
    }
  }

  await say(
    `declare sev2 retrospective ${title} at ${DAY} 09:00 UTC`,
    async () => (await incident()) !== undefined,
  );
  const number = (await incident())?.number;
  for (const [command, text] of COMMANDS.slice(0, 4)) await enter(command, text);
  const channel = await look(async () => (await incident())?.channelId, until);
  for (const [minute, text, emoji] of MESSAGES) {
    const at = Date.parse(`${DAY}T09:00:00Z`) + minute * 60_000;
    const ts = await person.say(channel, text, { at });
    await person.react(channel, ts, emoji);
    // Lines are numbered as they come; a reaction is not answered, so it is waited for.
    await look(async () => (await storedTexts(rows, title)).includes(text) || undefined, until).catch(
      async (error) => {
        throw new Error(`${error.message}: ${await whereabouts(space, rows, channel, ts)}`);
      },
    );
  }
  for (const [command, text] of COMMANDS.slice(4)) await enter(command, text);
  await say(`INC-${number} resolve ${DAY} 10:12 UTC`, async () => (await incident())?.status === 'resolved');
  await rows.laneIdle(title, PATIENCE_MS);
  return life;

  function enter(command: string, text: string): Promise<void> {
    const isStored = async () => (await storedTexts(rows, title)).includes(text);
    return say(`INC-${number} ${command} ${text}`, isStored, text);
  }
}

/** What became of a reaction, for whoever reads that it has no line. */
async function whereabouts(space: Workspace, rows: Rows, channel: string, ts: string): Promise<string> {
  const events = space.gateway.events.filter(({ event }) => JSON.stringify(event).includes(ts));
  const inbox = await rows.sql(
    `SELECT key, attempts, "doneAt", error FROM "Inbox" WHERE key LIKE '%' || $1 || '%'`,
    [ts],
  );
  const passes = await rows.sql(
    `SELECT r.*, now() FROM "Reconciling" r JOIN "Incident" i ON i.id = r."incidentId" WHERE i."channelId" = $1`,
    [channel],
  );
  return JSON.stringify({ attempts: events.map((one) => one.attempts), inbox, passes });
}

const isUnderWay = async (rows: Rows, line: string): Promise<boolean> =>
  (await rows.sql(`SELECT 1 FROM "Inbox" WHERE body->>'text' = $1 AND "doneAt" IS NULL`, [line])).length > 0;

/** Until the command is in the inbox; where it does not come, as long as a person would wait for an answer. */
async function arrival(rows: Rows, line: string, since: number): Promise<void> {
  const sql = `SELECT 1 FROM "Inbox" WHERE body->>'text' = $1 AND "receivedAt" >= $2`;
  for (const end = Date.now() + ANSWER_AWAITED_MS; Date.now() < end; await sleep(LOOK_AGAIN_MS))
    if ((await rows.sql(sql, [line, new Date(since)])).length > 0) return;
}

/** Throws when it is called too late. */
function deadline(what: string): () => void {
  const end = Date.now() + PATIENCE_MS;
  return () => {
    if (Date.now() > end) throw new Error(`${what} took more than ${PATIENCE_MS / 1000} seconds`);
  };
}

async function look<T>(find: () => Promise<T | null | undefined>, until: () => void): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== null && found !== undefined) return found;
    until();
    await sleep(LOOK_AGAIN_MS);
  }
}
