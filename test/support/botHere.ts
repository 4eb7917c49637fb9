import { build } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { Bot } from '../../src/demo/bot.ts';
import { freePort } from '../../src/demo/embedded/server.ts';
import { createLogger } from '../../src/log.ts';

/** The bot within this process, which has loaded it once for all files: it starts at once, and cannot be killed. */
export async function startBotHere(env: Record<string, string>, wanted?: number): Promise<Bot> {
  const port = wanted ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const config = loadConfig({ HOST: '127.0.0.1', BASE_URL: url, ...env, PORT: String(port) });
  const lines: string[] = [];
  const logger = createLogger(config.logLevel, { write: (line) => void lines.push(line) });
  const debrief = build(config, { logger });
  try {
    await debrief.start();
  } catch (error) {
    await debrief.stop();
    throw error;
  }
  return {
    url,
    eventsUrl: `${url}/slack/events`,
    port,
    pid: process.pid,
    output: () => lines.join(''),
    stop: () => debrief.stop(),
    kill: () => Promise.reject(new Error('The bot is part of this process: say `process: true`.')),
  };
}
