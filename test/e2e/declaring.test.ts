import { expect, test } from 'vitest';
import { createLinks } from '../../src/web/links.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, headlineOf, type } from './incident.ts';

const space = useWorkspace({
  people: { ana: 'Europe/Berlin', ben: 'America/New_York', cleo: 'Asia/Kathmandu' },
});

const channelsOf = async (person: { channels(): Promise<{ name: string; id: string }[]> }) =>
  (await person.channels()).filter(({ name }) => name.startsWith('inc-'));

test('an open incident that looks the same is shown; joining it declares nothing', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'sev2 Checkout fails');
  const before = (await channelsOf(ana)).length;
  const asked = await type(ben, space.incidents, '/incident declare sev1 checkout failing in EU? at 5m ago');
  expect(asked.text).toMatch(/INC-1\* SEV2 Major · investigating · Checkout fails/);
  expect(asked.text).toMatch(/Nothing is declared yet[\s\S]*checkout failing in EU\?/);
  const joined = await ben.press(asked, 'Join INC-1');
  await joined.visible();
  expect(joined.text).toMatch(/being invited/);
  await eventually('ben in the channel', async () =>
    (await channelsOf(ben)).some(({ id }) => id === channel),
  );
  expect((await channelsOf(ana)).length).toBe(before);

  const anyway = await ben.press(asked, 'Declare anyway');
  await anyway.visible();
  expect(anyway.text).toMatch(
    /INC-2\* is declared: checkout failing in EU\?[\s\S]*SEV1 Critical; impact started/,
  );
  const again = await ben.press(asked, 'Declare anyway').then((reply) => reply.visible());
  expect(again.text).toMatch(/answered already/);
  expect((await type(ben, space.incidents, '/incident list')).text).toMatch(/2 incidents\* \(open\)/);
});

test('the form says what the channel will be called and who is told, while it is filled in', async () => {
  const { ana } = space.people;
  const { view } = await type(ana, space.incidents, '/incident declare');
  if (!view) throw new Error('no form');
  const shown = () =>
    JSON.stringify(space.gateway.calls.findLast(({ method }) => method === 'views.update')?.args ?? '');
  expect(JSON.stringify(view.blocks)).toContain('#inc-3');
  await ana.press(view, 'title', 'Mail is late');
  await eventually('preview', async () => shown().includes('#inc-3-mail-is-late'));
  expect(shown()).toContain(`announced in <#${space.announcements}>`);
  await ana.press(view, 'flags', ['test']);
  await eventually('preview of a test', async () => shown().includes('announced nowhere'));
  expect(await ana.submit(view, { services: 'Mail' })).toEqual({ kind: 'closed' });
  await eventually('its channel', async () =>
    (await channelsOf(ana)).some(({ name }) => name === 'inc-3-mail-is-late'),
  );
});

test('a test is marked wherever it shows, and announced nowhere', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev4 drill Fire in the data centre');
  const headline = await headlineOf(ana, channel, /SEV4 Low · investigating · TEST/);
  expect(headline.shown).toContain('🧪');
  await eventually('topic that says so', async () =>
    space.gateway.calls.some(
      ({ method, args }) =>
        method === 'conversations.setTopic' &&
        args.channel === channel &&
        JSON.stringify(args).includes('TEST'),
    ),
  );
  expect((await type(ana, space.incidents, '/incident list')).text).toMatch(
    /Fire in the data centre\nSEV4 Low .*test/,
  );
  await type(ana, channel, '/incident resolve');
  expect((await draftOf(ana, channel)).markdown).toMatch(/test/i);
  const outside = [...(await ana.sees(space.announcements)), ...(await ana.sees(space.managers))];
  expect(outside.filter((one) => one.shown.includes('Fire in the data centre'))).toEqual([]);
});

test('a title that begins with a word of the command: the reply offers it, and what is no test is announced', async () => {
  const { ana, ben } = space.people;
  await type(ben, space.incidents, '/incident subscribe sev3');
  const declared = await type(ana, space.incidents, '/incident declare test environment is gone');
  expect(declared.text).toMatch(/is declared: environment is gone[\s\S]*a test:/);
  const pressed = await ana.press(declared, '“test” is part of the title');
  expect((await pressed.visible()).text).toMatch(/called \*?test environment is gone\*?.*is announced/);
  await eventually('announcement', async () =>
    (await ben.sees(space.announcements)).some((one) => one.shown.includes('test environment is gone')),
  );
  await eventually('word to the subscriber', async () =>
    (await ben.dms()).some((one) => one.shown.includes('test environment is gone')),
  );
  const again = await (await ana.press(declared, '“test” is part of the title')).visible();
  expect(again.text).toMatch(/is undone already/);
  await type(ben, space.incidents, '/incident unsubscribe all');

  const closed = await type(ana, space.incidents, '/incident declare private beach is closed');
  const kept = await (await ana.press(closed, '“private” is part of the title')).visible();
  expect(kept.text).toMatch(/called \*?private beach is closed\*?[\s\S]*stays private/);
  const seen = await ben.sees(space.announcements);
  expect(seen.filter((one) => one.shown.includes('beach'))).toEqual([]);
});

test('the form asks about a same incident too; its own text stays under the question', async () => {
  const { ana, ben } = space.people;
  await declare(space, ana, 'Search index is stale');
  const { view } = await type(ben, space.incidents, '/incident declare');
  if (!view) throw new Error('no form');
  const asked = await ben.submit(view, { title: 'Stale search index', description: 'Since the deploy' });
  if (asked.kind !== 'pushed') throw new Error(JSON.stringify(asked));
  expect(JSON.stringify(asked.view.blocks)).toMatch(/INC-\d+[^"]*Search index is stale/);
  // Back to the form: it is as it was, and asks again.
  await ben.close(asked.view);
  const again = await ben.submit(view, {});
  if (again.kind !== 'pushed') throw new Error(JSON.stringify(again));
  expect(await ben.submit(again.view, {})).toEqual({ kind: 'cleared' });
  const made = await eventually('its channel', async () =>
    (await channelsOf(ben)).find(({ name }) => name.endsWith('stale-search-index')),
  );
  await eventually('the description on the headline', async () =>
    (await ben.sees(made.id)).some((one) => one.shown.includes('Since the deploy')),
  );
});

test('joining from the form invites, and says where', async () => {
  const { cleo } = space.people;
  const { view } = await type(cleo, space.incidents, '/incident declare');
  if (!view) throw new Error('no form');
  const asked = await cleo.submit(view, { title: 'Search index stale' });
  if (asked.kind !== 'pushed') throw new Error(JSON.stringify(asked));
  await cleo.press(asked.view, /^join_incident_/);
  await eventually('cleo in the channel', async () =>
    (await channelsOf(cleo)).some(({ name }) => name.includes('index')),
  );
});

test('declared from a message: it is the first line, at its own time, with author and link', async () => {
  const { ana, ben } = space.people;
  const at = Date.now() - 9 * 60_000;
  const ts = await ben.say(space.incidents, 'Payments are declined for *everybody*\nSee the graph', { at });
  const view = await ana.shortcut('declare_from_message', space.incidents, ts);
  expect(JSON.stringify(view.blocks)).toContain('Payments are declined');
  expect(await ana.submit(view, { title: 'Payments are declined', first_report: ['first_report'] })).toEqual({
    kind: 'closed',
  });
  const { id } = await eventually('its channel', async () =>
    (await channelsOf(ana)).find(({ name }) => name.endsWith('payments-are-declined')),
  );
  const timeline = await eventually('its text', async () => {
    const { text } = await type(ana, id, '/incident timeline');
    return text.includes('See the graph') && text;
  });
  expect(timeline).toMatch(
    /\*#1\* .*\*First report\*\nPayments are declined for \*everybody\*\nSee the graph/,
  );
  await type(ana, id, '/incident resolve');
  const { json } = await draftOf(ana, id);
  const [first] = json.lines;
  expect(first.at).toBe(new Date(at).toISOString().replace(/:\d\d\.\d+Z$/, 'Z'));
  expect(first).toMatchObject({ number: 1, source: 'shortcut', author: 'ben', capturedBy: 'ana' });
  expect(first.permalink).toContain(space.incidents);
});

test('a private incident is as if it were not, for whoever is not in its channel', async () => {
  const { ana, ben, cleo } = space.people;
  const channel = await declare(space, ana, 'private Payroll leak');
  await type(ana, channel, '/incident note Salaries are public');
  const number = (await type(ana, channel, '/incident list')).text.match(
    /INC-(\d+)\*[^\n]*Payroll leak/,
  )?.[1];
  expect(number).toBeDefined();
  const asks = async (person: typeof ana, line: string) =>
    (await type(person, space.incidents, `/incident ${line}`)).text;
  expect(await asks(ben, 'list')).not.toContain('Payroll');
  expect(await asks(ben, `timeline INC-${number}`)).toMatch(new RegExp(`There is no INC-${number} here`));
  expect(await asks(ben, `INC-${number} lead`)).toMatch(/There is no INC-/);
  expect(await asks(ben, 'declare Payroll leak again')).toMatch(/is declared/);

  await type(ana, channel, `/incident lead @ben`);
  await eventually('ben in the channel', async () =>
    (await channelsOf(ben)).some(({ id }) => id === channel),
  );
  await eventually('ben sees it', async () =>
    (await asks(ben, `timeline INC-${number}`)).includes('Salaries'),
  );
  expect(await asks(cleo, `timeline INC-${number}`)).toMatch(/There is no INC-/);

  await ben.leave(channel);
  await eventually('it is gone for ben', async () =>
    /There is no INC-/.test(await asks(ben, `timeline INC-${number}`)),
  );
  expect(await asks(ben, 'list')).not.toContain(`INC-${number}*`);
});

test('a private draft opens by an own link only, which ends with the person’s place in the channel', async () => {
  const { ana, cleo } = space.people;
  const channel = await declare(space, ana, 'private Key in the log');
  await type(ana, channel, '/incident lead @cleo');
  await eventually('cleo in the channel', async () =>
    (await channelsOf(cleo)).some(({ id }) => id === channel),
  );
  await type(ana, channel, '/incident resolve');
  const draft = await eventually('draft', async () =>
    (await cleo.sees(channel)).findLast((one) => one.shown.includes('Edit on the page')),
  );
  const pressed = await (await cleo.press(draft, 'Edit on the page')).visible();
  const [own = ''] = pressed.messages.flatMap(({ links }) => links);
  expect((await fetch(own)).status).toBe(200);
  // What everybody in the channel may see names no page; the lead has an own link.
  const shown = (await cleo.sees(channel)).flatMap(({ ephemeral, links }) => (ephemeral ? [] : links));
  expect(shown.filter((url) => url.includes('/postmortems/'))).toEqual([]);
  const id = /postmortems\/([0-9a-f-]+)/.exec(own)?.[1] ?? '';
  const links = createLinks(space.bot.url, space.env.LINK_SECRET ?? '', 90);
  const forAll = await fetch(links.page(id, Date.now()));
  expect(forAll.status).toBe(403);
  expect(await forAll.text()).toMatch(/a link of your own only/);
  const late = await fetch(links.personal(id, cleo.id, Date.now() - 100 * 24 * 3_600_000));
  expect(late.status).toBe(410);
  expect(await late.text()).toMatch(/come to its end.*Edit on the page/);
  const form = new URL(own);
  form.pathname += '.md';
  const file = await (await fetch(form)).text();
  expect(file).toContain('Key in the log');
  expect(file).not.toContain('/postmortems/');
  // Its public form opens for them alone, too.
  const reply = await type(cleo, channel, '/incident postmortem public');
  expect(reply.text).toMatch(/is private: these links are yours alone/);
  const toPass = reply.messages.flatMap((one) => one.links);
  expect(toPass.filter((url) => !url.includes(`u=${cleo.id}`))).toEqual([]);
  expect(await (await fetch(toPass[0] ?? '')).text()).toMatch(/Pass on a file, no link/);
  expect((await fetch(links.publicPage(id, Date.now(), 'md'))).status).toBe(403);
  // Each reading is on record, for those who may read.
  form.pathname = form.pathname.replace(/\.md$/, '/history');
  const history = await (await fetch(form)).text();
  expect(history).toMatch(/Who read it[\s\S]*cleo: page GET \.md/);
  await cleo.leave(channel);
  await eventually('no page any more', async () => (await fetch(own)).status === 404);
});

test('where Slack takes no late answer any more, a direct message says where the channel is', async () => {
  const { cleo } = space.people;
  space.gateway.fail('response_url', { status: 404, times: Number.POSITIVE_INFINITY });
  await declare(space, cleo, 'sev3 Statements are late');
  await eventually('direct message', async () =>
    (await cleo.dms()).some(({ shown }) => /Statements are late: its channel is/.test(shown)),
  );
  space.gateway.mend();
});
