import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

export interface Tab {
  page: Page;
  /** Errors of the console, refusals of the page's policy, and requests to other hosts: none is right. */
  complaints: string[];
}

export interface Chromium {
  open(url: string, options?: BrowserContextOptions): Promise<Tab>;
  /** Another tab of the same person. */
  beside(tab: Tab, url: string): Promise<Tab>;
}

/** A Chromium for all tests of a file. A test fails when one of its tabs complained, unless it took that away. */
export function useChromium(): Chromium {
  let browser: Browser | undefined;
  let tabs: Tab[] = [];
  beforeAll(async () => {
    const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterEach(async () => {
    const complaints = tabs.flatMap((tab) => tab.complaints);
    for (const { page } of tabs) await page.context().close();
    tabs = [];
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function follow(page: Page, url: string): Promise<Tab> {
    const tab: Tab = { page, complaints: [] };
    tabs.push(tab);
    const { host } = new URL(url);
    page.on('console', (message) => {
      // Chromium also reports the answer that a test asks for, a refused save say.
      const expected = /the server responded with a status of (409|422|403|404)/.test(message.text());
      if (message.type() === 'error' && !expected) tab.complaints.push(message.text());
    });
    page.on('pageerror', (error) => tab.complaints.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== host) tab.complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(url);
    return tab;
  }

  return {
    async open(url, options) {
      if (!browser) throw new Error('Chromium has not started.');
      return follow(await (await browser.newContext(options)).newPage(), url);
    },
    beside: async ({ page }, url) => follow(await page.context().newPage(), url),
  };
}
