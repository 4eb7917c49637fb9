import { MILESTONE_WORDS, MILESTONES, type Milestone } from './milestones.ts';

export type EmojiMeaning = { kind: 'timeline' } | { kind: 'milestone'; milestone: Milestone };

/** `thumbsup::skin-tone-2` is `thumbsup`. */
export const withoutTone = (emoji: string): string => emoji.split('::')[0] ?? emoji;

/** What a reaction on a message means; null for the emoji of everyday life. Skin tones do not matter. */
export function meaningOf(emoji: string): EmojiMeaning | null {
  const name = withoutTone(emoji);
  if (name === 'pushpin') return { kind: 'timeline' };
  const milestone = MILESTONES.find((key) => MILESTONE_WORDS[key].emoji === name);
  return milestone ? { kind: 'milestone', milestone } : null;
}

/** The milestone that a reaction marks, if it marks one. */
export function milestoneOf(emoji: string): Milestone | undefined {
  const meaning = meaningOf(emoji);
  return meaning?.kind === 'milestone' ? meaning.milestone : undefined;
}
