import { describe, expect, it } from 'vitest';
import { decideMark, INFERRED_BY_STATUS, isOpen } from '../../src/incident/lifecycle.ts';
import { type Mark, type Provenance, STATUSES } from '../../src/incident/types.ts';

const mark = (milestone: Mark['milestone'], entryId: string, provenance: Provenance): Mark => ({
  milestone,
  entryId,
  provenance,
  markedBy: 'U1',
  markedAt: 0,
});

describe('isOpen', () => {
  it('is so until an incident is resolved, canceled or merged', () => {
    expect(STATUSES.filter(isOpen)).toEqual(['investigating', 'identified', 'monitoring']);
  });

  it('goes with what a status lets us infer', () => {
    expect(INFERRED_BY_STATUS).toEqual({ identified: 'root_cause_identified', monitoring: 'mitigated' });
  });
});

describe('decideMark', () => {
  const others = [mark('mitigated', 'here', 'observed'), mark('resolved', 'there', 'inferred')];

  it('marks what nobody has marked', () => {
    expect(decideMark([], 'detected', 'here')).toEqual({ kind: 'new' });
    expect(decideMark(others, 'detected', 'here')).toEqual({ kind: 'new' });
  });

  it.each(['here', 'there'])(
    'lets a person’s mark take the place of an inferred one on the entry %s',
    (entryId) => {
      const inferred = mark('detected', entryId, 'inferred');
      expect(decideMark([...others, inferred], 'detected', 'here')).toEqual({
        kind: 'replaces',
        mark: inferred,
      });
    },
  );

  it.each(['observed', 'asserted'] as const)('leaves an %s mark where it is', (provenance) => {
    const here = mark('detected', 'here', provenance);
    const there = mark('detected', 'there', provenance);
    expect(decideMark([...others, here], 'detected', 'here')).toEqual({ kind: 'already-there', mark: here });
    expect(decideMark([...others, there], 'detected', 'here')).toEqual({ kind: 'held', mark: there });
  });
});
