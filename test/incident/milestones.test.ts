import { describe, expect, it } from 'vitest';
import {
  inSentence,
  MILESTONE_NAMES,
  MILESTONE_WORDS,
  MILESTONES,
  milestoneNamed,
  milestoneWord,
} from '../../src/incident/milestones.ts';

describe('milestoneNamed', () => {
  it('knows a name with the characters that Slack escapes', () => {
    const names = { ...MILESTONE_NAMES, escalated: 'R&D <on call>' };
    for (const typed of ['R&D <on call>', 'R&amp;D &lt;on call&gt;', 'r-d-on-call'])
      expect(milestoneNamed(typed, names)).toBe('escalated');
  });

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

describe('a name of the workspace’s own', () => {
  const names = { ...MILESTONE_NAMES, incident_called: 'Bridge opened!', fix_released: 'Fix shipped' };

  it('is read beside ours, however it is written', () => {
    for (const typed of ['bridge-opened', 'Bridge opened!', 'BRIDGE_OPENED', 'called', 'incident_called'])
      expect(milestoneNamed(typed, names), typed).toBe('incident_called');
    expect(milestoneNamed('fix-shipped', names)).toBe('fix_released');
    expect(milestoneNamed('fix-shipped')).toBeUndefined();
    expect(milestoneNamed('!', { ...names, detected: 'Alarm' })).toBeUndefined();
  });

  it('is typed as what it says, where it is not ours', () => {
    expect(milestoneWord('incident_called', names)).toBe('bridge-opened');
    expect(milestoneWord('detected', names)).toBe('detected');
    expect(milestoneWord('root_cause_identified', names)).toBe('root-cause');
  });

  it.each([
    ['Root cause identified', 'root cause identified'],
    ['SRE paged', 'SRE paged'],
    ['École prévenue', 'école prévenue'],
    ['5xx seen', '5xx seen'],
  ])('%s inside a sentence is %s', (name, said) => {
    expect(inSentence(name)).toBe(said);
  });
});
