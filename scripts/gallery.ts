// npm run gallery: every message, modal and Home view with sample data, as a page and as pictures, to be read through.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { groups } from '../test/gallery/groups.ts';
import { pageHtml } from '../test/gallery/page.ts';
import { findChromium } from './chromium.mjs';

const folder = fileURLToPath(new URL('../out/gallery/', import.meta.url));
const page = join(folder, 'index.html');
await mkdir(folder, { recursive: true });
await writeFile(page, pageHtml(groups()));
process.stdout.write(`${page}\n`);

const found = findChromium();
if (!('path' in found) || found.path === undefined) throw new Error(found.problem);
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
try {
  const tab = await browser.newPage({ viewport: { width: 860, height: 900 } });
  await tab.goto(pathToFileURL(page).href);
  for (const section of await tab.locator('section').all()) {
    const path = join(folder, `${await section.getAttribute('id')}.png`);
    await section.screenshot({ path });
    process.stdout.write(`${path}\n`);
  }
} finally {
  await browser.close();
}
