import { type Delivered, FORM, formBody } from '../delivery.ts';
import type { Channel, Json } from '../types.ts';
import type { Self } from './self.ts';

/** Posts an interaction with the fields that all of them have. */
export function interact(self: Self, payload: Json): Promise<Delivered> {
  const { workspace, delivery } = self.slack;
  const { userId } = self.actor;
  const { name } = self.profile;
  const common = {
    token: workspace.verificationToken,
    team: { id: workspace.teamId, domain: workspace.teamDomain },
    user: { id: userId, username: name, name, team_id: workspace.teamId },
    api_app_id: workspace.appId,
    enterprise: null,
    is_enterprise_install: false,
  };
  return delivery.post(formBody({ payload: JSON.stringify({ ...common, ...payload }) }), FORM);
}

/** Slack's name for what went wrong with a request to the bot. */
export function failureOf(delivered: Delivered, otherwise: string): string | undefined {
  if (!delivered.failure) return undefined;
  if (delivered.failure === 'http_timeout') return 'operation_timeout';
  return delivered.failure === 'http_error' ? `http_service_error: ${delivered.status}` : otherwise;
}

/** How payloads name a channel: those that are not public have no name there. */
export function payloadName(channel: Channel): string {
  if (channel.is_im) return 'directmessage';
  return channel.is_private ? 'privategroup' : channel.name;
}
