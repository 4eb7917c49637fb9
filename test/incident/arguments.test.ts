import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeclareArguments,
  parseAction,
  parseCustomers,
  parseDeclare,
  parseEntryNumber,
  parseMilestone,
  parseNames,
  parsePeople,
  parseSeverity,
  parseUser,
  severityNamed,
} from '../../src/incident/arguments.ts';
import { MILESTONE_WORDS, MILESTONES, milestoneNamed } from '../../src/incident/milestones.ts';

/** What people type, hostile and ordinary: every reader below must take all of it. */
const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'sev2',
        'SEV-1',
        'private',
        'test',
        'retrospective',
        '#4',
        '4',
        '+',
        '5m',
        '14:05',
        'root-cause',
        ',',
        'detected',
        '<@U12AB>',
        '<@W12|ana>',
        'owner:',
        'due',
        'by',
        '2026-03-01',
        'tomorrow',
        '"',
        '“',
        '”',
        'API:',
        ':',
        '\n',
        'text',
      ),
      { maxLength: 10 },
    )
    .chain((parts) => fc.constantFrom(' ', '  ', '').map((glue) => parts.join(glue))),
);

// One begins with another, one has a digit and a space.
const SEVERITY_NAMES = { SEV1: 'Critical', SEV2: 'Prio 2', SEV3: 'Low disk', SEV4: 'Low' };

const forAnything = (holds: (text: string) => void) =>
  fc.assert(fc.property(anything, holds), { numRuns: 1000 });

/** The words of a text, in order. */
const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

describe('severityNamed', () => {
  it.each([
    ['sev2', 'SEV2'],
    ['SEV-2', 'SEV2'],
    ['sev 2', 'SEV2'],
    [' 2 ', 'SEV2'],
    ['Sev4', 'SEV4'],
    ['sev0', undefined],
    ['sev5', undefined],
    ['sev', undefined],
    ['', undefined],
    ['sev22', undefined],
    ['high', undefined],
  ])('%j is %s', (text, severity) => {
    expect(severityNamed(text)).toBe(severity);
  });

  it.each([
    ['critical', 'SEV1'],
    ['Critical:', 'SEV1'],
    ['PRIO 2', 'SEV2'],
    ['2', 'SEV2'],
    ['critical failure', undefined],
    ['crit', undefined],
  ])('%j by the workspace’s names is %s', (text, severity) => {
    expect(severityNamed(text, SEVERITY_NAMES)).toBe(severity);
  });

  it.each(['p1 & p2 <all>', 'P1 &amp; P2 &lt;all&gt;'])(
    '%j is known, plain and as Slack sends it',
    (text) => {
      const names = { ...SEVERITY_NAMES, SEV1: 'P1', SEV2: 'P1 & P2 <all>' };
      expect(severityNamed(text, names)).toBe('SEV2');
      expect(parseSeverity(`${text}: it spreads`, names)).toEqual({ severity: 'SEV2', reason: 'it spreads' });
    },
  );
});

describe('parseSeverity', () => {
  it.each([
    ['sev1 Payments too', 'SEV1', 'Payments too'],
    ['critical: payments too', 'SEV1', 'payments too'],
    ['Low', 'SEV4', ''],
    ['low disk', 'SEV3', ''],
    ['Low diskette', 'SEV4', 'diskette'],
    ['lower', undefined, 'lower'],
  ])('%j', (text, severity, reason) => {
    expect(parseSeverity(text, SEVERITY_NAMES)).toEqual({ severity, reason });
  });
});

describe('parseDeclare', () => {
  const nothing: DeclareArguments = {
    severity: null,
    private: false,
    test: false,
    retrospective: false,
    flags: [],
    rest: '',
  };

  it.each([
    'sev2 private test retrospective Checkout fails',
    'retrospective test private SEV-2 Checkout fails',
    'TEST  Sev2\tPRIVATE\nretrospective   Checkout fails',
  ])('reads flags in any order and case: %j', (text) => {
    const read = parseDeclare(text, SEVERITY_NAMES);
    expect(read).toMatchObject({
      severity: 'SEV2',
      private: true,
      test: true,
      retrospective: true,
      rest: 'Checkout fails',
    });
    expect(read.flags.map(({ typed }) => typed)).toEqual(wordsOf(text).slice(0, 4));
  });

  it('takes the first words for flags, as the reply says, and can be undone', () => {
    const read = parseDeclare('test harness fails', SEVERITY_NAMES);
    expect(read).toEqual({
      ...nothing,
      test: true,
      flags: [{ flag: 'test', typed: 'test' }],
      rest: 'harness fails',
    });
  });

  it.each<[string, Partial<DeclareArguments>]>([
    ['Test', { test: true, flags: [{ flag: 'test', typed: 'Test' }], rest: '' }],
    ['tests fail', { rest: 'tests fail' }],
    ['Checkout test fails', { rest: 'Checkout test fails' }],
    [
      'sev2 sev1 fails',
      { severity: 'SEV2', flags: [{ flag: 'severity', typed: 'sev2' }], rest: 'sev1 fails' },
    ],
    ['test test fails', { test: true, flags: [{ flag: 'test', typed: 'test' }], rest: 'test fails' }],
    ['2 nodes down', { rest: '2 nodes down' }],
    ['sev5 x', { rest: 'sev5 x' }],
    ['Critical disk alert', { rest: 'Critical disk alert' }],
    [
      'critical: DB down',
      { severity: 'SEV1', flags: [{ flag: 'severity', typed: 'critical:' }], rest: 'DB down' },
    ],
    [
      'prio 2 test DB down',
      {
        severity: 'SEV2',
        test: true,
        flags: [
          { flag: 'severity', typed: 'prio 2' },
          { flag: 'test', typed: 'test' },
        ],
        rest: 'DB down',
      },
    ],
    ['prio 25 is odd', { rest: 'prio 25 is odd' }],
    ['Critical:x', { rest: 'Critical:x' }],
    ['sev1: DB down', { severity: 'SEV1', flags: [{ flag: 'severity', typed: 'sev1:' }], rest: 'DB down' }],
    ['', {}],
  ])('reads %j', (text, expected) => {
    expect(parseDeclare(text, SEVERITY_NAMES)).toEqual({ ...nothing, ...expected });
  });

  it('loses no word of any text', () => {
    forAnything((text) => {
      const { flags, rest } = parseDeclare(text, SEVERITY_NAMES);
      expect([...flags.flatMap(({ typed }) => wordsOf(typed)), ...wordsOf(rest)]).toEqual(wordsOf(text));
      expect(new Set(flags.map(({ flag }) => flag)).size).toBe(flags.length);
    });
  });
});

describe('parseEntryNumber', () => {
  it.each([
    ['#12', 12, ''],
    ['12', 12, ''],
    ['#12 14:05', 12, '14:05'],
    ['12: Rolled back', 12, 'Rolled back'],
    ['#12, Rolled\nback', 12, 'Rolled\nback'],
    [' #012  x ', 12, 'x'],
  ])('reads %j', (text, number, rest) => {
    expect(parseEntryNumber(text)).toEqual({ number, rest });
  });

  it.each(['', '#', 'x', '14:05', '14:05 Rolled back', '12,5', '#12x', '#1234567890', '-1', 'x #12'])(
    'finds none in %j',
    (text) => {
      expect(parseEntryNumber(text)).toBeNull();
    },
  );

  it('loses no word of any text', () => {
    forAnything((text) => {
      const read = parseEntryNumber(text);
      if (read) expect(text.trim().endsWith(read.rest)).toBe(true);
      if (read)
        expect(text.trim().slice(0, text.trim().length - read.rest.length)).toMatch(/^#?0*\d{1,9}[:,]?\s*$/);
    });
  });
});

describe('parseMilestone', () => {
  const reads = (text: string, expected: object, given?: 'detected') =>
    expect(parseMilestone(text, given)).toEqual({
      milestones: [],
      unknown: [],
      entry: null,
      rest: '',
      ...expected,
    });

  it.each(MILESTONES)('reads %s by its key and its word', (key) => {
    for (const name of [key, MILESTONE_WORDS[key].command, key.toUpperCase(), key.replaceAll('_', '-')]) {
      reads(`${name} 14:05 Bad config`, { milestones: [key], rest: '14:05 Bad config' });
    }
  });

  it('reads lists, whatever stands around their commas, each name once', () => {
    const milestones = ['detected', 'first_report'];
    for (const list of [
      'detected,first-report',
      'detected, first-report',
      'detected ,first_report',
      'Detected , FIRST-REPORT,detected',
    ]) {
      reads(`${list} 14:05 x`, { milestones, rest: '14:05 x' });
    }
    reads(',first-report 14:05 x', { milestones, rest: '14:05 x' }, 'detected');
  });

  it('keeps the names that it does not know', () => {
    reads('rot-cause 14:05', { unknown: ['rot-cause'], rest: '14:05' });
    reads('detected,rot-cause x', { milestones: ['detected'], unknown: ['rot-cause'], rest: 'x' });
  });

  it.each([
    ['#4', { entry: 4 }],
    ['#4 Bad config', { entry: 4, rest: 'Bad config' }],
    ['#4 14:05', { entry: 4, rest: '14:05' }],
    ['#4 500 errors', { entry: 4, rest: '500 errors' }],
    ['#4 + 5m', { rest: '#4 + 5m' }],
    ['#4 +5m Bad config', { rest: '#4 +5m Bad config' }],
    ['#4 - 90s', { rest: '#4 - 90s' }],
    ['#4 − 90s', { rest: '#4 − 90s' }],
    ['#4 – 90s', { rest: '#4 – 90s' }],
    ['#4+5m', { rest: '#4+5m' }],
    ['#4x', { rest: '#4x' }],
    ['14:05 like #4', { rest: '14:05 like #4' }],
    ['', {}],
  ])('tells a line from a time: %j', (text, expected) => {
    reads(text, { milestones: ['detected'], ...expected }, 'detected');
    reads(`detected ${text}`, { milestones: ['detected'], ...expected });
  });

  it('loses no word of any text', () => {
    forAnything((text) => {
      const { milestones, unknown, entry, rest } = parseMilestone(text);
      expect(text.trimEnd().endsWith(rest)).toBe(true);
      const taken = text
        .trim()
        .slice(0, text.trim().length - rest.length)
        .trimEnd();
      const list = entry === null ? taken : taken.replace(/#\d+$/, '');
      if (entry !== null) expect(taken).toMatch(new RegExp(`#0*${entry}$`));
      const names = list
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      expect(names.filter((one) => milestoneNamed(one) === undefined)).toEqual(unknown);
      expect(new Set(names.map((one) => milestoneNamed(one)))).toEqual(
        new Set([...milestones, ...unknown.map(() => undefined)]),
      );
    });
  });
});

describe('parseNames', () => {
  it.each([
    ['Checkout', ['Checkout']],
    ['Checkout, Sign-in ,API', ['Checkout', 'Sign-in', 'API']],
    ['"EU, West", USA', ['EU, West', 'USA']],
    ['“EU, West”, USA', ['EU, West', 'USA']],
    ['“EU, West", ”USA“', ['EU, West', 'USA']],
    ['"EU, West', ['EU', 'West']],
    ['API,,  ,API, api', ['API', 'api']],
    ['  Big\n  service ', ['Big service']],
    ["O’Hare, L'Aquila", ['O’Hare', "L'Aquila"]],
    ['R&amp;D', ['R&amp;D']],
    ['"", ,', []],
    ['', []],
  ])('reads %j', (text, names) => {
    expect(parseNames(text)).toEqual(names);
  });

  it('loses no word of any text', () => {
    forAnything((text) => {
      const bare = (from: string) => new Set(wordsOf(from.replace(/["“”,]/g, ' ')));
      expect(bare(parseNames(text).join(' '))).toEqual(bare(text));
    });
  });
});

describe('parseUser', () => {
  it.each([
    ['<@U12AB>', 'U12AB'],
    ['<@U12AB|ana>', 'U12AB'],
    ['to <@W9> please', 'W9'],
    ['@ana', null],
    ['<@C12>', null],
    ['<@U12', null],
    ['<@U12|<@W9>', 'W9'],
    ['&lt;@U12AB&gt;', null],
    ['', null],
  ])('of %j is %j', (text, id) => {
    expect(parseUser(text)).toBe(id);
  });
});

describe('parseAction', () => {
  const ana = '<@U12AB|ana>';

  it.each([
    ['Test the rollback', { text: 'Test the rollback', ownerId: null, due: null }],
    [
      `Test the rollback ${ana} due 2026-03-01`,
      { text: 'Test the rollback', ownerId: 'U12AB', due: '2026-03-01' },
    ],
    [
      `Test the rollback due 2026-03-01 ${ana}`,
      { text: 'Test the rollback', ownerId: 'U12AB', due: '2026-03-01' },
    ],
    [`Test owner: ${ana} Due: Tomorrow`, { text: 'Test', ownerId: 'U12AB', due: 'Tomorrow' }],
    ['Test due: today', { text: 'Test', ownerId: null, due: 'today' }],
    ['Renew by today', { text: 'Renew by today', ownerId: null, due: null }],
    ['due 2026-03-01', { text: 'due 2026-03-01', ownerId: null, due: null }],
    [ana, { text: ana, ownerId: null, due: null }],
    ['Test due friday', { text: 'Test due friday', ownerId: null, due: null }],
    [
      'Pay what is due 2026-03-01 was late',
      { text: 'Pay what is due 2026-03-01 was late', ownerId: null, due: null },
    ],
    [`Ask ${ana} about it`, { text: `Ask ${ana} about it`, ownerId: null, due: null }],
    [`Find a new owner ${ana}`, { text: 'Find a new owner', ownerId: 'U12AB', due: null }],
    [`Pair ${ana} <@U99>`, { text: `Pair ${ana}`, ownerId: 'U99', due: null }],
    ['Renew by 2026-01-01 due 2026-03-01', { text: 'Renew by 2026-01-01', ownerId: null, due: '2026-03-01' }],
    ['overdue 2026-03-01', { text: 'overdue 2026-03-01', ownerId: null, due: null }],
    ['Two\nlines', { text: 'Two\nlines', ownerId: null, due: null }],
    ['', { text: '', ownerId: null, due: null }],
  ])('reads %j', (text, expected) => {
    expect(parseAction(text)).toEqual(expected);
  });

  it('loses no word of any text', () => {
    forAnything((text) => {
      const read = parseAction(text);
      expect(text.trim().startsWith(read.text)).toBe(true);
      const taken = text.trim().slice(read.text.length);
      expect(taken).toMatch(/^(?:\s*(?:owner:\s*)?<@[UW][A-Z0-9]+(?:\|[^>]*)?>|\s*due:?\s+\S+)*$/i);
    });
  });

  it('takes no longer for many spaces', () => {
    // Cubic cost, as careless patterns have it, would run into the test's time limit.
    expect(parseAction(`x${' '.repeat(40_000)}<@U1`).ownerId).toBeNull();
    expect(parseAction(`x due${' '.repeat(40_000)}y`).due).toBeNull();
  });
});

describe('parseCustomers', () => {
  const services = ['Payments', 'Sign in'];

  it.each([
    ['about 500', '', 'about 500'],
    ['Payments: about 500', 'Payments', 'about 500'],
    ['payments:  500,\nall regions', 'Payments', '500,\nall regions'],
    ['SIGN IN: 12', 'Sign in', '12'],
    ['Checkout: 500', '', 'Checkout: 500'],
    ['"Checkout": 500', 'Checkout', '500'],
    ['“EU, West”: 500', 'EU, West', '500'],
    ['at 14:05: all', '', 'at 14:05: all'],
    ['Payments:500', '', 'Payments:500'],
    ['Payments:', '', 'Payments:'],
    ['', '', ''],
  ])('reads %j', (text, service, rest) => {
    expect(parseCustomers(text, services)).toEqual({ service, text: rest });
  });

  it('loses no word of any text', () => {
    forAnything((text) => {
      const { service, text: rest } = parseCustomers(text, services);
      expect(text.trim().endsWith(rest)).toBe(true);
      expect(
        text
          .trim()
          .slice(0, text.trim().length - rest.length)
          .toLowerCase(),
      ).toContain(service.toLowerCase());
    });
  });
});

describe('people before a text', () => {
  it.each([
    ['', [], ''],
    ['Please look', [], 'Please look'],
    ['<@U1ANA> <@U2BEN|ben> Is it right, <@U3CLEO>?', ['U1ANA', 'U2BEN'], 'Is it right, <@U3CLEO>?'],
    ['<@U1ANA>, <@U2BEN> and <@U1ANA>', ['U1ANA', 'U2BEN'], ''],
    ['<@U1ANA> and the rest', ['U1ANA'], 'and the rest'],
  ])('of %j', (text, people, rest) => {
    expect(parsePeople(text)).toEqual({ people, rest });
  });
});
