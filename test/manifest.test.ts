import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CALLBACKS } from '../src/slack/ids.ts';

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

  it('asks for the scope of the command, the shortcut and of posting', () => {
    expect(scopes).toContain('commands');
    expect(scopes).toContain('chat:write');
  });

  it('has the command and the shortcut that the bot listens to', () => {
    const [command] = manifest.features.slash_commands;
    expect(manifest.features.slash_commands).toHaveLength(1);
    expect(command).toMatchObject({ command: '/incident', should_escape: true });
    const shortcuts = manifest.features.shortcuts.map((one) => one.callback_id);
    expect(shortcuts).toEqual([CALLBACKS.addToTimeline]);
  });

  it('explains each scope, here or in the README', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    for (const scope of scopes) expect(readme).toMatch(new RegExp(`^\\| .*\`${scope}\`.* \\| .+ \\|$`, 'm'));
    const explained = [
      ...readme.matchAll(/`((?:channels|groups|im|users|reactions|pins|files|chat|commands)(?::[a-z.]+)?)`/g),
    ];
    expect(new Set(explained.map((match) => match[1]))).toEqual(new Set(scopes));
  });
});

/** The names in the types of Slack's own package. */
async function slackNames(): Promise<{ scopes: Set<string>; events: Set<string> }> {
  const entry = createRequire(import.meta.url).resolve('@slack/web-api');
  const types = await readFile(join(dirname(entry), 'types/request/manifest.d.ts'), 'utf8');
  const union = (name: string) => {
    const found = new RegExp(`^(?:export )?type ${name} = (.*);$`, 'm').exec(types)?.[1] ?? '';
    return new Set([...found.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? ''));
  };
  return { scopes: union('BotScope'), events: union('ManifestEvent') };
}
