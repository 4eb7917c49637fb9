import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replay } from '../../src/demo/replay.ts';
import { loadScenario } from '../../src/demo/scenario.ts';
import { createLinks } from '../../src/web/links.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, makeDue, type } from './incident.ts';

const space = useWorkspace({ people: { eve: 'UTC', max: 'Europe/London' } });
const LONGEST = join(import.meta.dirname, '..', 'scenarios', '2025-09-23-provisioning-invites.json');
const log = () => {};

/** Posts a form of the page as a browser would, following the way back. */
async function submit(
  url: string,
  fields: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
}

const at = (link: string, rest: string): string => link.replace(/\?/, `${rest}?`);
const seenIn = (page: string): string => /name="seen" value="(\d+)"/.exec(page)?.[1] ?? '';
const beganIn = (page: string): string => /name="began" value="([\w-]+)"/.exec(page)?.[1] ?? '';
const textIn = (page: string): string =>
  (/<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(page)?.[1] ?? '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

test('a correction, an edit, another correction: the edit is kept and exactly the figures that moved are named', async () => {
  const { people, channel } = await replay({ scenario: loadScenario(LONGEST), gateway: space.gateway, log });
  const { lead } = people;
  const own = await eventually('own link', async () =>
    (await lead.dms()).flatMap(({ links }) => links).findLast((url) => url.includes('u=')),
  );

  // A late correction: the fix was merged at 23:50, not 23:49.
  await type(lead, channel, '/incident time #7 2025-09-23 23:50');
  expect((await draftOf(lead, channel)).json.minutesSincePrevious).toEqual([
    null,
    155,
    56,
    12,
    61,
    27,
    81,
    56,
  ]);

  // A person rewrites the summary and a generated part.
  const summary =
    'Invites showed as expired for 7 hours and 28 minutes.\n\nWe are *sorry*; `nothing` <b>else</b> was hit.';
  const form = at(own, '/edit/summary');
  const opened = await (await fetch(form)).text();
  expect(opened).toContain('showed as expired');
  expect((await submit(form, { do: 'save', seen: seenIn(opened), text: summary })).status).toBe(200);
  const impact = await (await fetch(at(own, '/edit/impact'))).text();
  await submit(at(own, '/edit/impact'), {
    do: 'save',
    seen: seenIn(impact),
    text: `${textIn(impact)}\n\nThe night shift saw most of it.`,
  });
  expect((await draftOf(lead, channel)).html).not.toContain('since you edited');

  // Another correction, while somebody has the editor open: the fix was released a minute later.
  const open = await (await fetch(at(own, '/edit/impact'))).text();
  await type(lead, channel, '/incident time #8 2025-09-24 00:47');
  const late = { seen: seenIn(open), began: beganIn(open), text: `${textIn(open)} Ana saw the rest.` };
  await submit(at(own, '/edit/impact'), { do: 'save', ...late });
  const { json, markdown, html } = await draftOf(lead, channel);
  expect(json.impactMinutes).toBe(449);
  expect(markdown).toContain('The night shift saw most of it. Ana saw the rest.');
  expect(markdown).toContain('Invites showed as expired for 7 hours and 28 minutes.');
  expect(markdown).toContain('**7 h 29 min**');
  expect(html).not.toContain('<b>else</b>');
  expect(json.contradictedFigures).toEqual(['7 hours and 28 minutes']);
  const changed = html.slice(
    html.indexOf('changed-title'),
    html.indexOf('</section>', html.indexOf('changed-title')),
  );
  const named = [...changed.matchAll(/<li>([^:]+): (.+?) → <strong>(.+?)<\/strong>/g)].map(
    ([, label, from, to]) => [label, from, to],
  );
  expect(named).toEqual([
    ['Impact end', '2025-09-24 00:46 UTC', '2025-09-24 00:47 UTC'],
    ['Impact duration', '7 h 28 min', '7 h 29 min'],
    ['Time to fix', '7 h 28 min', '7 h 29 min'],
    ['Fix merged to released', '56 min', '57 min'],
    ['Fix released', '2025-09-24 00:46 UTC', '2025-09-24 00:47 UTC'],
    ['Gap before #8', '56 min', '57 min'],
  ]);

  // Every version is there and an earlier one can be brought back.
  const history = await (await fetch(at(own, '/history'))).text();
  const [latest = ''] = /\/history\/impact\/\d+/.exec(history) ?? [];
  expect(await (await fetch(at(own, latest))).text()).toContain('The night shift saw most of it.');
  await submit(at(own, '/edit/summary'), { do: 'save', seen: '1', text: 'Shorter.' });
  expect((await draftOf(lead, channel)).markdown).toContain('Shorter.');
  expect(history).toContain('Texts written by command');
  expect((await submit(at(own, '/restore-text'), { section: 'summary', version: '1' })).text).toMatch(
    /history-text-summary[\s\S]*<span class="number">2<\/span>/,
  );
  await submit(at(own, '/restore'), { section: 'summary', version: '1', seen: '2' });
  expect((await draftOf(lead, channel)).markdown).toContain('Invites showed as expired for 7 hours');
});

test('a save on a stale version is refused with both texts; from Slack too', async () => {
  const { people, channel } = await replay({ scenario: loadScenario(LONGEST), gateway: space.gateway, log });
  const { lead } = people;
  const { link } = await draftOf(lead, channel);
  const message = (await lead.sees(channel)).findLast(({ links }) => links.includes(link));
  if (!message) throw new Error('no draft message');
  const pressed = await lead.press(message, 'edit_draft');
  await pressed.visible();
  if (!pressed.view) throw new Error('no modal');
  const chosen = await lead.submit(pressed.view, { section: 'next-steps' });
  if (chosen.kind !== 'updated') throw new Error(`no editor: ${JSON.stringify(chosen)}`);

  const page = await eventually('own link', async () =>
    (await lead.dms()).flatMap(({ links }) => links).findLast((url) => url.includes('u=')),
  );
  const saved = await submit(at(page, '/edit/next-steps'), { do: 'save', seen: '0', text: 'From the page.' });
  expect(saved.status).toBe(200);

  const refused = await lead.submit(chosen.view, { text: 'From Slack.' });
  if (refused.kind !== 'updated') throw new Error(`not refused: ${JSON.stringify(refused)}`);
  expect(JSON.stringify(refused.view)).toContain('From the page.');
  expect(JSON.stringify(refused.view)).toContain('From Slack.');
  expect((await draftOf(lead, channel)).markdown).not.toContain('From Slack.');
  expect(await lead.submit(refused.view, {})).toEqual({ kind: 'closed' });
  expect((await draftOf(lead, channel)).markdown).toContain('From Slack.');

  const stale = await submit(at(page, '/edit/next-steps'), { do: 'save', seen: '1', text: 'Too late.' });
  expect(stale.status).toBe(409);
  expect(stale.text).toContain('From Slack.');
  expect(stale.text).toContain('Too late.');
});

test('checks: fixed by a click, put aside with a reason, taken up again; a reader may do none of it', async () => {
  const { people, channel } = await replay({ scenario: loadScenario(LONGEST), gateway: space.gateway, log });
  const { lead } = people;
  const { link, html } = await draftOf(lead, channel);
  expect(html).toContain('1 hour, 30 minutes');
  expect((await submit(at(link, '/check'), { key: 'x', do: 'undo' })).status).toBe(403);
  const own = await eventually('own link', async () =>
    (await lead.dms()).flatMap(({ links }) => links).findLast((url) => url.includes('u=')),
  );
  const page = await (await fetch(own)).text();
  const { json } = await draftOf(lead, channel);
  const figure = json.checks.find((check: { excerpt?: string }) => check.excerpt === '1 hour, 30 minutes');
  expect(figure).toBeDefined();
  expect(page).toContain('Put aside');
  await submit(at(own, '/check'), { key: figure.key, do: 'dismiss', reason: 'Counted from the ticket' });
  const aside = await (await fetch(own)).text();
  expect(aside).toContain('Because: Counted from the ticket');
  await submit(at(own, '/check'), { key: figure.key, do: 'undo' });
  expect(await (await fetch(own)).text()).not.toContain('Because: Counted from the ticket');
  const fixed = await submit(at(own, '/check'), { key: figure.key, do: 'fix' });
  expect(fixed.status).toBe(200);
  expect((await draftOf(lead, channel)).json.contradictedFigures).toEqual([]);
});

test('the public form: by command and from the page, without names; its link opens nothing else', async () => {
  const { people, channel } = await replay({ scenario: loadScenario(LONGEST), gateway: space.gateway, log });
  const { lead } = people;
  const { link, json } = await draftOf(lead, channel);
  const text = `Rolled back by <@${lead.id}>, seen at https://grafana.corp/d/1`;
  await type(lead, channel, `/incident section mitigation ${text}`);
  const reply = await type(lead, channel, '/incident postmortem public');
  expect(reply.text).toContain('names that I do not know stay in the text');
  const links = reply.messages.flatMap((one) => one.links);
  const [readOver = '', page = '', ...files] = links;
  expect(files).toHaveLength(4);
  for (const url of [page, ...files]) {
    const body = await (await fetch(url)).text();
    expect(body, url).toContain('Rolled back by the declarer, seen at (internal link)');
    for (const gone of [lead.name, lead.id, 'grafana', 'slack.com', 'Read it over'])
      expect(body, `${gone} in ${url}`).not.toContain(gone);
  }
  const shared = JSON.parse(await (await fetch(files.find((url) => url.includes('.json')) ?? '')).text());
  for (const field of ['impactStart', 'impactMinutes', 'milestones', 'timeline'])
    expect(shared[field]).toEqual(json[field]);
  // Who may read all of it is asked to read this over first, and finds the way from the page.
  expect(await (await fetch(readOver)).text()).toContain('Read it over before passing it on');
  expect(await (await fetch(link)).text()).toContain('>Public form</a>');
  expect((await fetch(at(link, '/public.md'))).status).toBe(200);
  for (const whole of ['', '.md', '/history', '/edit/summary'])
    expect((await fetch(page.replace('/public?', `${whole}?`))).status, whole).toBe(404);
});

test('what is published is posted once, opens for all, and stays as it was while corrections are named and told', async () => {
  const { eve, max } = space.people;
  const channel = await declare(space, eve, 'sev3 Login is slow');
  await type(eve, channel, '/incident impact-started 30m ago Errors');
  await type(eve, channel, '/incident resolve');
  await draftOf(eve, channel);
  const own = await eventually('own link', async () =>
    (await eve.dms())
      .find((one) => one.shown.includes('Login is slow'))
      ?.links.find((url) => url.includes('u=')),
  );
  expect((await submit(at(own, '/state'), { state: 'published' })).status).toBe(200);
  const posts = async () =>
    (await max.sees(space.announcements)).filter(({ shown }) =>
      /Postmortem of INC-\d+: Login is slow/.test(shown),
    );
  const post = await eventually('post', async () => (await posts())[0]);
  // A minute may begin between two commands.
  const minutes = Number(/Impact: \*(3[01]) min\* \(.* UTC to .* UTC\)/.exec(post.shown)?.[1]);
  const corrected = `${minutes} min → ${minutes + 10} min`;
  const link = post.links.find((url) => url.includes('/postmortems/')) ?? '';
  const read = async (rest = '') => (await fetch(at(link, rest))).text();
  const version = /Published as version (\d+) on [^<]*<time[^>]*>[^<]+<\/time>, by eve\./.exec(
    await read(),
  )?.[1];
  const frozen = async () => (await read(`/history/${version}`)).replaceAll(/nonce(?:="|-)[\w+/=]+/g, '');
  const before = await frozen();
  expect(before).toContain('This is that version, kept as it was.');
  expect(before).toContain(`<span class="value">${minutes} min</span>`);

  await type(max, channel, '/incident time #2 #2 - 10m');
  const note = await eventually(
    'note',
    async () => /Corrected since:[\s\S]*?<\/section>/.exec(await read())?.[0],
  );
  expect(note).toContain(`Impact duration ${corrected}`);
  expect(note).toMatch(/, by max\)/);
  expect(note).toContain(`Version ${version} as published`);
  await eventually('correction in the post', async () =>
    (await posts())[0]?.shown.includes('Corrected since, now version'),
  );
  await makeDue(space, channel, 'correction');
  const told = await eventually('reply in the thread', async () =>
    (await max.sees(space.announcements)).find(({ threadTs }) => threadTs === post.ts),
  );
  expect(told.shown).toMatch(new RegExp(`Corrected in version \\d+: .*${corrected}`));
  expect(await frozen()).toBe(before);
  const json = JSON.parse(await (await fetch(link.replace('?', '.json?'))).text());
  expect(json.published).toMatchObject({ version: Number(version), corrected: { by: ['max'] } });
  expect(await read('/history')).toMatch(/Version \d+<\/a>[^\n]*published by eve /);
  expect(await posts()).toHaveLength(1);
  const id = /postmortems\/([0-9a-f-]+)/.exec(link)?.[1] ?? '';
  const long = Date.now() - 100 * 24 * 3_600_000;
  const late = createLinks(space.bot.url, space.env.LINK_SECRET ?? '', 90).page(id, long);
  expect(await (await fetch(late)).text()).toMatch(/come to its end.*is published: .*headline/);
  // Its public form names nobody. A link that opens the whole of it is none to pass on.
  const outside = await read('/public');
  expect(outside).toMatch(/Published as version \d+ on [\s\S]*, by the declarer\.[\s\S]*Corrected since:/);
  expect(outside).toContain('Pass on a file, no link: yours opens the whole of it.');
  expect(outside).not.toMatch(/by (?:eve|max)\b/);

  await submit(at(own, '/state'), { state: 'draft' });
  const shut = await fetch(link);
  expect([shut.status, await shut.text()]).toEqual([403, expect.stringMatching(/being revised.*Ask eve/)]);
  await eventually('post that says so', async () =>
    (await posts())[0]?.shown.includes('It is being revised'),
  );
});
