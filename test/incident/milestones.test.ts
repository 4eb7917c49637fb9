import { describe, expect, it } from 'vitest';
import { MILESTONE_WORDS, MILESTONES, milestoneNamed } from '../../src/incident/milestones.ts';

describe('milestoneNamed', () => {
  it.each(MILESTONES)('reads %s in each of its spellings', (key) => {
    const { command } = MILESTONE_WORDS[key];
    const spellings = [
      key,
      command,
      key.replaceAll('_', '-'),
      key.replaceAll('_', ' '),
      command.replaceAll('-', '_'),
    ];
    for (const name of spellings) {
      expect(milestoneNamed(name)).toBe(key);
      expect(milestoneNamed(`  ${name.toUpperCase()} `)).toBe(key);
    }
  });

  it.each(['', 'cause', 'root', 'root cause identified!', 'detectedx', 'toString', '__proto__'])(
    'knows no %j',
    (name) => {
      expect(milestoneNamed(name)).toBeUndefined();
    },
  );

  it('has one word, one label and one emoji for each', () => {
    for (const part of ['label', 'command', 'emoji'] as const) {
      expect(new Set(MILESTONES.map((key) => MILESTONE_WORDS[key][part])).size).toBe(MILESTONES.length);
    }
  });
});
