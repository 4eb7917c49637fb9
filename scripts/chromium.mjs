import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const installing = 'apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation';

/**
 * The path of Chromium: what CHROMIUM_PATH says, or the first on the PATH. Root on Debian gets it installed.
 * Returns `{ path }`, or `{ problem }` with one sentence.
 */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given)
    return existsSync(given)
      ? { path: given }
      : { problem: `CHROMIUM_PATH names ${given}, which does not exist.` };
  const found = onPath();
  if (found) return { path: found };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { problem: 'Chromium was not found: install it, or set CHROMIUM_PATH to a Chrome or Chromium.' };
  }
  console.log(installing);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = spawnSync('sh', ['-c', installing], { stdio: ['ignore', 'inherit', 'inherit'], env });
  const path = run.status === 0 ? onPath() : undefined;
  return path ? { path } : { problem: 'Chromium could not be installed: the lines above say why.' };
}

function onPath() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
