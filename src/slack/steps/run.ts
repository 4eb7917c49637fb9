import { type FetchedMessage, textOf } from '../messageText.ts';
import { allowing } from '../slackErrors.ts';
import { type RunOption, runModal } from '../views/run.ts';
import { namesFor, reading, type Step, type StepDeps, type StepHandler } from './types.ts';

const MOST_OFFERED = 10;
const MOST_PAGES = 5;

/** Shows the messages from the chosen one on in the form that waits. */
export const offerRun: StepHandler<'offer-run'> = async (deps, step) => {
  const { viewId, channelId, userId } = step.delivery;
  const found = (await messagesFrom(deps, step))
    .filter((message) => message.user !== deps.self.userId && said(message))
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .slice(0, MOST_OFFERED);
  const { incident, names, lines, zone } = await reading(deps, async (tx) => {
    const incident = await tx.incident(step.incidentId);
    const lines = new Map<string, number>();
    for (const { ts = '' } of found) {
      const entry = await tx.entryOf(incident.id, { channelId, ts });
      if (entry?.retractedAt === null) lines.set(ts, entry.number);
    }
    const names = await namesFor(tx, incident.teamId);
    return { incident, names, lines, zone: await tx.zoneOf(incident.teamId, userId) };
  });
  const options: RunOption[] = [];
  for (const message of found) {
    const { ts = '', user: authorId = null } = message;
    const name = authorId && (await deps.people.known(incident.teamId, authorId))?.name;
    const author = name ?? message.username ?? 'an app';
    options.push({ ts, authorId, author, text: textOf(message), number: lines.get(ts) ?? null });
  }
  const view = runModal(channelId, options, { zone, now: deps.clock.now(), names });
  // Closed meanwhile: there is nobody to show it to.
  const call = deps.client.views.update({ view_id: viewId, view });
  return { offered: options.length, code: await allowing(['not_found', 'view_not_found'], call) };
};

interface RunMessage extends FetchedMessage {
  subtype?: string;
  username?: string;
}

// Joins, topics and the like are Slack's own words.
const SAID = [undefined, 'bot_message', 'file_share', 'thread_broadcast', 'me_message'];

const said = (message: RunMessage): boolean => SAID.includes(message.subtype) && textOf(message) !== '';

async function messagesFrom(deps: StepDeps, step: Step<'offer-run'>): Promise<RunMessage[]> {
  const { channelId: channel, ts, threadTs } = step.delivery;
  const { conversations } = deps.client;
  const range = { channel, oldest: ts, inclusive: true, limit: 200 };
  const all: RunMessage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = { ...range, ...(cursor && { cursor }) };
    const answer =
      threadTs === null
        ? await conversations.history(asked)
        : await conversations.replies({ ...asked, ts: threadTs });
    all.push(...((answer.messages ?? []) as RunMessage[]));
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  // A thread's first message comes with every page.
  return all.filter((message) => Number(message.ts) >= Number(ts));
}
