import { type FetchedMessage, textOf } from '../messageText.ts';
import { allowing } from '../slackErrors.ts';
import { type RunOption, runModal } from '../views/run.ts';
import { namesFor, reading, type Step, type StepDeps, type StepHandler } from './types.ts';

const MOST_OFFERED = 10;
const MOST_PAGES = 5;
// Slack gives the newest of a range first: what follows at once is asked for before all that came since.
const RANGES_S = [3600, 24 * 3600, null];

/** Shows the messages from the chosen one on in the form that waits. */
export const offerRun: StepHandler<'offer-run'> = async (deps, step) => {
  const { viewId, channelId, userId } = step.delivery;
  const found = (await messagesFrom(deps, step))
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

/** What people said from the message on: enough to be offered, or all there is. */
async function messagesFrom(deps: StepDeps, step: Step<'offer-run'>): Promise<RunMessage[]> {
  const { ts, threadTs } = step.delivery;
  let found: RunMessage[] = [];
  for (const seconds of threadTs === null ? RANGES_S : [null]) {
    const latest = seconds === null ? null : Number(ts) + seconds;
    const all = await messagesIn(deps, step, latest);
    const theirs = all.filter((message) => message.user !== deps.self.userId && said(message));
    // More came since than is read: what there was before is nearer to the message.
    const oldest = found.at(-1)?.ts;
    if (oldest && !theirs.some((message) => message.ts === oldest)) break;
    found = theirs;
    if (found.length >= MOST_OFFERED || (latest ?? 0) * 1000 >= deps.clock.now()) break;
  }
  return found;
}

/** As far as MOST_PAGES go. `latest`: seconds since 1970; null: until now. */
async function messagesIn(
  deps: StepDeps,
  step: Step<'offer-run'>,
  latest: number | null,
): Promise<RunMessage[]> {
  const { channelId: channel, ts, threadTs } = step.delivery;
  const { conversations } = deps.client;
  const until = latest === null ? {} : { latest: latest.toFixed(6) };
  const range = { channel, oldest: ts, ...until, inclusive: true, limit: 200 };
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
