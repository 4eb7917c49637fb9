import { MILESTONE_WORDS, MILESTONES, type Milestone } from './milestones.ts';

export type EmojiMeaning = { kind: 'timeline' } | { kind: 'milestone'; milestone: Milestone };

/** What a reaction on a message means; null for the emoji of everyday life. Skin tones do not matter. */
export function meaningOf(emoji: string): EmojiMeaning | null {
  const name = emoji.split('::')[0];
  if (name === 'pushpin') return { kind: 'timeline' };
  const milestone = MILESTONES.find((key) => MILESTONE_WORDS[key].emoji === name);
  return milestone ? { kind: 'milestone', milestone } : null;
}
