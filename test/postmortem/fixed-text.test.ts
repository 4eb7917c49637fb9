import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SectionKey } from '../../src/postmortem/document-types.ts';
import { fixedText } from '../../src/postmortem/fixed-text.ts';
import {
  buildPostmortem,
  generatedMarkdown,
  markdownOf,
  type PostmortemSource,
} from '../../src/postmortem/postmortem.ts';
import { at, makeIncident, makeRecord, makeTimeline } from './makers.ts';

const NOW = at('2026-04-01T00:00:00Z');
// 152 minutes.
const timeline = makeTimeline(['12:00', 'impact_started'], ['12:20', 'detected'], ['14:32', 'resolved']);
const LONG = '2 hours and 32 minutes';

const PARTS = ['summary', 'what-happened', 'mitigation', 'resolution', 'verification', 'next-steps'] as const;
const keyOf = (part: string): SectionKey =>
  part === 'mitigation' || part === 'verification' ? 'resolution' : (part as SectionKey);

function typed(texts: Partial<Record<(typeof PARTS)[number], string>>): PostmortemSource {
  const { summary = '', ...sections } = texts;
  const record = makeRecord({ ...timeline, incident: makeIncident({ summary }), sections });
  return { record, edits: [], dismissals: [] };
}

function edited(section: SectionKey, text: string): PostmortemSource {
  const source = typed({});
  const { facts } = buildPostmortem(source, NOW);
  const base = generatedMarkdown(source, section, NOW) ?? '';
  return { ...source, edits: [{ section, version: 1, base, text, facts, by: 'U1', at: NOW }] };
}

/** What stands in the section, and what would after the first click that a check of these words offers. */
function clicked(source: PostmortemSource, part: string): { before: string; after: string | null } {
  const postmortem = buildPostmortem(source, NOW);
  const fix = postmortem.checks.find((check) => check.name === 'claim' && check.section === part)?.fix;
  if (fix?.kind !== 'replace-text') throw new Error('nothing to click');
  return { before: markdownOf(postmortem, keyOf(part)) ?? '', after: fixedText(source, fix, NOW) };
}

describe('a figure replaced by a click', () => {
  it('is the one complained of, not the same words inside other words', () => {
    const { after } = clicked(
      typed({ summary: 'On call covers 12 hours a shift. The outage lasted 2 hours.' }),
      'summary',
    );
    expect(after?.trim()).toBe(`On call covers 12 hours a shift. The outage lasted ${LONG}.`);
  });

  it('stands in its own part of a section', () => {
    const same = { mitigation: 'Traffic moved 2 hours later.', verification: 'The outage lasted 2 hours.' };
    const { before, after } = clicked(typed(same), 'verification');
    expect(before).toContain('lasted 2 hours.');
    expect(after).toBe(before.replace('lasted 2 hours', `lasted ${LONG}`));
  });

  it('is found in an edit that is printed otherwise than it was written', () => {
    const text =
      '* `2 hours` of nothing\n* Failed over 2 hours in * Then\n\nThe outage lasted 2\\. The outage lasted 2 hours!';
    expect(clicked(edited('summary', text), 'summary').after).toBe(text.replace(/2 hours!$/, `${LONG}!`));
  });

  it('is not guessed at when the words are not there', () => {
    const source = typed({ summary: 'The outage lasted 2 hours.' });
    const fix = { kind: 'replace-text', section: 'summary', index: 18, from: '2 hours', to: LONG } as const;
    expect(fixedText(source, fix, NOW)).toBe(`The outage lasted ${LONG}.\n`);
    expect(fixedText(source, { ...fix, index: 17 }, NOW)).toBeNull();
    expect(fixedText(source, { ...fix, section: 'resolution' }, NOW)).toBeNull();
    expect(fixedText(source, { ...fix, section: 'no-such' }, NOW)).toBeNull();
    expect(fixedText(edited('summary', 'It took a while.'), fix, NOW)).toBeNull();
  });

  it('is not offered where mark-up would be cut in two', () => {
    const source = typed({ summary: 'The outage lasted *2* hours.' });
    const [check] = buildPostmortem(source, NOW).checks;
    expect(check).toMatchObject({ name: 'claim', severity: 'error' });
    expect(check?.fix).toBeUndefined();
  });

  const sentence = fc.constantFrom(
    'On call covers 12 hours a shift.',
    'Traffic moved 2 hours later.',
    'A backup takes 2 hours & 5 minutes.',
    'See `2 hours`, <https://a.example/2|2 hours> and 2hours.',
    'They * waited _2 hours_ # [x](y) $& each.',
    'At 12:20 it was 22 hours old.',
    'Nothing else.',
  );
  const prose = fc.array(sentence, { maxLength: 4 }).map((some) => some.join(' '));

  it('leaves every other character as it was', () => {
    fc.assert(
      fc.property(
        prose,
        prose,
        prose,
        fc.constantFrom(...PARTS),
        fc.boolean(),
        (front, back, other, part, isEdit) => {
          const text = `${front} The outage lasted 2 hours. ${back}`.trim();
          const others = Object.fromEntries(PARTS.map((name) => [name, name === part ? text : other]));
          const { before, after } = isEdit
            ? clicked(edited(keyOf(part), text), keyOf(part))
            : clicked(typed(others), part);
          // Slack's way of writing a link is no Markdown: how many `2 hours` are read differs, and nothing is touched.
          if (isEdit && after === null && text.includes('<https')) return;
          expect(before.split('lasted 2 hours')).toHaveLength(2);
          expect(after).toBe(before.replace('lasted 2 hours', `lasted ${LONG}`));
        },
      ),
      { numRuns: 150 },
    );
  });
});
