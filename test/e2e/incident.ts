import pg from 'pg';
import type { Person, View } from '../../src/demo/gateway/people/person.ts';
import type { Reply, SeenMessage } from '../../src/demo/gateway/people/reply.ts';
import type { Workspace } from '../support/workspace.ts';

const PATIENCE = 60_000;

/** Waits until `look` finds something; fails with `what` when it does not. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((go) => setTimeout(go, 200))) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`In ${PATIENCE / 1000} seconds there was no ${what}.`);
}

/** Types a command in a channel and returns what was answered. */
export const type = (person: Person, channel: string, line: string): Promise<Reply> =>
  person.command(channel, line, { wait: PATIENCE });

/** Declares by one line in #incidents and returns the channel's id once the person is in it. */
export async function declare(space: Workspace, person: Person, line: string): Promise<string> {
  let reply = await type(person, space.incidents, `/incident declare ${line}`);
  if (/may be an incident that is open already/.test(reply.text)) {
    reply = await person.press(reply, 'Declare anyway');
    await reply.visible();
  }
  const number = /\*INC-(\d+)\* is declared/.exec(reply.text)?.[1];
  if (!number) throw new Error(`Not declared: ${reply.text}`);
  // By its number: an invitation to another incident's channel may come late.
  const own = new RegExp(`^inc-${number}(?:-|$)`);
  return eventually('channel', async () => (await person.channels()).find(({ name }) => own.test(name))?.id);
}

/** Lets the incident's timer of that key be due now; what it reminds of is late then, as if the incident were older. */
export async function makeDue(space: Workspace, channel: string, key: string): Promise<void> {
  const client = new pg.Client({ connectionString: space.databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(
    `WITH due AS (
       SELECT t.id, t."incidentId", t.kind, greatest(t."dueAt" - now(), interval '0') + interval '1 second' AS early
       FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
       WHERE i."channelId" = $1 AND t.key = $2 AND t."firedAt" IS NULL AND t."canceledAt" IS NULL),
     older AS (
       UPDATE "Incident" i SET
         "watchedFrom" = COALESCE(i."watchedFrom", i."declaredAt") - CASE due.kind WHEN 'nudge' THEN due.early ELSE '0' END,
         "closedAt" = i."closedAt" - CASE due.kind WHEN 'archive-notice' THEN due.early ELSE '0' END
       FROM due WHERE i.id = due."incidentId")
     UPDATE "Timer" t SET "dueAt" = now() - interval '1 second' FROM due WHERE t.id = due.id`,
    [channel, key],
  );
  await client.end();
  if (rowCount !== 1) throw new Error(`There are ${rowCount} timers ${key}.`);
}

/** Whether this is a headline. Slack's own line about the topic reads alike and is none. */
export const isHeadline = (one: SeenMessage): boolean => one.shown.includes('*Declared*');

/** The incident's headline once it shows `shows`. */
export const headlineOf = (person: Person, channel: string, shows: RegExp = /./): Promise<SeenMessage> =>
  eventually(`headline that shows ${shows}`, async () =>
    (await person.sees(channel)).find((one) => isHeadline(one) && shows.test(one.shown)),
  );

/** The message with which the bot answers a reaction, only to the one who reacted. */
export const captured = (person: Person, channel: string, text: string): Promise<SeenMessage> =>
  eventually(`answer about “${text}”`, async () =>
    (await person.sees(channel)).findLast(
      (one) => one.ephemeral && /#\d+/.test(one.shown) && one.shown.includes(text),
    ),
  );

/** The draft's JSON, by the link in the channel. */
export async function draftOf(person: Person, channel: string) {
  const link = await eventually('draft', async () =>
    (await person.sees(channel))
      .flatMap(({ links }) => links)
      .findLast((url) => url.includes('/postmortems/')),
  );
  const form = async (name: string) => {
    const url = new URL(link);
    url.pathname += name;
    return (await fetch(url)).text();
  };
  return { link, json: JSON.parse(await form('.json')), markdown: await form('.md'), html: await form('') };
}

/** Sends a draft to review by the button of that message, and returns what the modal then says. */
export async function sendToReview(
  person: Person,
  message: SeenMessage | Reply,
  reviewers?: string[],
  words = '',
): Promise<View> {
  const pressed = await person.press(message, /postmortem_state_in_review/);
  const form = await eventually('form', async () => pressed.view);
  const sent = await person.submit(form, { ...(reviewers && { reviewers }), message: words });
  if (sent.kind !== 'updated') throw new Error(`Not sent: ${JSON.stringify(sent)}`);
  return sent.view;
}
