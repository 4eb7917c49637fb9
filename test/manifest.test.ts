import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { App } from '@slack/bolt';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { BOT_SCOPES } from '../src/slack/installs/scopes.ts';
import { registerListeners } from '../src/slack/listeners/index.ts';

const root = join(import.meta.dirname, '..');

/** What Slack requires for an event to be sent to a bot, from its reference of events. */
const SCOPE_OF_EVENT: Record<string, string | null> = {
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  pin_added: 'pins:read',
  pin_removed: 'pins:read',
  user_change: 'users:read',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
  channel_archive: 'channels:read',
  channel_unarchive: 'channels:read',
  channel_rename: 'channels:read',
  channel_deleted: 'channels:read',
  group_archive: 'groups:read',
  group_unarchive: 'groups:read',
  group_rename: 'groups:read',
  group_deleted: 'groups:read',
  app_home_opened: null,
  app_uninstalled: null,
  tokens_revoked: null,
};

/** What each method of the Web API needs that the code calls, from Slack's reference of methods. */
const SCOPES_OF_METHOD: Record<string, string[]> = {
  'auth.revoke': [],
  'auth.test': [],
  'bookmarks.add': ['bookmarks:write'],
  'bookmarks.edit': ['bookmarks:write'],
  'bookmarks.list': ['bookmarks:read'],
  'bookmarks.remove': ['bookmarks:write'],
  'canvases.access.set': ['canvases:write'],
  'canvases.edit': ['canvases:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write', 'chat:write.public'],
  'chat.update': ['chat:write'],
  'conversations.archive': ['channels:manage', 'groups:write'],
  'conversations.canvases.create': ['canvases:write'],
  'conversations.create': ['channels:manage', 'groups:write'],
  'conversations.history': [
    'channels:history',
    'groups:history',
    'im:history',
    'metadata.message:read',
    'files:read',
  ],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.invite': ['channels:manage', 'groups:write'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'conversations.setTopic': ['channels:manage', 'groups:write'],
  'conversations.unarchive': ['channels:manage', 'groups:write'],
  'files.info': ['files:read'],
  filesUploadV2: ['files:write'],
  'pins.add': ['pins:write'],
  'pins.list': ['pins:read'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** The part of Slack's manifest that is used, with Slack's limits. Anything else in the file is a mistake. */
const address = z.url({ protocol: /^https$/ }).endsWith('/slack/events');
const manifestSchema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({
      display_name: z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/),
      always_online: z.boolean(),
    }),
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z_-]{1,31}$/),
        url: address,
        description: z.string().min(1).max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
    shortcuts: z.array(
      z.strictObject({
        name: z.string().min(1).max(24),
        type: z.enum(['message', 'global']),
        callback_id: z.string().max(255),
        description: z.string().min(1).max(150),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address, bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: address }),
    socket_mode_enabled: z.boolean(),
    org_deploy_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

describe('manifest.yml', () => {
  let text = '';
  let manifest: z.infer<typeof manifestSchema>;
  let scopes: string[] = [];
  let events: string[] = [];

  beforeAll(async () => {
    text = await readFile(join(root, 'manifest.yml'), 'utf8');
    manifest = manifestSchema.parse(parse(text, { strict: true }));
    scopes = manifest.oauth_config.scopes.bot;
    events = manifest.settings.event_subscriptions.bot_events;
  });

  it('names each scope and event once', () => {
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(new Set(events).size).toBe(events.length);
  });

  it('asks by OAuth for the same scopes', () => {
    expect([...BOT_SCOPES]).toEqual(scopes);
  });

  it('names only scopes and events that Slack has', async () => {
    const known = await slackNames();
    expect(scopes.filter((scope) => !known.scopes.has(scope))).toEqual([]);
    expect(events.filter((event) => !known.events.has(event))).toEqual([]);
  });

  it('asks for the scope of every event', () => {
    for (const event of events) {
      const scope = SCOPE_OF_EVENT[event];
      expect(scope, `the scope of ${event} is not in this test's list`).not.toBeUndefined();
      if (scope) expect(scopes, `${event} needs it`).toContain(scope);
    }
  });

  it('asks for what the calls need that the code makes, and for nothing more', async () => {
    const needed = new Set<string | null>([
      'commands',
      ...events.map((event) => SCOPE_OF_EVENT[event] ?? null),
    ]);
    needed.delete(null);
    for (const method of await methodsCalled()) {
      const scopesOfMethod = SCOPES_OF_METHOD[method];
      expect(scopesOfMethod, `the scopes of ${method} are not in this test's list`).toBeDefined();
      for (const scope of scopesOfMethod ?? []) needed.add(scope);
    }
    expect([...scopes].sort()).toEqual([...needed].sort());
  });

  it('sends what the bot listens to, and nothing else', () => {
    const heard = listening();
    expect(new Set(events.map((event) => event.split('.')[0]))).toEqual(heard.events);
    expect(manifest.features.slash_commands.map((one) => one.command)).toEqual([...heard.commands]);
    expect(manifest.features.shortcuts.map((one) => one.callback_id)).toEqual([...heard.shortcuts]);
    expect(manifest.features.slash_commands[0]?.should_escape, 'mentions come as ids').toBe(true);
  });

  it('has each scope explained in the README', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const section = readme.split('### Scopes\n')[1]?.split('\n#')[0] ?? '';
    const explained = [...section.matchAll(/^\| (`.+`) \| .{10,} \|$/gm)].flatMap(([, names]) =>
      [...(names ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]),
    );
    expect(explained.sort()).toEqual([...scopes].sort());
  });
});

/** What the bot registers with Bolt. */
function listening(): { events: Set<string>; commands: Set<string>; shortcuts: Set<string> } {
  const heard = { events: new Set<string>(), commands: new Set<string>(), shortcuts: new Set<string>() };
  const ignore = () => {};
  const app = {
    event: (name: string) => heard.events.add(name),
    command: (name: string) => heard.commands.add(name),
    shortcut: (which: { callback_id: string }) => heard.shortcuts.add(which.callback_id),
    view: ignore,
    action: ignore,
    options: ignore,
  };
  registerListeners(app as unknown as App, {} as Parameters<typeof registerListeners>[1]);
  return heard;
}

/** The methods of the Web API that the bot's own code calls. */
async function methodsCalled(): Promise<Set<string>> {
  const folders = ['src/slack', 'src/jobs', 'src/web'];
  const files = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })));
  const paths = folders.flatMap((folder, index) =>
    (files[index] ?? []).map((file) => join(root, folder, file)),
  );
  const sources = await Promise.all(
    paths.filter((path) => path.endsWith('.ts')).map((path) => readFile(path, 'utf8')),
  );
  const families = 'auth|bookmarks|canvases|chat|conversations|files|pins|reactions|usergroups|users|views';
  const call = new RegExp(`\\b((?:${families})\\.[a-zA-Z.]+|filesUploadV2)\\(`, 'g');
  return new Set(sources.flatMap((source) => [...source.matchAll(call)].map((match) => match[1] ?? '')));
}

/** The names in the types of Slack's own package. */
async function slackNames(): Promise<{ scopes: Set<string>; events: Set<string> }> {
  const entry = createRequire(import.meta.url).resolve('@slack/web-api');
  const types = await readFile(join(dirname(entry), 'types/request/manifest.d.ts'), 'utf8');
  const union = (name: string) => {
    const found = new RegExp(`^(?:export )?type ${name} = (.*);$`, 'm').exec(types)?.[1] ?? '';
    return new Set([...found.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? ''));
  };
  // Those types lack it: https://docs.slack.dev/reference/scopes/canvases.write
  const scopes = union('BotScope').add('canvases:write');
  return { scopes, events: union('ManifestEvent') };
}
