import { describe, expect, test } from 'vitest';
import { buildDraft } from '../../../src/postmortem/document.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { renderCanvas } from '../../../src/postmortem/render/canvas.ts';
import { renderMarkdown } from '../../../src/postmortem/render/markdown.ts';
import { renderPlain } from '../../../src/postmortem/render/plain.ts';
import { readMarkdown } from '../../../src/postmortem/text/markdown.ts';
import { at, readScenario, recordOf } from '../makers.ts';

const record = recordOf(readScenario('2025-09-23-provisioning-invites').scenario);
const draft = buildDraft(record, computeFacts(record, at('18:00')), {
  zone: 'UTC',
  url: 'https://d.example/p/1',
});

describe('renderMarkdown', () => {
  const markdown = renderMarkdown(draft);

  test('begins with what it is, and where its page is', () => {
    expect(markdown.split('\n\n').slice(0, 4)).toEqual([
      '# INC-42: Provisioning invites could not be accepted',
      'Postmortem draft · SEV2 Major · resolved',
      '[This draft’s page](https://d.example/p/1)',
      '## Date and time of the incident (UTC)',
    ]);
  });

  test('links the tracker in its head, and so do the plain text and the canvas', () => {
    const tracker = 'https://t.example/OPS_7?a=1&b=2';
    const tracked = { ...draft, tracker };
    const head = (text: string) => text.slice(0, text.indexOf('Date and time'));
    expect(head(renderPlain(tracked))).toContain(`\nTracker: ${tracker}\n`);
    for (const text of [renderMarkdown(tracked), renderCanvas(tracked, 1) ?? '']) {
      expect(head(text)).toMatch(/^Tracker: \[/m);
      expect(JSON.stringify(readMarkdown(head(text)))).toContain(`"url":"${tracker}"`);
    }
    expect(`${markdown}${renderPlain(draft)}${renderCanvas(draft, 1)}`).not.toContain('Tracker');
  });

  test('every link into the document has its anchor', () => {
    const targets = new Set([...markdown.matchAll(/\]\(#([^)]*)\)/g)].map(([, id]) => id));
    expect(targets.size).toBe(8);
    for (const id of targets) expect(markdown).toContain(`<a id="${id}"></a>`);
  });

  test('shows conflicts where they are', () => {
    const sections = draft.sections.map((section) =>
      section.key === 'summary'
        ? {
            ...section,
            edited: { by: 'Ana', at: 0 },
            conflicts: [
              { base: 'a', generated: '| new |', theirs: '| old |' },
              { base: 'a', generated: '', theirs: 'x' },
            ],
          }
        : section,
    );
    const shown = renderMarkdown({ ...draft, sections });
    expect(shown).toMatch(
      /## Summary[\s\S]*\*\*Changed since it was edited\*\* by Ana\. Kept:[\s\S]*\| old \|[\s\S]*The timeline now gives:[\s\S]*\| new \|[\s\S]*## Impact on customers/,
    );
    expect(shown).toContain('(nothing: taken out)');
  });
});
