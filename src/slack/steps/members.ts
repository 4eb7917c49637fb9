import { allowing } from '../slackErrors.ts';
import { incidentAndChannel, NO_CHANNEL, reading, type StepHandler } from './types.ts';

const PAGE = 200;
// Clocks differ: an event from the last minute counts more, unless it was known before.
const TOLERANCE_S = 60;
const NOT_THERE = ['channel_not_found', 'is_archived', 'not_in_channel'];

/** Learns who is in the incident's channel. Events follow from then on. */
export const learnMembers: StepHandler<'members'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  // Before asking: who joins or leaves meanwhile has a later event.
  const known = await reading(deps, (tx) => tx.membersKnown(incident.teamId, channel));
  const asOfTs = (deps.clock.now() / 1000 - TOLERANCE_S).toFixed(6);
  const members: string[] = [];
  let cursor: string | undefined;
  const read = async () => {
    do {
      const asked = { channel, limit: PAGE, ...(cursor && { cursor }) };
      const page = await deps.client.conversations.members(asked);
      members.push(...(page.members ?? []));
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
  };
  const code = await allowing(NOT_THERE, read());
  // A channel of which Slack names nobody says nothing of who was there.
  if (code !== null || members.length === 0) return { skipped: code ?? 'nobody' };
  await deps.store.transaction((tx) => tx.setMembers(incident.teamId, channel, members, asOfTs, known));
  return { members: members.length };
};
