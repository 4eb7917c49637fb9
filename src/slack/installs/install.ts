import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Installations } from '../../usecases/edges.ts';
import type { Clock } from '../../usecases/ports.ts';
import { verdictOn } from '../slackErrors.ts';
import { type Granted, tokensOf } from './oauth.ts';

/** What became of an installation. */
export type InstallOutcome =
  | { kind: 'installed'; teamName: string }
  /** Slack did not take the code: used, too old, or not for us. */
  | { kind: 'refused' }
  /** For all workspaces of an Enterprise organization at once. */
  | { kind: 'organization' };

interface Parts {
  oauth: { install(code: string): Promise<Granted> };
  clientOf(token: string): WebClient;
  installations: Pick<Installations, 'put'>;
  clock: Clock;
  logger: Logger;
  /** The workspace has the app from now on, for the first time or again. */
  onInstalled(teamId: string): Promise<void>;
}

/** Exchanges the code that Slack sent a person back with, and keeps the workspace's token. Throws when Slack is away. */
export async function install(parts: Parts, code: string): Promise<InstallOutcome> {
  const { oauth, clientOf, installations, clock, logger, onInstalled } = parts;
  let granted: Granted;
  try {
    granted = await oauth.install(code);
  } catch (error) {
    const verdict = verdictOn(error);
    if (verdict.kind !== 'refused') throw error;
    logger.warn({ code: verdict.code }, 'denied: Slack did not confirm an installation');
    return { kind: 'refused' };
  }
  const { team, authed_user } = granted;
  const client = clientOf(granted.access_token);
  if (!team || granted.is_enterprise_install) {
    // Not kept: Slack forgets the token too.
    await client.auth.revoke();
    logger.warn('an organization wanted to install the app for all of its workspaces: refused');
    return { kind: 'organization' };
  }
  const self = await client.auth.test();
  if (self.team_id !== team.id || !self.bot_id)
    throw new Error('the new token is not a bot of that workspace');
  const teamName = team.name ?? team.id;
  await installations.put(
    {
      teamId: team.id,
      teamName,
      botId: self.bot_id,
      botUserId: granted.bot_user_id,
      installedBy: authed_user.id,
      ...tokensOf(granted, clock.now()),
    },
    clock.now(),
  );
  await onInstalled(team.id);
  logger.info({ teamId: team.id, userId: authed_user.id }, 'the app is installed');
  return { kind: 'installed', teamName };
}
