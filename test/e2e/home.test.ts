import { expect, test } from 'vitest';
import type { Person, View } from '../../src/demo/gateway/people/person.ts';
import { shownView } from '../../src/demo/gateway/shown.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, sendToReview, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'UTC', ben: 'Asia/Tokyo' } });

/** Opens the Home tab as it is shown to that person. */
async function home(person: Person): Promise<{ view: View; text: string }> {
  const view = await person.openHome();
  if (!view) throw new Error('There is no Home.');
  return { view, text: shownView(view) };
}

const publishes = (): number => space.gateway.calls.filter(({ method }) => method === 'views.publish').length;

const partOf = (text: string, name: string): string =>
  text.split(name)[1]?.split(/\n---|Recent incidents|As of/)[0] ?? '';

test('an empty Home says what would be there, and declares', async () => {
  const { ana } = space.people;
  const { view, text } = await home(ana);
  expect(text).toMatch(/My open incidents\nNone\..*\n---\nMy action items\nNone is open\./);
  const pressed = await ana.press(view, 'home_declare');
  await eventually('form', async () => pressed.view !== undefined);
  const done = await ana.submit(pressed.view as View, { title: 'Mail is late', severity: 'SEV2' });
  expect(done.kind).toBe('closed');
  await eventually('Home with it', async () =>
    partOf((await home(ana)).text, 'My open incidents').includes('Mail is late'),
  );
});

test('what changes is shown without opening the Home again, several changes at once', async () => {
  const { ana, ben } = space.people;
  await home(ana);
  await home(ben);
  const channel = await declare(space, ben, 'sev1 Search is down');
  const current = (person: Person) => space.gateway.home(person.id);
  await eventually('Home of ana with it', async () => /Search is down/.test(shownView(current(ana) ?? {})));
  expect(partOf(shownView(current(ana) ?? {}), 'My open incidents')).not.toContain('Search');
  const before = publishes();
  await type(ben, channel, `/incident lead @${ana.name}`);
  for (let n = 1; n <= 8; n++) await type(ben, channel, `/incident note Step ${n}`);
  await eventually('Home of the lead', async () =>
    partOf(shownView(current(ana) ?? {}), 'My open incidents').includes('Search is down'),
  );
  // Nine changes and two Homes: far from one publishing for each.
  expect(publishes() - before).toBeLessThan(12);
});

test('action items stand there until they are done, late ones marked', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Cache is cold');
  await type(ana, channel, `/incident action Warm it up @${ben.name} due 2027-05-01`);
  const { view, text } = await home(ben);
  expect(partOf(text, 'My action items')).toMatch(/Warm it up\n.*item 1 · due 2027-05-01/);
  expect(partOf((await home(ana)).text, 'My action items')).not.toContain('Warm it up');
  const pressed = await ben.press(view, ({ label }) => label === 'Done');
  await eventually('answer over the Home', async () => pressed.view !== undefined);
  expect(shownView(pressed.view ?? {})).toContain('is done');
  await eventually('Home without it', async () => !(await home(ben)).text.includes('Warm it up'));
  await ben.press(pressed, 'Undo');
  await eventually('Home with it', async () => (await home(ben)).text.includes('Warm it up'));
});

test('a draft in review waits on the Home of whoever is asked, and of no other', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev3 Login loops');
  await type(ana, channel, '/incident lead me');
  await type(ana, channel, '/incident resolve');
  await draftOf(ana, channel);
  const message = await eventually('draft with its buttons', async () =>
    (await ana.sees(channel)).findLast((one) => one.shown.includes('[Send to review]')),
  );
  await sendToReview(ana, message, [ben.id]);
  const waiting = await eventually('draft on the Home', async () => {
    const { view, text } = await home(ben);
    return partOf(text, 'Drafts for my review').includes('Login loops') && view;
  });
  const url = /<(http[^|]+)\|Read and edit/.exec(JSON.stringify(waiting.blocks))?.[1] ?? '';
  expect((await fetch(url)).status).toBe(200);
  expect(partOf((await home(ana)).text, 'Drafts for my review')).not.toContain('Login loops');
});

test('recent incidents follow the select; private ones show to those in their channel only', async () => {
  const { ana, ben } = space.people;
  await declare(space, ana, 'private sev1 Salaries were sent out');
  await eventually('Home with it', async () => (await home(ana)).text.includes('Salaries'));
  const { view, text } = await home(ben);
  expect(text).not.toContain('Salaries');
  expect(text.split('Recent incidents')[1]).toContain('Login loops');
  await ben.press(view, 'home_filter', 'sev1');
  await eventually('Home of open SEV1', async () => {
    const recent = shownView(space.gateway.home(ben.id) ?? {}).split('Recent incidents')[1] ?? '';
    return recent.includes('Search is down') && !recent.includes('Login loops');
  });
});
