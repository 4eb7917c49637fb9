import { randomBytes } from 'node:crypto';
import { onFreePort } from '../embedded/server.ts';
import type { RecordedCall } from './calls.ts';
import { createDelivery } from './delivery.ts';
import { FIRST_TEAM, startEmulator } from './emulator.ts';
import { createEphemerals } from './ephemerals.ts';
import { createEvents, type EventLog } from './events.ts';
import { createFaults, type Fault } from './faults.ts';
import { perform } from './methods.ts';
import { approve, createLocalApp, isInstalled, type LocalApp, uninstall } from './oauth.ts';
import { createPerson } from './people/create.ts';
import type { Person } from './people/person.ts';
import { createResponses } from './responses.ts';
import { listen, serve } from './server.ts';
import { channelsOf, findChannel, type Slack } from './slack.ts';
import { isJson, type StoredCanvas, type Workspace } from './types.ts';
import { createViews, type StoredView } from './views.ts';

/** A Slack workspace on this machine with our app installed, and people who use it. */
export interface Gateway {
  /** Also the emulator's inspector, for a browser. */
  url: string;
  /** For `SLACK_API_URL`. */
  apiUrl: string;
  workspace: Workspace;
  signingSecret: string;
  app: LocalApp;
  /**
   * A person agrees to install the app in this workspace, on Slack's page at `url`; gives the address that their
   * browser goes back to.
   */
  approve(url: string, how: { userId: string; organization?: boolean; cancel?: boolean }): string;
  /** A person removes the app from this workspace. */
  uninstall(): void;
  /** From now on events, commands and interactions go to this address. */
  deliverTo(eventsUrl: string): void;
  /** A new person; `name` is their display name, with a number when somebody has it already. */
  person(options: {
    name: string;
    tz: string;
    realName?: string;
    admin?: boolean;
    guest?: boolean;
  }): Promise<Person>;
  /** Makes a channel with the bot in it, unless there is one already; gives its id. */
  channel(name: string, options?: { private?: boolean; withoutBot?: boolean }): Promise<string>;
  /** The id of a channel that the bot can see. */
  channelId(name: string): Promise<string | undefined>;
  /** The channels that the bot can see. */
  channels(): Promise<{ id: string; name: string }[]>;
  /** Every call of the bot's, oldest first, without tokens. */
  calls: RecordedCall[];
  /** Every event sent to the bot, with its attempts. */
  events: EventLog[];
  /** Makes the next calls of a method go wrong; `upload` and `response_url` are methods too. */
  fail(method: string, fault: Fault): void;
  /** Forgets the faults that have not met a call. */
  mend(): void;
  /** Posts a body as it is; the headers given replace the signed ones. */
  sendRaw(
    body: string,
    options?: { headers?: Record<string, string> },
  ): Promise<{ status?: number; body: string }>;
  /** A person's Home tab as it was last published. */
  home(userId: string): StoredView | undefined;
  /** The channel's canvas. */
  canvas(channelId: string): StoredCanvas | undefined;
  /** A modal as it is now. */
  view(id: string): StoredView | undefined;
  /** Waits until every event so far has been taken or given up. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** The bot's scopes; without it, all but `chat:write.public`. */
  scopes?: string[];
  /** The events that the bot subscribes to, as in its manifest (`message.channels`); without it, all. */
  events?: string[];
  /** Whether the workspace's plan has canvases of channels; without it, it has none. */
  canvases?: boolean;
  /** Milliseconds before each of the three retries of an event. */
  retryDelays?: number[];
  /** Milliseconds that Slack waits for an answer, and that a trigger lives; three seconds without it, as Slack does. */
  patience?: number;
  /** An app that another workspace has too: its address serves this one's bot as well. A new app without it. */
  app?: LocalApp;
  /** Of this workspace, where there are several. */
  teamId?: string;
  /** False: the app is yet to be installed. */
  installed?: boolean;
  /** Dates messages, in milliseconds since 1970; signatures always carry the real time. */
  now?: () => number;
}

const SLACKS_PATIENCE = 3000;

/** Starts the stand-in for Slack on loopback. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const now = options.now ?? Date.now;
  const workspace: Workspace = {
    teamId: options.teamId ?? FIRST_TEAM,
    teamDomain: options.teamId ? `debrief-${options.teamId.toLowerCase()}` : 'debrief-demo',
    appId: 'A0DEBRIEF01',
    botId: 'B0DEBRIEF01',
    botUserId: 'U0DEBRIEF01',
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
    verificationToken: randomBytes(12).toString('hex'),
  };
  const app = options.app ?? createLocalApp();
  const { signingSecret } = app;
  const { server, url, stop: stopServer } = await listen(options.port ?? 0);
  const emulator = await onFreePort((port) =>
    startEmulator({ workspace, baseUrl: url, port, scopes: options.scopes, now }),
  );
  const patience = options.patience ?? SLACKS_PATIENCE;
  const delivery = createDelivery(signingSecret, Date.now, patience);
  const retryDelays = options.retryDelays ?? [0, 500, 2000];
  const seconds = () => Math.floor(now() / 1000);
  const slack: Slack = {
    workspace,
    baseUrl: url,
    now,
    emulator,
    delivery,
    events: createEvents({
      workspace,
      delivery,
      retryDelays,
      seconds,
      subscribed: options.events,
      installed: () => isInstalled(app, slack),
    }),
    ephemerals: createEphemerals(),
    // Triggers live in real time, whatever the messages' clock says.
    views: createViews(workspace, Date.now, patience),
    responses: createResponses(() => slack, url),
    bot: { userId: workspace.botUserId, token: workspace.botToken, lookup: emulator.innerToken, bot: true },
    profiles: new Map(),
    scopes: options.scopes,
    canvases: options.canvases ? new Map() : undefined,
    postsAnywhere: options.scopes?.includes('chat:write.public') ?? false,
    perform: (actor, method, args, at) => perform(slack, actor, method, args, at),
  };
  if (options.installed !== false) app.tokens.set(workspace.botToken, { slack, expires: null });
  const faults = createFaults();
  const calls: RecordedCall[] = [];
  serve(server, slack, app, faults, calls);
  const accounts = emulator.accounts.values();
  let stopped: Promise<void> | undefined;
  return {
    url,
    apiUrl: `${url}/api/`,
    workspace,
    signingSecret,
    app,
    approve: (authorizeUrl, how) => approve(app, slack, authorizeUrl, how),
    uninstall: () => uninstall(app, slack),
    calls,
    events: slack.events.log,
    deliverTo: (eventsUrl) => {
      delivery.url = eventsUrl;
    },
    async person({ name, tz, realName = name, admin = false, guest = false }) {
      const account = accounts.next().value;
      if (!account) throw new Error('The local Slack has no account left for another person.');
      const taken = new Set([...slack.profiles.values()].map((profile) => profile.name));
      let free = name;
      for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
      return createPerson(slack, account.token, { name: free, realName, tz, admin, guest });
    },
    async channel(name, { private: isPrivate = false, withoutBot = false } = {}) {
      const existing = await findChannel(slack, slack.bot, name);
      if (existing) return existing.id;
      const owner = withoutBot ? 'xoxp-1' : emulator.innerToken;
      const created = await emulator.call(owner, 'conversations.create', { name, is_private: isPrivate });
      if (!isJson(created.channel)) throw new Error(`No channel ${name}: ${created.error}`);
      return String(created.channel.id);
    },
    channelId: async (name) => (await findChannel(slack, slack.bot, name))?.id,
    channels: async () => channelsOf(slack, slack.bot),
    fail: (method, fault) => faults.add(method, fault),
    mend: () => faults.clear(),
    async sendRaw(body, { headers = {} } = {}) {
      const { status, body: answer } = await delivery.post(body, 'application/json', headers);
      return { status, body: answer };
    },
    home: (userId) => slack.views.home(userId),
    canvas: (channelId) => slack.canvases?.get(channelId),
    view: (id) => slack.views.get(id),
    settled: () => slack.events.settled(),
    stop() {
      slack.events.stop();
      stopped ??= Promise.all([stopServer(), emulator.stop()]).then(() => undefined);
      return stopped;
    },
  };
}
