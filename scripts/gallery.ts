// npm run gallery: every message, modal and Home view with sample data, as a page and as pictures, to be read through.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { groups } from '../test/gallery/groups.ts';
import { pageHtml } from '../test/gallery/page.ts';
import { stripsOf } from '../test/gallery/strips.ts';
import { findChromium } from './chromium.mjs';

/** Of a picture, in pixels: what one reads without making it smaller. */
const TALLEST = 1500;

const folder = fileURLToPath(new URL('../out/gallery/', import.meta.url));
const page = join(folder, 'index.html');
await rm(folder, { recursive: true, force: true });
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
    const id = await section.getAttribute('id');
    const strips = stripsOf(await section.evaluate(edges), TALLEST);
    const box = await section.boundingBox();
    for (const [index, { from, to }] of strips.entries()) {
      const path = join(folder, `${id}${strips.length > 1 ? `-${index + 1}` : ''}.png`);
      const clip = { x: box?.x ?? 0, y: from, width: box?.width ?? 0, height: to - from };
      await tab.screenshot({ path, clip, fullPage: true });
      process.stdout.write(`${path}\n`);
    }
  }
} finally {
  await browser.close();
}

/** Where a section begins, its articles end, and it ends, in pixels of the page. In the browser. */
function edges(section: Element): number[] {
  const { top, bottom } = section.getBoundingClientRect();
  const articles = [...section.querySelectorAll('article')].map((one) => one.getBoundingClientRect().bottom);
  return [top, ...articles.slice(0, -1), bottom].map((y) => y + window.scrollY);
}
