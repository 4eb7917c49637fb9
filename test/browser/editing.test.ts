import { beforeAll, expect, test } from 'vitest';
import { type } from '../e2e/incident.ts';
import { useWorkspace } from '../support/workspace.ts';
import { useChromium } from './chromium.ts';
import { draftOf, pageOf } from './drafts.ts';

const space = useWorkspace({ people: {} });
const chromium = useChromium();
let draft: Awaited<ReturnType<typeof draftOf>>;

beforeAll(async () => {
  draft = await draftOf(space);
});

test('edit, preview, save, see: the preview says what the timeline does not support', async () => {
  const { page } = await chromium.open(draft.own);
  await page.getByRole('link', { name: 'Edit Next steps' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Edit Next steps');
  await page.getByLabel('Text').fill('The outage lasted **3 hours**. See [#4](#entry-4).');
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  expect(await preview.locator('strong').textContent()).toBe('3 hours');
  expect(await preview.getByRole('listitem').textContent()).toContain('7 h 28 min');
  expect(await page.getByLabel('Text').inputValue()).toContain('**3 hours**');
  // Nothing is stored by a preview.
  const other = await chromium.beside({ page, complaints: [] }, draft.link);
  expect(await other.page.locator('#section-next-steps').textContent()).toContain('To fill in');

  await page.getByLabel('Text').fill('The outage lasted **7 h 28 min**. <b>Thanks</b> to [#4](#entry-4).');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(new URL(page.url()).hash).toBe('#section-next-steps');
  const section = page.locator('#section-next-steps');
  expect(await section.locator('strong').textContent()).toBe('7 h 28 min');
  expect(await section.textContent()).toContain('<b>Thanks</b>');
  await section.getByRole('link', { name: '#4' }).click();
  expect(await page.locator('#entry-4').evaluate((row) => row.matches(':target'))).toBe(true);
});

test('two tabs: the later save is refused with both texts, and may then replace the other', async () => {
  const address = pageOf(draft.own, 'edit/summary');
  const first = await chromium.open(address);
  const second = await chromium.beside(first, address);
  await first.page.getByLabel('Text').fill('From the first tab.');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await second.page.getByLabel('Text').fill('From the second tab.');
  await second.page.getByRole('button', { name: 'Save' }).click();
  expect(await second.page.getByRole('alert').textContent()).toContain('nothing was stored');
  const standing = second.page.getByRole('region', { name: 'What it reads now' });
  expect(await standing.locator('pre').textContent()).toContain('From the first tab.');
  const yours = second.page.getByLabel('Yours, not stored yet');
  expect(await yours.inputValue()).toBe('From the second tab.');
  await first.page.reload();
  expect(await first.page.locator('#section-summary').textContent()).toContain('From the first tab.');
  await second.page.getByRole('button', { name: 'Save mine instead' }).click();
  expect(await second.page.locator('#section-summary').textContent()).toContain('From the second tab.');
});

test('history: an earlier version is brought back, and an old draft is shown as it was', async () => {
  const { page } = await chromium.open(draft.own);
  await page.getByRole('link', { name: 'History' }).click();
  const summary = page.getByRole('region', { name: 'Summary', exact: true });
  expect(await page.getByRole('region', { name: 'Summary, by command' }).count()).toBe(1);
  await summary.locator('li').last().getByRole('link').click();
  expect(await page.locator('pre').textContent()).toBe('From the first tab.');
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  expect(await summary.locator('li').first().getByRole('link').textContent()).toBe('From the first tab.');
  await page.getByRole('link', { name: 'Version 1', exact: true }).click();
  expect(await page.getByRole('article').textContent()).toContain('1 hour, 30 minutes');
  await page.getByRole('link', { name: 'the draft as it stands' }).click();
  expect(await page.locator('#section-summary').textContent()).toContain('From the first tab.');
});

test('a figure that is wrong: put aside with a reason, taken up again, mended by one click', async () => {
  const fresh = await draftOf(space);
  const { page } = await chromium.open(fresh.own);
  const wrong = page.locator('.checks li').filter({ hasText: '1 hour, 30 minutes' });
  await wrong.getByText('Put aside').first().click();
  const reason = wrong.getByLabel('Why it is right as it is');
  await wrong.getByRole('button', { name: 'Put aside' }).click();
  // The browser asks for the reason; nothing was sent.
  expect(await reason.evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true);
  await reason.fill('Counted from the ticket');
  await wrong.getByRole('button', { name: 'Put aside' }).click();
  expect(await wrong.count()).toBe(0);
  const aside = page.locator('details.aside');
  await aside.locator('summary').click();
  expect(await aside.textContent()).toContain('Because: Counted from the ticket');
  await aside.getByRole('button', { name: 'Take up again' }).click();
  expect(await wrong.count()).toBe(1);
  await wrong.getByRole('button', { name: 'Write that' }).click();
  expect(await wrong.count()).toBe(0);
  expect(await page.locator('#section-summary').textContent()).toContain(
    'merged 1 hour and 20 minutes after',
  );
});

test('figures that moved after an edit are named, and a conflict shows both sides', async () => {
  const { own, lead, channel } = await draftOf(space);
  const { page } = await chromium.open(pageOf(own, 'edit/impact'));
  const text = await page.getByLabel('Text').inputValue();
  await page.getByLabel('Text').fill(text.replace('7 h 28 min', 'Most of the night'));
  await page.getByRole('button', { name: 'Save' }).click();
  await type(lead, channel, '/incident time #8 2025-09-24 00:47');
  await page.goto(own);
  const notice = page.getByRole('region', { name: /figures changed since you edited/ });
  expect(await notice.textContent()).toContain('Impact duration: 7 h 28 min → 7 h 29 min');
  expect(await page.locator('#section-impact .conflict').textContent()).toContain('Most of the night');
  await page.getByRole('link', { name: 'Edit Impact duration' }).click();
  expect(await page.locator('.conflicting').textContent()).toMatch(/Most of the night[\s\S]*7 h 29 min/);
});

test('from draft to review to published and back', async () => {
  const { page } = await chromium.open(draft.own);
  await page.getByRole('button', { name: 'Send to review' }).click();
  expect(await page.locator('.chips').textContent()).toContain('In review');
  expect(await page.locator('.notice').textContent()).toContain('In review: nobody is asked.');
  await page.getByRole('button', { name: 'Publish' }).click();
  expect(await page.locator('.chips').textContent()).toContain('Published');
  const reader = await chromium.open(draft.link);
  expect(await reader.page.locator('.chips').textContent()).toContain('Published');
});
