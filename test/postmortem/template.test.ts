import { describe, expect, it } from 'vitest';
import type { Template } from '../../src/postmortem/document-types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { buildPostmortem, postmortemMarkdown } from '../../src/postmortem/postmortem.ts';
import { makeEntry, makeIncident, makeRecord } from './makers.ts';

const NOW = Date.parse('2026-03-10T23:30:00Z');
const record = makeRecord({
  incident: makeIncident({ zone: 'UTC' }),
  entries: [makeEntry(1, '22:05', { text: 'Errors rise' })],
});

function markdownWith(over: Partial<Template>): string {
  const template = { zone: null, order: [], hidden: [], guidance: {}, ...over };
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

  it('puts the sections in its order; those that it does not name follow the one before them in ours', () => {
    const titles = [
      ...markdownWith({ order: ['timeline', 'root-cause', 'no-such-section', 'date'] }).matchAll(
        /^## (.*)/gm,
      ),
    ];
    expect(titles.map(([, title]) => title)).toEqual([
      'Timeline',
      'Milestones and times',
      'Root cause',
      'Contributing factors',
      'How it was resolved',
      'What prevents it from happening again',
      'Next steps',
      'Activity',
      'Date and time of the incident (UTC)',
      'Services affected',
      'Impact duration',
      'Summary',
      'Impact on customers',
      'What happened',
    ]);
  });

  it('keeps what people wrote in a section that it leaves out, and asks nobody to mend it', () => {
    const edit = {
      base: 'x\n',
      text: 'Own words.\n',
      version: 1,
      facts: computeFacts(record, NOW),
      by: 'U1',
      at: NOW,
    };
    const made = (hidden: string[]) =>
      buildPostmortem(
        {
          record: { ...record, factors: ['A missing alert'] },
          edits: [{ ...edit, section: 'root-cause' }],
          dismissals: [],
          template: { zone: null, order: [], hidden, guidance: {} },
        },
        NOW,
      );
    const all = made([]);
    const left = made(['root-cause', 'factors', 'customers', 'next-steps']);
    expect(left.draft.leftOut).toEqual(['root-cause', 'factors']);
    expect(postmortemMarkdown(left)).not.toMatch(/Own words|A missing alert/);
    expect(postmortemMarkdown(all)).toMatch(/Own words[\s\S]*A missing alert/);
    const asked = (one: typeof all) => one.checks.map(({ section }) => section);
    expect(asked(all)).toContain('customers');
    expect(asked(left)).not.toContain('customers');
    expect(asked(left)).toContain('milestones');
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

  it('takes clock times of prose in its own zone, in that of who declared, and in UTC', () => {
    const built = buildPostmortem(
      {
        record: makeRecord({
          incident: makeIncident({ zone: 'America/New_York', summary: '08:20, 13:20, 12:20 and 09:20.' }),
          entries: [makeEntry(1, '12:20')],
        }),
        edits: [],
        dismissals: [],
        template: { zone: 'Europe/Berlin', order: [], hidden: [], guidance: {} },
      },
      NOW,
    );
    expect(built.contradictedFigures).toEqual(['09:20']);
    expect(built.checks.filter(({ name }) => name === 'figure').map(({ excerpt }) => excerpt)).toEqual([
      '09:20',
    ]);
  });

  it('shows its own zone beside UTC, whoever declared', () => {
    expect(markdownWith({})).not.toContain('Europe/Berlin');
    expect(markdownWith({ zone: 'Europe/Berlin' })).toContain('In Europe/Berlin');
  });
});
