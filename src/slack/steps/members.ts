import { incidentAndChannel, NO_CHANNEL, type StepHandler } from './types.ts';

const PAGE = 200;

/** Learns who is in the incident's channel. Events follow from then on. */
export const learnMembers: StepHandler<'members'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  // Before asking: who joins or leaves meanwhile has a later event.
  const asOfTs = (deps.clock.now() / 1000).toFixed(6);
  const members: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.client.conversations.members({
      channel,
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    members.push(...(page.members ?? []));
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  await deps.store.transaction((tx) => tx.setMembers(incident.teamId, channel, members, asOfTs));
  return { members: members.length };
};
