import { describe, expect, it } from 'vitest';
import {
  failureText,
  isRefusal,
  notStoredText,
  refusalReply,
  refusalText,
  typedBlock,
  typedIn,
} from '../../src/slack/errors.ts';
import { type Reason, Refusal } from '../../src/usecases/refusal.ts';
import { messageFaults } from '../support/slackLimits.ts';

/** One of each; a code that is missing here does not compile. */
const REASONS: { [Code in Reason['code']]: Extract<Reason, { code: Code }> } = {
  'no-incident-here': { code: 'no-incident-here' },
  'no-such-incident': { code: 'no-such-incident', number: 7 },
  'no-such-entry': { code: 'no-such-entry', number: 4 },
  'no-such-action': { code: 'no-such-action', number: 4 },
  'no-channel': { code: 'no-channel', number: 7 },
  empty: { code: 'empty', what: 'customers', example: '/incident customers about 500' },
  tangled: { code: 'tangled', line: 3 },
  'too-long': { code: 'too-long', what: 'title', longest: 250, length: 3000 },
  'too-many': { code: 'too-many', what: 'services', most: 100, count: 101 },
  'not-there': { code: 'not-there', words: '2 hours' },
  time: { code: 'time', message: 'I cannot read “<!channel> &lt;b&gt; R&D” as a time.' },
  address: { code: 'address', why: 'password' },
  'no-zone': { code: 'no-zone' },
  already: { code: 'already', what: 'The status is monitoring' },
  merged: { code: 'merged', number: 7, into: 9 },
  'cannot-merge': { code: 'cannot-merge', number: 7, into: 9, why: 'private' },
  'cannot-relate': { code: 'cannot-relate', number: 7, into: 7, why: 'same' },
  overtaken: { code: 'overtaken', what: '<@U1ANA> leads already', by: 'U1ANA', at: 0 },
  closed: { code: 'closed', number: 7, status: 'resolved' },
  'not-closed': { code: 'not-closed', number: 7, status: 'monitoring' },
  retracted: { code: 'retracted', number: 4 },
  answered: { code: 'answered' },
  'not-admin': { code: 'not-admin', admins: ['U1', 'U2'], known: false },
  outsider: { code: 'outsider', may: 'notes' },
  'nudge-answered': {
    code: 'nudge-answered',
    kind: 'done',
    by: 'U1',
    at: Date.parse('2026-03-10T12:00:00Z'),
  },
  'no-reviewer': { code: 'no-reviewer', leftOut: [{ userId: 'U1', why: 'cannot-see' }] },
  'review-answered': { code: 'review-answered', kind: 'approved', by: 'U1', at: 0 },
  'review-over': { code: 'review-over', why: 'changes', by: 'U1', at: 0 },
  'review-gone': { code: 'review-gone' },
  'no-draft': { code: 'no-draft', number: 7 },
  'no-form': { code: 'no-form', slack: 'expired_trigger_id' },
  unknown: {
    code: 'unknown',
    what: 'milestone',
    word: '<!here> `rot` R&amp;D',
    known: ['detected', 'root-cause'],
  },
};

describe('a refusal', () => {
  it.each(Object.values(REASONS))('in words: $code', (reason) => {
    const text = refusalText(reason);
    expect(messageFaults({ text, blocks: [{ type: 'divider' }] })).toEqual([]);
    expect(text).toMatch(/^(?:[A-Z*`#]|<@).*[.`]$/);
    expect(text.length).toBeLessThan(200);
  });

  it('names what is missing, as a word that needs no article', () => {
    expect(refusalText(REASONS.empty)).toBe(
      'Missing: customers. Type for example `/incident customers about 500`.',
    );
    expect(refusalText({ ...REASONS.unknown, word: '' })).toBe(
      'Missing: milestone. There are: detected, root-cause.',
    );
    expect(refusalText(REASONS.unknown)).toBe(
      "`@here 'rot' R&amp;D` is no milestone. There are: detected, root-cause.",
    );
  });

  it('repeats what was typed, whole', () => {
    const typed = `/incident note ${'word '.repeat(2000)}`;
    expect(refusalReply(new Refusal(REASONS['no-zone']), typed)).toContain(typed);
    expect(refusalReply(new Refusal(REASONS['no-zone']), '')).toBe(refusalText(REASONS['no-zone']));
    expect(notStoredText(typed)).toContain(typed);
    expect(notStoredText('')).toBe(failureText);
  });

  it('is told from other errors', () => {
    expect(isRefusal(new Refusal(REASONS.answered))).toBe(true);
    expect(isRefusal(new Error('answered'))).toBe(false);
    expect(isRefusal({ reason: REASONS.answered })).toBe(false);
  });
});

describe('what was typed', () => {
  it('stands in one block that nothing in it can end', () => {
    expect(typedBlock('a ``` b <!channel>')).toBe("```a ''' b @channel```");
    expect(typedBlock('x'.repeat(40_000)).length).toBeLessThan(40_000);
    expect(typedBlock(`${'x'.repeat(29_998)}\`\`\``)).toMatch(/^```[^`]+```$/);
  });

  it('is read from a command only', () => {
    expect(typedIn({ command: '/incident', text: 'note x' })).toBe('/incident note x');
    expect(typedIn({ command: '/incident' })).toBe('/incident');
    expect(typedIn({ type: 'view_submission' })).toBe('');
  });
});
