import { MILESTONES, type Milestone } from './milestones.ts';
import type { Settings } from './settings.ts';

export type EmojiMeaning =
  | { kind: 'timeline' }
  | { kind: 'action' }
  | { kind: 'factor' }
  | { kind: 'milestone'; milestone: Milestone };

/** `thumbsup::skin-tone-2` is `thumbsup`. */
export const withoutTone = (emoji: string): string => emoji.split('::')[0] ?? emoji;

/** Slack's pin, kept like a reaction. No emoji can have this name. */
export const PIN = 'slack pin';
/** A pin is everybody's: whoever takes it away, it is gone for all. */
export const PINNED_BY = 'everybody';

/** What a reaction on a message means; null for the emoji of everyday life. Skin tones do not matter. */
export function meaningOf(emoji: string, { emoji: set }: Pick<Settings, 'emoji'>): EmojiMeaning | null {
  const name = withoutTone(emoji);
  if (name === PIN) return { kind: 'timeline' };
  if (set.timeline.includes(name)) return { kind: 'timeline' };
  if (set.action.includes(name)) return { kind: 'action' };
  if (set.factor.includes(name)) return { kind: 'factor' };
  const milestone = MILESTONES.find((key) => set.milestones[key].includes(name));
  return milestone ? { kind: 'milestone', milestone } : null;
}

/** Whether a reaction puts its message on the timeline and holds it there. */
export function holdsEntry(emoji: string, settings: Pick<Settings, 'emoji'>): boolean {
  const kind = meaningOf(emoji, settings)?.kind;
  return kind === 'timeline' || kind === 'milestone';
}

/** The milestone that a reaction marks, if it marks one. */
export function milestoneOf(emoji: string, settings: Pick<Settings, 'emoji'>): Milestone | undefined {
  const meaning = meaningOf(emoji, settings);
  return meaning?.kind === 'milestone' ? meaning.milestone : undefined;
}
