import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/postmortem/checks/types.ts';
import { buildDraft } from '../../../src/postmortem/document.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { renderHtmlBody } from '../../../src/postmortem/render/html.ts';
import { at, makeIncident, makeRecord, makeTimeline } from '../makers.ts';

const record = makeRecord({
  incident: makeIncident({ summary: 'It lasted 1 hour, not 11 hours; 1 hour again.' }),
  ...makeTimeline(['12:00', 'impact_started'], ['14:00', 'resolved']),
});
const draft = buildDraft(record, computeFacts(record, at('18:00')), { zone: 'UTC' });

function check(over: Partial<Check>): Check {
  return {
    name: 'figure',
    severity: 'error',
    message: 'No such figure.',
    entryNumbers: [],
    key: 'k',
    ...over,
  };
}

describe('renderHtmlBody', () => {
  test('each section is named by its heading and says where it comes from', () => {
    const html = renderHtmlBody(draft);
    expect(html).toContain(
      '<section id="section-timeline" class="part generated" aria-labelledby="title-timeline"><h2 id="title-timeline">Timeline</h2>',
    );
    expect(html).toContain('<section id="section-summary" class="part human"');
    expect(html).toContain('<section id="section-next-steps" class="part empty"');
    expect(html).toContain('<div class="gap">');
    expect(html.match(/<section /g)).toHaveLength(14);
  });

  test('times are machine-readable, rows are anchors, tables keep their roles', () => {
    const html = renderHtmlBody(draft);
    expect(html).toContain('<tr id="entry-1" role="row">');
    expect(html).toContain('<time datetime="2026-03-10T12:00Z">2026-03-10 12:00</time>');
    expect(html).toContain('role="columnheader"');
  });

  test('the words that a check speaks of lead to it, each occurrence to its own', () => {
    const html = renderHtmlBody(draft, [
      check({ section: 'summary', excerpt: '1 hour', key: 'a' }),
      check({ section: 'summary', excerpt: '1 hour', key: 'b', message: 'Second.' }),
      check({ name: 'claim', section: 'summary', excerpt: '1 hour', key: 'c', message: 'Claim.' }),
    ]);
    expect(html).toContain(
      'It lasted <a href="#check-1" class="doubted" title="No such figure.">1 hour</a><a href="#check-3" class="flag" title="Check 3: Claim." aria-label="Check 3: Claim.">3</a>, not 11 hours; <a href="#check-2" class="doubted" title="Second.">1 hour</a> again.',
    );
  });

  test('a check of lines flags those lines; one of words not found, or of no words, flags its section', () => {
    const html = renderHtmlBody(draft, [
      check({ entryNumbers: [2] }),
      check({ section: 'summary', excerpt: 'not there' }),
      check({ section: 'verification' }),
    ]);
    expect(html).toMatch(/<tr id="entry-2" role="row">\s*<td[^>]*>#2<a href="#check-1" class="flag"/);
    expect(html).toMatch(/Summary<\/h2><div class="flags"><a href="#check-2"/);
    expect(html).toMatch(/How it was resolved<\/h2><div class="flags"><a href="#check-3"/);
    expect(html.match(/class="flag"/g)).toHaveLength(3);
  });

  test('the draft’s other clock stands behind times in columns, and is the title of those in sentences', () => {
    const html = renderHtmlBody({ ...draft, zone: 'Asia/Tokyo' });
    expect(html).toMatch(
      /<time datetime="2026-03-10T12:00Z">[^<]*<\/time><span class="local"> \(21:00 JST\)<\/span>/,
    );
    expect(html).toMatch(/<time datetime="2026-03-10T12:00Z" title="21:00 JST">2026-03-10 12:00 UTC/);
    expect(renderHtmlBody(draft)).not.toMatch(/JST|<span class="local">/);
  });
});
