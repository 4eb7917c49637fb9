import pg from 'pg';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import type { Reply, SeenMessage } from '../../src/demo/gateway/people/reply.ts';
import type { Workspace } from '../support/workspace.ts';

const PATIENCE = 20_000;

/** Waits until `look` finds something; fails with `what` when it does not. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((go) => setTimeout(go, 40))) {
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

/** Lets the incident's timers of that key be due now. */
export async function makeDue(space: Workspace, channel: string, key: string): Promise<void> {
  const client = new pg.Client({ connectionString: space.databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(
    `UPDATE "Timer" SET "dueAt" = now() - interval '1 second' FROM "Incident"
     WHERE "Incident".id = "Timer"."incidentId" AND "Incident"."channelId" = $1 AND key = $2
       AND "firedAt" IS NULL AND "canceledAt" IS NULL`,
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
