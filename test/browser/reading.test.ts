import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useWorkspace } from '../support/workspace.ts';
import { useChromium } from './chromium.ts';
import { faintTexts } from './contrast.ts';
import { draftOf, pageOf } from './drafts.ts';

const space = useWorkspace({ people: {} });
const chromium = useChromium();
let link = '';
let own = '';

beforeAll(async () => {
  ({ link, own } = await draftOf(space));
});

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Links to a place on the same page whose place is not there. */
const deadLinks = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('a[href^="#"]')]
      .map((anchor) => anchor.getAttribute('href') ?? '')
      .filter((href) => !document.getElementById(href.slice(1))),
  );

/** All pages around a draft; the editors as they look after a preview. */
async function everyPage(visit: (page: Page, name: string) => Promise<void>, options = {}): Promise<void> {
  const history = ['history', 'history/1', 'history/text-summary/1'];
  const names = ['', 'edit/summary', 'edit/timeline', 'edit/what-happened', ...history];
  for (const name of names) {
    const { page } = await chromium.open(name ? pageOf(own, name) : own, options);
    if (name.startsWith('edit/')) await page.getByRole('button', { name: 'Preview' }).click();
    await visit(page, name);
    await page.close();
  }
}

test('headings go down one step at a time, and every link into a page has its place', async () => {
  await everyPage(async (page, name) => {
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.localName[1])),
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    const leaps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    expect(leaps, name).toEqual([]);
    expect(await deadLinks(page), name).toEqual([]);
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
    expect(ids.length, name).toBe(new Set(ids).size);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('main').count()).toBe(1);
  });
});

test('a check leads to its line, and the line back to the check', async () => {
  const { page } = await chromium.open(link, { reducedMotion: 'reduce' });
  const check = page.locator('.checks li').filter({ hasText: '1 hour, 30 minutes' });
  await check.getByRole('link', { name: 'line #7' }).click();
  expect(new URL(page.url()).hash).toBe('#entry-7');
  const line = page.locator('#entry-7');
  expect(await line.evaluate((row) => row.matches(':target'))).toBe(true);
  expect((await line.boundingBox())?.y).toBeLessThan(page.viewportSize()?.height ?? 0);
  await line.locator('a.flag').click();
  expect(await check.evaluate((item) => item.matches(':target'))).toBe(true);
});

test('on a phone of 320 or 390 pixels nothing scrolls sideways', async () => {
  for (const width of [320, 390]) {
    await everyPage(async (page, name) => expect(await sidewaysScroll(page), `${name} at ${width}`).toBe(0), {
      viewport: { width, height: 800 },
    });
  }
});

test('text stands out from its ground, light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await everyPage(
      async (page, name) => {
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        const { measured, faint } = await faintTexts(page);
        expect(measured, name).toBeGreaterThan(5);
        expect(faint, `${name}, ${colorScheme}`).toEqual([]);
      },
      { colorScheme },
    );
  }
  const { page } = await chromium.open(link, { colorScheme: 'dark' });
  const [r = 255] = (await page.evaluate(() => getComputedStyle(document.body).backgroundColor))
    .match(/\d+/g)
    ?.map(Number) ?? [255];
  expect(r).toBeLessThan(60);
});

test('printed: no forms and no buttons, all of the draft', async () => {
  const { page } = await chromium.open(own);
  expect(await page.getByRole('button').count()).toBeGreaterThan(0);
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['button', 'form', 'input', '.edit', '.exports', '.contents'])
    expect(await page.locator(gone).filter({ visible: true }).count(), gone).toBe(0);
  const sections = page.locator('main > section');
  expect(await sections.filter({ visible: true }).count()).toBe(await sections.count());
  expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
});

test('by keyboard: the skip link comes first, and focus is always to be seen', async () => {
  const { page } = await chromium.open(own);
  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  expect(await skip.textContent()).toBe('Skip to the draft');
  expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#draft');
  const reached = new Set<string>();
  for (let step = 0; step < 200; step++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { name: element.localName, seen: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });
    if (!focus) break;
    expect(focus.seen, focus.name).toBe(true);
    reached.add(focus.name);
  }
  expect([...reached].sort()).toEqual(['a', 'button', 'summary']);
});

test('a reader’s link shows no form that changes anything, and its pages take none', async () => {
  for (const address of [link, pageOf(link, 'history'), pageOf(link, 'history/1')]) {
    const { page } = await chromium.open(address);
    expect(await page.locator('form[method=post], .do, textarea').count(), address).toBe(0);
    expect(await page.getByRole('link', { name: /^Edit/ }).count()).toBe(0);
  }
  const { page } = await chromium.open(pageOf(link, 'edit/summary'));
  expect(await page.getByRole('alert').textContent()).toContain('This link is for reading');
  expect(await page.locator('form').count()).toBe(0);
});

test('whoever reads chooses the clock beside UTC, and finds it on every time', async () => {
  const { page } = await chromium.open(link);
  const choose = async (zone: string) => {
    const form = page.locator('details.zone');
    if ((await form.getAttribute('open')) === null) await page.getByText('Show another zone').click();
    await page.getByLabel('Zone or city beside UTC').fill(zone);
    await page.getByRole('button', { name: 'Show' }).click();
  };
  const milestone = page.locator('.milestones tr').filter({ hasText: 'First report' }).locator('.when');
  await choose('tokyo');
  expect(await page.locator('.ends').textContent()).toContain('Wed 24 Sep 2025 02:18 JST');
  expect(await milestone.textContent()).toBe('19:53 (24 Sep 04:53 JST)');
  await choose('tokio');
  expect(await page.getByRole('alert').textContent()).toContain('Did you mean Tokyo?');
  await choose('New York');
  expect(await milestone.textContent()).toBe('19:53 (15:53 EDT)');
  expect(await page.locator('.timeline').textContent()).toContain('In America/New_York');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('details.zone').isVisible()).toBe(false);
});

test('the HTML file stands alone under the policy that it carries', async () => {
  const { page } = await chromium.open(link.replace('?', '.html?'));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Provisioning invites');
  expect(await deadLinks(page)).toEqual([]);
  expect(
    await page.evaluate(() => getComputedStyle(document.querySelector('.chip.sev') as Element).color),
  ).toBe('rgb(255, 255, 255)');
});
