import type { AuthTestResponse, WebClient } from '@slack/web-api';

/** Our way to one workspace. */
export interface Connection {
  client: WebClient;
  /** Who we are there. */
  self: { botId: string; userId: string };
}

/** The workspaces that have the app. */
export interface Connections {
  /** Rejects with `NotInstalled` where the workspace has not; with Slack's error where it could not be asked. */
  of(teamId: string): Promise<Connection>;
}

/** Asked for a workspace that has not installed the app, or has removed it. */
export class NotInstalled extends Error {
  readonly teamId: string;
  constructor(teamId: string) {
    super(`the app is not installed in ${teamId || 'a workspace without an id'}`);
    this.name = 'NotInstalled';
    this.teamId = teamId;
  }
}

/** The one workspace of SLACK_BOT_TOKEN. */
export const singleConnection = (
  client: WebClient,
  identity: () => Promise<AuthTestResponse>,
): Connections => ({
  async of(teamId) {
    const { bot_id: botId = '', user_id: userId = '', team_id: own } = await identity();
    if (teamId !== own) throw new NotInstalled(teamId);
    return { client, self: { botId, userId } };
  },
});
