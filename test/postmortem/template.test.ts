import { describe, expect, it } from 'vitest';
import type { Template } from '../../src/postmortem/document-types.ts';
import { buildPostmortem, postmortemMarkdown } from '../../src/postmortem/postmortem.ts';
import { makeEntry, makeIncident, makeRecord } from './makers.ts';

const NOW = Date.parse('2026-03-10T23:30:00Z');
const record = makeRecord({
  incident: makeIncident({ zone: 'UTC' }),
  entries: [makeEntry(1, '22:05', { text: 'Errors rise' })],
});

function markdownWith(over: Partial<Template>): string {
  const template = { zone: null, hidden: [], guidance: {}, ...over };
  return postmortemMarkdown(buildPostmortem({ record, edits: [], dismissals: [], template }, NOW));
}

it('links the thumbnails of a line’s files, and nothing that is no address', () => {
  const file = (name: string, thumbnail: string | null) => ({ name, url: 'https://a.example/f', thumbnail });
  const files = [
    file('graph.png', 'https://files.example/t.png'),
    file('bad', 'javascript:alert(1)'),
    file('log', null),
  ];
  const entries = [makeEntry(1, '22:05', { text: 'Errors rise', files })];
  const source = { record: { ...record, entries }, edits: [], dismissals: [] };
  const markdown = postmortemMarkdown(buildPostmortem(source, NOW));
  expect(markdown).toContain('[thumbnail of graph.png](https://files.example/t.png)');
  expect(markdown).not.toMatch(/javascript|thumbnail of (?:bad|log)/);
});

describe('a workspace’s template', () => {
  it('leaves out the sections that it hides, and no other', () => {
    const all = markdownWith({});
    expect(all).toContain('## Contributing factors');
    const without = markdownWith({ hidden: ['factors', 'activity'] });
    expect(without).not.toContain('## Contributing factors');
    expect(without).not.toContain('## Activity');
    expect(without).toContain('## Root cause');
  });

  it('puts its own guidance in the place of ours; the command stays, other parts keep ours', () => {
    const own = markdownWith({ guidance: { factors: 'ask _why_ five times <b>', 'next-steps': '  ' } });
    const factors = own.split('## Contributing factors')[1]?.split('\n## ')[0];
    expect(factors).toMatch(/ask .*why.* five times/);
    expect(factors).toContain('/incident factor TEXT');
    expect(factors).not.toContain('what let it happen');
    expect(factors).not.toContain('_why_ five times <b>');
    expect(own).toContain('what happens now: reviews');
  });

  it('shows its own zone beside UTC, whoever declared', () => {
    expect(markdownWith({})).not.toContain('Europe/Berlin');
    expect(markdownWith({ zone: 'Europe/Berlin' })).toContain('In Europe/Berlin');
  });
});
