import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { type Config, ConfigError } from './config.ts';
import { createClient, createIdentity } from './slack/bolt.ts';
import { type Connections, singleConnection } from './slack/connections.ts';
import { installedConnections } from './slack/installs/connections.ts';
import { install } from './slack/installs/install.ts';
import { createOAuth } from './slack/installs/oauth.ts';
import { verdictOn } from './slack/slackErrors.ts';
import type { PrismaClient } from './storage/client.ts';
import { createInstallations } from './storage/installations.ts';
import { createTokenBox } from './storage/tokenBox.ts';
import type { ReconcilingStore, Standstills } from './usecases/edges.ts';
import type { Clock } from './usecases/ports.ts';
import { createInstallRoutes, REDIRECT_PATH } from './web/install/routes.ts';
import type { Route } from './web/server.ts';

interface Parts {
  config: Config;
  prisma: PrismaClient;
  clock: Clock;
  logger: Logger;
  standstills: Standstills;
  /** Begins the rest of a workspace that Slack's refusals bring. */
  standstill: { begin(teamId: string, code: string): Promise<void> };
  reconciling: Pick<ReconcilingStore, 'dueNow'>;
}

/** The workspaces that this process serves: the one of SLACK_BOT_TOKEN, or those that installed the app. */
export interface Workspaces {
  connections: Connections;
  /** At the start. Throws a ConfigError for a token that Slack refuses, or one that no key opens. */
  check(): Promise<void>;
  /** Slack says that the app or its token is gone, as of `asOf`: the workspace stands still. */
  gone(teamId: string, code: string, asOf: number): Promise<void>;
  /** For `/readyz`: what must hold, and what is said beside. */
  checks: Record<string, () => Promise<unknown>>;
  remarks(): Promise<object>;
  routes: Route[];
  /** Waits for what is under way. */
  drain(): Promise<void>;
}

export const createWorkspaces = (parts: Parts): Workspaces => {
  const { botToken, oauth } = parts.config.slack;
  if (oauth) return severalWorkspaces(parts, oauth);
  return singleWorkspace(parts, createClient(botToken, parts.config.slack.apiUrl, parts.logger));
};

function singleWorkspace({ clock, logger, standstills, standstill }: Parts, client: WebClient): Workspaces {
  const identity = createIdentity(client);
  const rests = async (): Promise<boolean> => {
    const { team_id } = await identity();
    return (await standstills.resting(clock.now())).some(({ teamId }) => teamId === team_id);
  };
  return {
    connections: singleConnection(client, identity),
    // A token that Slack refuses ends the start; a Slack that is out of reach does not.
    async check() {
      try {
        await identity();
      } catch (error) {
        const verdict = verdictOn(error);
        if (verdict.kind === 'stop')
          throw new ConfigError([`SLACK_BOT_TOKEN is refused by Slack (${verdict.code})`]);
        logger.warn({ err: error }, 'Slack is out of reach; it is asked again with the first request');
        return;
      }
      const { team_id = '' } = await identity();
      // Also a rest that began when the workspace had the app by OAuth.
      if (await rests()) await standstills.end(team_id, 'any');
    },
    gone: standstill.begin,
    checks: {
      slack: identity,
      'slack-token': async () => {
        if (await rests()) throw new Error('Slack refuses our token');
      },
    },
    remarks: async () => ({}),
    routes: [],
    drain: async () => undefined,
  };
}

function severalWorkspaces(
  { config, prisma, clock, logger, standstills, reconciling }: Parts,
  { clientId, clientSecret, tokenKeys }: NonNullable<Config['slack']['oauth']>,
): Workspaces {
  const { baseUrl, linkSecret: secret } = config;
  const { apiUrl } = config.slack;
  const installations = createInstallations(prisma, createTokenBox(tokenKeys));
  const clientOf = (token: string) => createClient(token, apiUrl, logger);
  const app = { clientId, clientSecret, redirectUri: `${baseUrl}${REDIRECT_PATH}`, apiUrl };
  const oauth = createOAuth(app, createClient(null, apiUrl, logger), clock);
  const { drain, ...connections } = installedConnections({ installations, oauth, clientOf, clock, logger });
  // Events were missed while the app was away.
  const onInstalled = (teamId: string) => reconciling.dueNow(clock.now(), teamId);
  return {
    connections,
    async check() {
      const lost = await installations.sealAnew();
      if (lost.length > 0)
        throw new ConfigError([
          `TOKEN_KEY does not open the tokens of ${lost.join(', ')}: give the key before it too, after a comma`,
        ]);
    },
    async gone(teamId, code, asOf) {
      if (!(await installations.end(teamId, code, asOf, clock.now()))) return;
      logger.error(
        { teamId, code },
        'a workspace has removed the app: it stands still until it installs the app again, its data is kept',
      );
    },
    checks: {},
    remarks: async () => ({ workspacesAtRest: (await standstills.resting(clock.now())).length }),
    routes: createInstallRoutes({
      baseUrl,
      secret,
      clock,
      logger,
      authorizeUrl: oauth.authorizeUrl,
      install: (code) => install({ oauth, clientOf, installations, clock, logger, onInstalled }, code),
      useState: installations.useState,
    }),
    drain,
  };
}
