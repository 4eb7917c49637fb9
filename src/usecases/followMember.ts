import type { Scope } from './scope.ts';
import type { Membership } from './types.ts';

/**
 * Somebody joined or left a channel: of an incident's, it is kept. Where nothing was known of its members, all of
 * them are asked for.
 */
export async function followMember(scope: Scope, member: Membership): Promise<void> {
  const { tx, who } = scope;
  const incident = await tx.lockIncident({ teamId: who.teamId, channelId: member.channelId });
  if (!incident) return;
  const known = await tx.isMember(who.teamId, member.channelId, member.userId);
  await tx.setMember(who.teamId, member);
  if (known === null) await scope.send(incident.id, { kind: 'members' });
}
