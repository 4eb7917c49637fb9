import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { changedFigures } from '../../../src/postmortem/changed-figures.ts';
import { runChecks } from '../../../src/postmortem/checks/run.ts';
import { buildDraft } from '../../../src/postmortem/document.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { draftPage } from '../../../src/web/page/draft-page.ts';
import { html } from '../../../src/web/page/html.ts';
import { pagePolicy } from '../../../src/web/page/policy.ts';
import type { DraftPage } from '../../../src/web/page/types.ts';
import {
  at,
  makeIncident,
  makeRecord,
  makeTimeline,
  readScenario,
  recordOf,
  SCENARIO_NAMES,
} from '../makers.ts';

const now = at('18:00');

function pageOf(
  record: Parameters<typeof computeFacts>[0],
  over: Partial<DraftPage> = {},
  zone = 'UTC',
): string {
  const facts = computeFacts(record, now);
  const draft = buildDraft(record, facts, { zone });
  return draftPage({ draft, facts, checks: [], state: { name: 'draft', version: 3 }, now, ...over });
}

const scenario = (name: string) => recordOf(readScenario(name).scenario);

describe('draftPage', () => {
  test('links the tracker, its address escaped; none where there is none', () => {
    const incident = makeIncident({ tracker: 'https://t.example/?a=1&b="2' });
    expect(pageOf(makeRecord({ incident }))).toContain(
      '<a class="chip" href="https://t.example/?a=1&amp;b=&quot;2">Tracker</a>',
    );
    expect(pageOf(makeRecord())).not.toContain('Tracker');
  });

  test.each(SCENARIO_NAMES)('%s: every link into the page has its target, every id is there once', (name) => {
    const record = scenario(name);
    const facts = computeFacts(record, now);
    const checks = runChecks(
      record,
      facts,
      [{ section: 'summary', text: record.incident.summary }],
      now,
      'UTC',
    );
    const page = pageOf(record, { checks });
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, names] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(names);
    expect(checks.length).toBeGreaterThan(0);
    expect(page.match(/<li id="check-/g)).toHaveLength(checks.length);
  });

  test('headings descend one step at a time, from one title', () => {
    const levels = [...pageOf(scenario('2025-09-23-provisioning-invites')).matchAll(/<h([1-6])/g)].map(
      ([, level]) => Number(level),
    );
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test('landmarks, language and title', () => {
    const page = pageOf(scenario('2025-08-05-sign-in'));
    for (const part of [
      '<html lang="en">',
      '<header',
      '<main id="draft"',
      '<aside',
      '<nav',
      '<footer',
      '<title>INC-42: Sign-in and web application degraded</title>',
    ]) {
      expect(page).toContain(part);
    }
  });

  test('the head says how long, from what to what, each end led to its line', () => {
    const page = pageOf(scenario('2025-09-23-provisioning-invites'));
    expect(page).toContain('<span class="value">7 h 28 min</span>');
    expect(page).toContain(
      '<time datetime="2025-09-23T17:18Z"><strong>17:18 UTC</strong>, 23 September 2025</time> (<a href="#entry-1">Impact started, #1</a>)',
    );
    expect(page).toContain(
      '<time datetime="2025-09-24T00:46Z"><strong>00:46 UTC</strong>, 24 September 2025</time> (<a href="#entry-8">Fix released, #8</a>)',
    );
    expect(pageOf(scenario('2025-09-23-provisioning-invites'), {}, 'Europe/Berlin')).toContain(
      'Wed 24 Sep 2025 02:46 CEST',
    );
  });

  test('an open impact and an empty incident say so', () => {
    const open = makeRecord({
      incident: makeIncident({ status: 'investigating' }),
      ...makeTimeline(['12:00', 'impact_started']),
    });
    expect(pageOf(open)).toMatch(
      /6 h<\/span><span class="caption">of impact so far<[\s\S]*<dd>not over<\/dd>/,
    );
    expect(pageOf(makeRecord())).toContain('No impact is on record yet.');
  });

  test('changed figures are told with old and new', () => {
    const before = makeRecord(makeTimeline(['12:00', 'impact_started'], ['13:00', 'resolved']));
    const after = makeRecord(makeTimeline(['12:00', 'impact_started'], ['13:30', 'resolved']));
    const changed = changedFigures(computeFacts(before, now), computeFacts(after, now));
    const page = pageOf(after, { changed });
    expect(page).toContain('5 figures changed since you edited');
    expect(page).toContain('<li>Impact duration: 1 h → <strong>1 h 30 min</strong></li>');
    expect(pageOf(after, { changed: changed.slice(0, 1) })).toContain('1 figure changed since you edited');
  });

  test('exports are offered where they are', () => {
    const record = makeRecord();
    expect(pageOf(record, { links: { markdown: '/p/1.md?s=a&b', json: '/p/1.json' } })).toContain(
      '<li><a href="/p/1.md?s=a&amp;b">Markdown</a></li><li><a href="/p/1.json">JSON</a></li>',
    );
    expect(pageOf(record)).not.toContain('aria-label="Exports"');
  });
});

describe('the policy', () => {
  test('with a nonce, the style carries it and the header allows it', () => {
    const page = pageOf(makeRecord(), { nonce: 'abc123' });
    expect(page).toContain('<style nonce="abc123">');
    expect(page).not.toContain('Content-Security-Policy');
    expect(pagePolicy('abc123')).toContain("style-src 'nonce-abc123'");
  });

  test('without one, the file carries the policy with the hash of the very style in it', () => {
    const page = pageOf(makeRecord());
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`sha256-${hash}`);
  });

  test('nothing in the page needs more: no script, no style attribute, nothing loaded', () => {
    for (const name of SCENARIO_NAMES) {
      const page = pageOf(scenario(name));
      expect(page).not.toMatch(/<script|\sstyle=|\son[a-z]+=|<img|<link|<iframe|@import|url\(/i);
    }
  });
});

describe('html', () => {
  test('values are escaped, pieces and lists are not escaped twice, nothing prints nothing', () => {
    const item = (text: string) => html`<li>${text}</li>`;
    expect(
      html`<ul title="${'"&'}">${['<a>', 'b'].map(item)}${null}${undefined}${false}${0}</ul>`.markup,
    ).toBe('<ul title="&quot;&amp;"><li>&lt;a&gt;</li><li>b</li>0</ul>');
  });
});
