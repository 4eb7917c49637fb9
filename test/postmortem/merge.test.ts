import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeText } from '../../src/postmortem/merge.ts';

const table = (...rows: string[]) => ['| # | Time |', '| - | - |', ...rows].join('\n');

describe('mergeText', () => {
  test('what only the person changed stays to the letter', () => {
    const theirs = '  Odd   spacing,\r\n\r\n\r\n- kept  \n';
    expect(mergeText('- kept', '- kept', theirs)).toEqual({
      text: theirs.replaceAll('\r\n', '\n'),
      conflicts: [],
    });
  });

  test('what only the facts changed follows', () => {
    expect(mergeText('a\n\nb', 'a\n\nc', 'a\n\nb')).toEqual({ text: 'a\n\nc', conflicts: [] });
  });

  test('a paragraph or a table that a person put above keeps its blank line', () => {
    for (const above of ['This is an estimate.', table('| EU | 120 |')]) {
      const theirs = `${above}\n\n**2 h**: from 12:00`;
      expect(mergeText('**2 h**: from 12:00', '**2 h 32 min**: from 12:00', theirs)).toEqual({
        text: `${above}\n\n**2 h 32 min**: from 12:00`,
        conflicts: [],
      });
    }
  });

  test('changes of different paragraphs are both kept', () => {
    const base = 'First reported at 19:53.\n\nEscalated at 20:49.\n\nFixed at 00:46.';
    const generated = 'First reported at 19:55.\n\nEscalated at 20:49.\n\nFixed at 00:46.';
    const theirs = 'First reported at 19:53.\n\nEscalated at 20:49.\n\nFixed at last, at 00:46.';
    expect(mergeText(base, generated, theirs)).toEqual({
      text: 'First reported at 19:55.\n\nEscalated at 20:49.\n\nFixed at last, at 00:46.',
      conflicts: [],
    });
  });

  test('neighbouring rows of a table merge one by one', () => {
    const base = table('| 1 | 17:18 |', '| 2 | 19:53 |', '| 3 | 20:49 |');
    const generated = table('| 1 | 17:18 |', '| 2 | 19:55 |', '| 3 | 20:49 |');
    const theirs = table('| 1 | 17:18 |', '| 2 | 19:53 |', '| 3 | 20:49, by Ana |');
    expect(mergeText(base, generated, theirs)).toEqual({
      text: table('| 1 | 17:18 |', '| 2 | 19:55 |', '| 3 | 20:49, by Ana |'),
      conflicts: [],
    });
  });

  test('a row that both changed keeps theirs and shows the other', () => {
    const merge = mergeText(
      table('| 1 | 17:18 |', '| 2 | 19:53 |'),
      table('| 1 | 17:20 |', '| 2 | 19:55 |'),
      table('| 1 | 17:18 |', '| 2 | 19:53, says Ana |'),
    );
    expect(merge).toEqual({
      text: table('| 1 | 17:20 |', '| 2 | 19:53, says Ana |'),
      conflicts: [{ base: '| 2 | 19:53 |', generated: '| 2 | 19:55 |', theirs: '| 2 | 19:53, says Ana |' }],
    });
  });

  test('a new line beside an edited one needs no decision', () => {
    const merge = mergeText('- one\n- two', '- one\n- late\n- two', '- one, edited\n- two');
    expect(merge).toEqual({ text: '- one, edited\n- late\n- two', conflicts: [] });
  });

  test('new lines of both in the same place are a conflict: their order is open', () => {
    const merge = mergeText('- one', '- one\n- generated', '- one\n- written');
    expect(merge).toEqual({
      text: '- one\n- written',
      conflicts: [{ base: '', generated: '- generated', theirs: '- written' }],
    });
  });

  test('a line that the person took away does not come back, changed or not', () => {
    expect(mergeText('a\n\nb\n\nc', 'A\n\nb\n\nc', 'a\n\nc')).toEqual({ text: 'A\n\nc', conflicts: [] });
    expect(mergeText('a\n\nb\n\nc', 'a\n\nB\n\nc', 'a\n\nc')).toEqual({
      text: 'a\n\nc',
      conflicts: [{ base: 'b', generated: 'B', theirs: '' }],
    });
  });

  test('a line that is generated no more, but that the person edited, is a conflict', () => {
    const merge = mergeText('- one\n- two\n- three', '- one\n- three', '- one\n- two, true\n- three');
    expect(merge.text).toBe('- one\n- two, true\n- three');
    expect(merge.conflicts).toEqual([{ base: '- two', generated: '', theirs: '- two, true' }]);
  });

  test('the same change by both is no conflict', () => {
    expect(mergeText('a\n\nb\n\nx', 'a\n\nc\n\ny', 'a\n\nc\n\nx')).toEqual({
      text: 'a\n\nc\n\ny',
      conflicts: [],
    });
    expect(mergeText('a', 'x', 'x').conflicts).toEqual([]);
  });

  test('a code block is one piece', () => {
    const base = 'Log:\n\n```\nerror 1\n\nerror 2\n```\n\nEnd.';
    const theirs = base.replace('error 2', 'error 2, seen twice');
    const generated = base.replace('End.', 'The end.');
    expect(mergeText(base, generated, theirs)).toEqual({
      text: theirs.replace('End.', 'The end.'),
      conflicts: [],
    });
    expect(mergeText(base, base.replace('error 1', 'error 0'), theirs).conflicts).toHaveLength(1);
  });

  test('names of object members are only words', () => {
    const merge = mergeText(
      'constructor\n\n__proto__',
      'constructor\n\n__proto__\n\ntoString',
      'constructor, edited\n\n__proto__',
    );
    expect(merge.text).toBe('constructor, edited\n\n__proto__\n\ntoString');
  });

  test('texts of very many equal lines are one change: theirs is kept, the other shown', () => {
    const [base, generated] = ['- a\n'.repeat(3000), '- a\n'.repeat(2999)];
    const theirs = `x\n${'- a\n'.repeat(4900)}`;
    const { text, conflicts } = mergeText(base, generated, theirs);
    expect(text).toBe(theirs);
    expect(conflicts).toEqual([
      { base: base.trimEnd(), generated: generated.trimEnd(), theirs: theirs.trimEnd() },
    ]);
    expect(mergeText(base, `${base}\n`, theirs)).toEqual({ text: theirs, conflicts: [] });
  });

  test('some hundred equal lines merge as others do', () => {
    const many = '- a\n'.repeat(300);
    expect(mergeText(`${many}b`, `${many}c`, `x\n${many}b`).text).toBe(`x\n${many}c`);
  });

  test('blank lines within take no longer where they are many', () => {
    // The square of their number would be minutes.
    const theirs = `x${'\n'.repeat(500_000)}y`;
    expect(mergeText('a', 'b', theirs).text).toBe(theirs);
  }, 60_000);

  test('a replaced text against a replaced text: theirs, and the whole of the other', () => {
    const merge = mergeText('a', 'b\n\nc', 'd');
    expect(merge).toEqual({ text: 'd', conflicts: [{ base: 'a', generated: 'b\n\nc', theirs: 'd' }] });
  });
});

const unit = fc.constantFrom(
  'alpha',
  'beta',
  'gamma',
  'delta',
  '- item',
  '| 1 | 17:18 |',
  '  indented',
  '```',
  'constructor',
);
const document = fc
  .array(fc.tuple(unit, fc.constantFrom('\n', '\n\n', '\n\n\n')), { maxLength: 9 })
  .map((parts) => parts.flat().join(''));
const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** How often each line stands in a text. */
function counts(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of lines(text)) found.set(line, (found.get(line) ?? 0) + 1);
  return found;
}

describe('for any three texts', () => {
  const three = fc.tuple(document, document, document);

  test('theirs is untouched where nothing new was generated, and the generated taken where they changed nothing', () => {
    fc.assert(
      fc.property(three, ([base, generated, theirs]) => {
        expect(mergeText(base, base, theirs)).toEqual({ text: theirs, conflicts: [] });
        expect(mergeText(base, generated, base)).toEqual({ text: generated, conflicts: [] });
        expect(mergeText(base, theirs, theirs)).toEqual({ text: theirs, conflicts: [] });
      }),
    );
  });

  test('no line that a person wrote is lost', () => {
    fc.assert(
      fc.property(three, ([base, generated, theirs]) => {
        const merged = counts(mergeText(base, generated, theirs).text);
        const before = counts(base);
        for (const [line, times] of counts(theirs)) {
          const own = times - (before.get(line) ?? 0);
          expect(
            merged.get(line) ?? 0,
            `${line} of ${JSON.stringify({ base, generated, theirs })}`,
          ).toBeGreaterThanOrEqual(own);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('no newly generated line is lost without a word: it is in the text or in a conflict', () => {
    fc.assert(
      fc.property(three, ([base, generated, theirs]) => {
        const { text, conflicts } = mergeText(base, generated, theirs);
        const shown = counts([text, ...conflicts.map((conflict) => conflict.generated)].join('\n'));
        const [before, human] = [counts(base), counts(theirs)];
        for (const [line, times] of counts(generated)) {
          if (before.has(line) || human.has(line)) continue;
          expect(shown.get(line) ?? 0).toBeGreaterThanOrEqual(times);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('each conflict’s kept lines stand in the text', () => {
    fc.assert(
      fc.property(three, ([base, generated, theirs]) => {
        const { text, conflicts } = mergeText(base, generated, theirs);
        for (const conflict of conflicts) {
          expect(text).toContain(conflict.theirs.trim());
          expect(conflict.theirs).not.toBe(conflict.generated);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
