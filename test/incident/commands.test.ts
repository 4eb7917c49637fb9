import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS, parseCommand } from '../../src/incident/commands.ts';
import { MILESTONE_NAMES, MILESTONE_WORDS, MILESTONES } from '../../src/incident/milestones.ts';

const words = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases].map((word) => ({ word, name })));

describe('the word after /incident', () => {
  it.each(words)('$word is read as $name', ({ word, name }) => {
    const read = { kind: 'command', name, incident: null, rest: 'the rest  of it' };
    expect(parseCommand(`${word} the rest  of it`)).toEqual(read);
    expect(parseCommand(`  ${word.toUpperCase()}\t the rest  of it \n`)).toEqual(read);
  });

  it('is not the same for two commands, nor a milestone’s', () => {
    const all = [...words.map(({ word }) => word), ...MILESTONES.map((key) => key.replaceAll('_', '-'))];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(['', '   ', '\n'])('may be missing: %j asks for help', (text) => {
    expect(parseCommand(text)).toEqual({ kind: 'command', name: 'help', incident: null, rest: '' });
  });

  it('begins the usage that help prints', () => {
    for (const { name, usage, help } of COMMANDS) {
      expect(usage.split(' ')[0]).toBe(name);
      expect(help).toMatch(/\.$/);
    }
  });
});

describe('a milestone by its own name', () => {
  // `resolve` is a command of its own: it closes too.
  const own = MILESTONES.filter((key) => key !== 'resolved');

  it.each(own)('%s is read in each of its spellings', (key) => {
    const { command } = MILESTONE_WORDS[key];
    for (const word of [command, command.replaceAll('-', '_'), key, key.replaceAll('_', '-')]) {
      for (const typed of [word, word.toUpperCase()]) {
        const read = { kind: 'command', name: 'milestone', milestone: key, incident: null, rest: '14:05 x' };
        expect(parseCommand(`${typed} 14:05 x`)).toEqual(read);
      }
    }
  });

  it('resolve closes, resolved only marks', () => {
    expect(parseCommand('resolve 14:05')).toMatchObject({ name: 'resolve', rest: '14:05' });
    expect(parseCommand('resolved 14:05')).toMatchObject({
      name: 'milestone',
      milestone: 'resolved',
      rest: '14:05',
    });
  });

  it('may begin a list without a space', () => {
    const read = { name: 'milestone', milestone: 'detected', rest: ',first-report 14:05 x' };
    expect(parseCommand('detected,first-report 14:05 x')).toMatchObject(read);
    expect(parseCommand('INC-7 detected,first-report 14:05 x')).toMatchObject({ ...read, incident: 7 });
    expect(parseCommand('resolved,detected')).toMatchObject({ milestone: 'resolved', rest: ',detected' });
  });

  it('is no list when the word before the comma is none', () => {
    expect(parseCommand('note,detected')).toEqual({ kind: 'unknown', word: 'note,detected', near: null });
  });
});

describe('the incident', () => {
  it.each([
    ['INC-42 note x', 42, 'x'],
    ['note INC-42 x', 42, 'x'],
    ['inc-42 note x', 42, 'x'],
    ['INC-0042 note x', 42, 'x'],
    ['INC-42 note INC-7 x', 42, 'INC-7 x'],
    ['note INC-42', 42, ''],
    ['note INC-42x', null, 'INC-42x'],
    ['note INC-1234567890 x', null, 'INC-1234567890 x'],
    ['note as in INC-42', null, 'as in INC-42'],
  ])('of %j is %j', (text, incident, rest) => {
    const { said: _, ...read } = parseCommand(text) as { said?: string };
    expect(read).toEqual({ kind: 'command', name: 'note', incident, rest });
  });

  it('keeps the text with the reference that stood after the command: in an incident’s channel it is about it', () => {
    expect(parseCommand('note INC-7 looks the same')).toMatchObject({
      incident: 7,
      rest: 'looks the same',
      said: 'INC-7 looks the same',
    });
    expect(parseCommand('INC-7 note looks the same')).not.toHaveProperty('said');
  });

  it('may stand alone, before a milestone and after one', () => {
    expect(parseCommand('INC-42')).toEqual({ kind: 'command', name: 'help', incident: 42, rest: '' });
    expect(parseCommand('INC-42 root-cause x')).toMatchObject({ incident: 42, rest: 'x' });
    expect(parseCommand('root-cause INC-42 x')).toMatchObject({ incident: 42, rest: 'x' });
  });

  it('begins a title where the command needs none', () => {
    expect(parseCommand('declare INC-42 is back')).toMatchObject({ incident: null, rest: 'INC-42 is back' });
  });
});

describe('a milestone by the workspace’s name', () => {
  const names = { ...MILESTONE_NAMES, fix_released: 'Fix shipped', detected: 'Note' };

  it.each(['fix-shipped', 'Fix_Shipped', 'fix-released'])('%s is read', (word) => {
    expect(parseCommand(`${word} 14:05 v2`, names)).toMatchObject({
      name: 'milestone',
      milestone: 'fix_released',
      rest: '14:05 v2',
    });
  });

  it('may begin a list, gives way to a command, and is offered when it is nearly typed', () => {
    expect(parseCommand('fix-shipped,root-cause', names)).toMatchObject({
      name: 'milestone',
      rest: ',root-cause',
    });
    expect(parseCommand('note x', names)).toMatchObject({ name: 'note' });
    expect(parseCommand('fix-shiped', names)).toMatchObject({ kind: 'unknown', near: 'fix-shipped' });
  });
});

describe('a word that is none', () => {
  it.each([
    ['nte', 'note'],
    ['decalre', 'declare'],
    ['timline', 'timeline'],
    ['resolv', 'resolve'],
    ['root-casue', 'root-cause'],
    ['ROOT_CAUS', 'root-cause'],
    ['note:', 'note'],
    ['serverity', 'severity'],
    ['identified', 'status identified'],
    ['x', null],
    ['checkout', null],
    ['Rollback', null],
    ['🧯', null],
    ['w'.repeat(5000), null],
  ])('%s is near %s', (typed, near) => {
    expect(parseCommand(`${typed} the rest`)).toEqual({ kind: 'unknown', word: typed, near });
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.oneof(
          fc.constantFrom(...words.map(({ word }) => word), 'INC-7', 'root-cause', ',', ' ', '\n'),
          fc.string(),
        ),
      )
      .map((parts) => parts.join(' ')),
  );

  it('is read without a throw, and no word of it is lost', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const read = parseCommand(typed);
        if (read.kind === 'unknown') {
          expect(typed).toContain(read.word);
          return;
        }
        // What is read stands before what is left, and is one word and perhaps one reference.
        expect(typed.trimEnd().endsWith(read.rest)).toBe(true);
        const taken = typed.trim().slice(0, typed.trim().length - read.rest.length);
        expect(taken).toMatch(/^(INC-\d+)?\s*[^\s]*\s*(INC-\d+)?\s*$/i);
        expect(/INC-\d/i.test(taken)).toBe(read.incident !== null);
      }),
      { numRuns: 1000 },
    );
  });
});
