import { expect, test } from 'vitest';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, eventually, type } from './incident.ts';

/** Without the signs of bold and code. */
const bare = (text: string): string => text.replace(/[*`]/g, '');

const space = useWorkspace({ people: { ana: 'UTC', ben: 'UTC' } });

test('a list comes page by page, the gravest first, and says what it shows', async () => {
  const { ana, ben } = space.people;
  for (let number = 1; number <= 12; number++) {
    await declare(space, number % 2 ? ana : ben, `sev${number === 3 ? 1 : 3} ${WORDS[number]} out of order`);
  }
  const list = await type(ana, space.incidents, '/incident list');
  expect(bare(list.text)).toContain('12 incidents (open) · page 1 of 2');
  expect(list.text.match(/INC-\d+/g)?.slice(0, 2)).toEqual(['INC-3', 'INC-12']);
  expect(list.text).not.toMatch(/INC-2\b/);
  const second = await ana.press(list, 'Next');
  await eventually('second page', async () => second.text.includes('page 2 of 2'));
  expect(second.text.match(/INC-\d+/g)).toEqual(['INC-2', 'INC-1']);
  const back = await ana.press(second, 'Previous');
  await eventually('first page', async () => back.text.includes('page 1 of 2'));

  // Two are closed while the second page is shown: “Next” then gives the last page that there is.
  const again = await type(ben, space.incidents, '/incident list');
  await type(ben, space.incidents, '/incident resolve INC-1');
  await type(ben, space.incidents, '/incident cancel INC-2');
  const last = await ben.press(again, 'Next');
  await eventually('the page that is left', async () => bare(last.text).includes('10 incidents (open)'));
});

const WORDS = 'zero lamps pumps gates wires tanks doors locks wheels belts fans valves clocks'.split(' ');

test('a list is narrowed by state, person, severity and service', async () => {
  const { ana, ben } = space.people;
  const listed = async (line: string) =>
    (await type(ana, space.incidents, `/incident list ${line}`)).text.match(/INC-\d+/g) ?? [];
  expect(await listed('sev1')).toEqual(['INC-3']);
  expect(await listed('all')).toContain('INC-12');
  expect(bare((await type(ana, space.incidents, '/incident list all')).text)).toContain('12 incidents (all)');
  expect(await listed('mine')).toEqual(['INC-3', 'INC-11', 'INC-9', 'INC-7', 'INC-5']);
  await type(ben, space.incidents, `/incident lead INC-4 @${ana.name}`);
  expect(await listed('mine')).toContain('INC-4');
  await type(ana, space.incidents, '/incident service INC-7 add Card Payments');
  expect(await listed('service card payments')).toEqual(['INC-7']);
  const none = await type(ana, space.incidents, '/incident list service nothing');
  expect(bare(none.text)).toContain(
    'No incidents (open · service nothing). /incident list all shows closed ones',
  );
  const wrong = await type(ana, space.incidents, '/incident list yesterday');
  expect(bare(wrong.text)).toContain('yesterday is no list. There are: open, all, mine, sev1, service NAME.');
});

test('a search looks in titles, services and timelines, and takes signs as they are', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev2 Certificate expired at the edge');
  await type(ana, channel, '/incident service add Login_100%');
  const ts = await ana.say(channel, 'The renewal job has been silent since May & nobody saw');
  await ana.react(channel, ts, 'pushpin');
  await captured(ana, channel, 'renewal');
  const found = async (text: string) =>
    bare((await type(ana, space.incidents, `/incident find ${text}`)).text);
  expect(await found('CERTIFICATE edge')).toContain('1 incident with CERTIFICATE edge');
  const line = await found('renewal expired');
  expect(line).toMatch(/Certificate expired at the edge[\s\S]*#\d+.*The renewal job has been silent/);
  expect(await found('login_100%')).toContain('1 incident');
  expect(await found('login1100')).toContain('Nothing found');
  expect(await found('%')).toContain('1 incident');
  expect(await found('May &')).toContain('1 incident');
  expect(await found('\'; DROP TABLE "Incident"; --')).toContain('Nothing found');
  expect(await found('')).toContain('Missing: text');
  await type(ana, channel, '/incident retract #2');
  expect(await found('renewal')).toContain('Nothing found');
});

test('a private incident is listed and found by those in its channel only; a test is marked', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'private test sev1 Salaries were sent out');
  await type(ana, channel, '/incident note The heron file left the building');
  for (const line of ['list', 'list all sev1', 'find salaries', 'find heron']) {
    expect((await type(ana, space.incidents, `/incident ${line}`)).text, line).toMatch(
      /Salaries were sent out[\s\S]*:lock: private · :test_tube: test/,
    );
    expect((await type(ben, space.incidents, `/incident ${line}`)).text, line).not.toMatch(
      /Salaries|heron file/,
    );
  }
});
