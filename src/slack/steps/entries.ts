import { isOpen } from '../../incident/lifecycle.ts';
import type { Incident, SourceMessage } from '../../incident/types.ts';
import { linkLine } from '../../usecases/linkLine.ts';
import { act, maySee } from '../../usecases/scope.ts';
import { cleanText } from '../../usecases/texts.ts';
import { type FetchedMessage, filesOf, textOf } from '../messageText.ts';
import { postedBefore, postOnce } from '../post.ts';
import { allowing, unlessRefused } from '../slackErrors.ts';
import { partMessage } from '../views/actions.ts';
import { capturedMessage, entryLine } from '../views/entries.ts';
import {
  incidentAndChannel,
  itself,
  NO_CHANNEL,
  NOT_TOLD,
  namesFor,
  reading,
  type Step,
  type StepDeps,
  type StepHandler,
} from './types.ts';

/** A line as it stands, with the incident that has it: not that of the step, if it moved in a merge since. */
async function entryState(deps: StepDeps, entryId: string) {
  return reading(deps, async (tx) => {
    const entry = await tx.entry(entryId);
    if (!entry) throw new Error(`entry ${entryId} is gone`);
    const incident = await tx.incident(entry.incidentId);
    const marks = await tx.activeMarks(incident.id);
    const names = await namesFor(tx, incident.teamId);
    return { incident, names, entry, marks: marks.filter((mark) => mark.entryId === entryId), all: marks };
  });
}

/** The bot's own line for an entry: posted once, then rendered anew from the entry's state. */
export const showEntryLine: StepHandler<'entry'> = async (deps, step) => {
  const state = await entryState(deps, step.delivery.entryId);
  const { incident, names, entry, marks } = state;
  if (!entry.message && incident.id !== step.incidentId) return handOver(deps, step, state);
  const channel = incident.channelId;
  if (!channel) return NO_CHANNEL;
  const elsewhere = entry.message !== null && entry.message.channelId !== channel;
  const view = entryLine(entry, marks, names, elsewhere ? incident.number : null);
  if (entry.message) {
    const { channelId, ts } = entry.message;
    const code = await allowing(
      ['message_not_found'],
      step.write(() => deps.client.chat.update({ channel: channelId, ts, ...view })),
    );
    // The try that posted it may have ended before it learned the link.
    if (entry.permalink === null && code === null) await learnPermalink(deps, entry.id, entry.message);
    return { ts, code };
  }
  const ts = await postOnce(deps, step, channel, view);
  await link(deps, incident, entry.id, { channelId: channel, ts });
  return { ts };
};

/**
 * A line that moved in a merge before it was posted is posted by the lane of the incident that has it now, so that two
 * lanes do not; unless an earlier try of this one posted it where it was.
 */
async function handOver(
  deps: StepDeps,
  step: Step<'entry'>,
  { incident, names, entry, marks }: Awaited<ReturnType<typeof entryState>>,
): Promise<object> {
  const { channel } = await incidentAndChannel(deps, step.incidentId);
  const ts = channel && (await postedBefore(deps, step, channel, entryLine(entry, marks, names)));
  if (ts) await link(deps, incident, entry.id, { channelId: channel, ts });
  const show = { kind: 'entry' as const, entryId: entry.id };
  await act(deps.runner, { who: itself(incident.teamId) }, (scope) => scope.send(incident.id, show));
  return { movedTo: incident.id };
}

async function link(
  deps: StepDeps,
  { teamId }: Incident,
  entryId: string,
  message: SourceMessage,
): Promise<void> {
  await act(deps.runner, { who: itself(teamId) }, (scope) => linkLine(scope, { entryId, message }));
  await learnPermalink(deps, entryId, message);
}

/** The link that proves an entry. Where Slack refuses it, the entry has none. */
async function learnPermalink(
  deps: StepDeps,
  entryId: string,
  { channelId, ts }: SourceMessage,
): Promise<void> {
  const call = deps.client.chat.getPermalink({ channel: channelId, message_ts: ts });
  const permalink = (await unlessRefused(call, null))?.permalink;
  if (permalink) await deps.store.transaction((tx) => tx.updateEntry(entryId, { permalink }));
}

/** Learns text, author and permalink of the message that an entry stands for. A person's own wording stays. */
export const fetchMessage: StepHandler<'fetch'> = async (deps, step) => {
  const { entry, incident } = await entryState(deps, step.delivery.entryId);
  if (!entry.message) return { skipped: 'no message' };
  const { channelId, ts } = entry.message;
  const found = await unlessRefused(findMessage(deps, channelId, ts), null);
  const text = found ? cleanText(textOf(found)) : '';
  await deps.store.transaction(async (tx) => {
    await tx.lockIncident({ id: incident.id });
    const now = (await tx.entry(entry.id)) ?? entry;
    const editedTs = found?.edited?.ts ?? '';
    // While we asked, or since, an edit may have come: Slack's answer is from before it.
    const outdated = now.text !== '' && now.messageChange > editedTs;
    const words =
      now.textEdited || outdated
        ? {}
        : { text: text || now.text || '(Slack did not let me read this message)' };
    // An earlier edit that comes late must not replace what was read.
    const change = editedTs > now.messageChange ? { messageChange: editedTs } : {};
    const files = found ? filesOf(found) : [];
    const more = files.length > 0 ? { files } : {};
    await tx.updateEntry(entry.id, { ...words, ...change, ...more, authorId: found?.user ?? now.authorId });
  });
  await learnPermalink(deps, entry.id, entry.message);
  return { found: found !== null };
};

/** The same for an action item or a factor; says to the one who reacted what it became. */
export const fetchPart: StepHandler<'fetch-part'> = async (deps, step) => {
  const { part, id, userId, channelId: channel, ts } = step.delivery;
  const found = await unlessRefused(findMessage(deps, channel, ts), null);
  const call = deps.client.chat.getPermalink({ channel, message_ts: ts });
  const permalink = (await unlessRefused(call, null))?.permalink ?? null;
  const text = (found && cleanText(textOf(found))) || '(Slack did not let me read this message)';
  const number = await deps.store.transaction((tx) => tx.describePart(part, id, { text, permalink }));
  const words = { channel, user: userId, ...partMessage(step.incidentId, number, text) };
  const told = step.write(() => deps.client.chat.postEphemeral(words));
  return { code: await allowing(['user_not_in_channel', 'not_in_channel', 'channel_not_found'], told) };
};

/** In the channel, or in a thread: always the message with exactly that ts, never its parent. */
async function findMessage(deps: StepDeps, channel: string, ts: string): Promise<FetchedMessage | null> {
  const { conversations } = deps.client;
  const top = await conversations.history({ channel, latest: ts, oldest: ts, inclusive: true, limit: 1 });
  const found = top.messages?.find((one) => one.ts === ts);
  if (found) return found as FetchedMessage;
  const thread = await conversations.replies({
    channel,
    ts,
    latest: ts,
    oldest: ts,
    inclusive: true,
    limit: 10,
  });
  return (thread.messages?.find((one) => one.ts === ts) as FetchedMessage | undefined) ?? null;
}

// A message that an incident was declared from may stand where the bot is not.
const UNMARKED = [
  'already_reacted',
  'too_many_emoji',
  'too_many_reactions',
  'is_archived',
  'no_reaction',
  'message_not_found',
  'not_in_channel',
  'channel_not_found',
];

/** The bot's check mark: on the message while its entry stands. */
export const showCheckMark: StepHandler<'react'> = async (deps, step) => {
  const { entry } = await entryState(deps, step.delivery.entryId);
  if (!entry.message) return { skipped: 'no message' };
  const target = { channel: entry.message.channelId, timestamp: entry.message.ts, name: 'white_check_mark' };
  const { reactions } = deps.client;
  const call = step.write(() =>
    entry.retractedAt === null ? reactions.add(target) : reactions.remove(target),
  );
  return { code: await allowing(UNMARKED, call) };
};

/** Answers the one who reacted, where only they see it. */
export const tellCaptured: StepHandler<'captured'> = async (deps, step) => {
  const { entryId, userId, held } = step.delivery;
  const { incident, names, entry, marks, all } = await entryState(deps, entryId);
  if (!incident.channelId || entry.retractedAt !== null) return { skipped: 'retracted' };
  // Where they reacted: of a merged incident that is not the channel of the one that has the line.
  const channel = entry.message?.channelId ?? incident.channelId;
  const who = { teamId: incident.teamId, userId, zone: null, channelId: channel };
  if (!(await reading(deps, (tx) => maySee({ tx, who }, incident)))) return NOT_TOLD;
  const zone = (await deps.people.known(incident.teamId, userId))?.zone ?? null;
  const holders = all.filter((mark) => held.includes(mark.milestone) && mark.entryId !== entry.id);
  const offer =
    isOpen(incident.status) &&
    marks.some((mark) => mark.milestone === 'resolved' && mark.provenance !== 'inferred');
  const reader = { zone, now: deps.clock.now(), names };
  const elsewhere = channel !== incident.channelId;
  const view = capturedMessage(entry, marks, holders, reader, {
    offer,
    incident: incident.number,
    elsewhere,
  });
  const words = { channel, user: userId, ...view };
  const call = step.write(() => deps.client.chat.postEphemeral(words));
  return { code: await allowing(['user_not_in_channel', 'not_in_channel', 'channel_not_found'], call) };
};
