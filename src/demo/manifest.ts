import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** What manifest.yml asks Slack for: the local Slack grants exactly that, so that nothing is missing in a real one. */
export function readManifest(): { scopes: string[]; events: string[] } {
  const file = join(import.meta.dirname, '..', '..', 'manifest.yml');
  const { oauth_config, settings } = schema.parse(parse(readFileSync(file, 'utf8')));
  return { scopes: oauth_config.scopes.bot, events: settings.event_subscriptions.bot_events };
}
