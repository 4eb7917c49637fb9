import { describe, expect, it } from 'vitest';
import { holdsEntry, meaningOf, milestoneOf } from '../../src/incident/emoji.ts';
import { MILESTONE_WORDS, MILESTONES } from '../../src/incident/milestones.ts';
import { DEFAULT_SETTINGS, overlappingEmoji, type Settings } from '../../src/incident/settings.ts';

const settings = DEFAULT_SETTINGS;

describe('what a reaction means', () => {
  it('is a line of the timeline for a pin', () => {
    expect(meaningOf('pushpin', settings)).toEqual({ kind: 'timeline' });
  });

  it.each(MILESTONES)('is %s for its emoji, in any skin tone', (milestone) => {
    const { emoji } = MILESTONE_WORDS[milestone];
    for (const name of [emoji, `${emoji}::skin-tone-2`, `${emoji}::skin-tone-6`]) {
      expect(meaningOf(name, settings)).toEqual({ kind: 'milestone', milestone });
      expect(milestoneOf(name, settings)).toBe(milestone);
      expect(holdsEntry(name, settings)).toBe(true);
    }
  });

  it.each([
    'thumbsup',
    '+1',
    'eyes',
    'white_check_mark',
    'heavy_check_mark',
    'fire',
    'tada',
    'heart',
    'raised_hands',
    'pray',
    '',
  ])('is nothing for the everyday %s', (emoji) => {
    expect(meaningOf(emoji, settings)).toBeNull();
    expect(meaningOf(`${emoji}::skin-tone-3`, settings)).toBeNull();
    expect(milestoneOf(emoji, settings)).toBeUndefined();
    expect(holdsEntry(emoji, settings)).toBe(false);
  });

  it('is only what the name says, whole', () => {
    for (const name of ['pushpin2', 'round_pushpin', 'PUSHPIN', 'push', 'constructor', '__proto__']) {
      expect(meaningOf(name, settings)).toBeNull();
    }
  });

  it('does not hold an entry where it only makes an action or a factor', () => {
    for (const name of [...settings.emoji.action, ...settings.emoji.factor]) {
      expect(meaningOf(name, settings)).not.toBeNull();
      expect(holdsEntry(name, settings)).toBe(false);
    }
  });

  it('follows the settings', () => {
    const own: Settings = {
      ...settings,
      emoji: {
        ...settings.emoji,
        timeline: ['memo'],
        milestones: { ...settings.emoji.milestones, detected: ['eyes', 'radar'] },
      },
    };
    expect(meaningOf('memo', own)).toEqual({ kind: 'timeline' });
    expect(meaningOf('pushpin', own)).toBeNull();
    expect(milestoneOf('radar', own)).toBe('detected');
    expect(milestoneOf(MILESTONE_WORDS.detected.emoji, own)).toBeUndefined();
  });

  it('is one thing for each emoji', () => {
    expect(overlappingEmoji(settings)).toEqual([]);
    expect(
      overlappingEmoji({ ...settings, emoji: { ...settings.emoji, action: ['pushpin', 'dart'] } }),
    ).toEqual(['pushpin', 'dart']);
  });
});
