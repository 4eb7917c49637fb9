import { parseNames } from '../incident/arguments.ts';
import type { ExpectationKey } from '../incident/reminders.ts';
import { severityWords } from '../incident/settings.ts';
import { slackText } from '../incident/slackText.ts';
import type { Names, Severity } from '../incident/types.ts';
import { Refusal } from './refusal.ts';

/** Longest text of a line, factor, action or section, in UTF-16 units; Slack's messages end at 40,000. */
export const LONGEST_TEXT = 12_000;
/** Longest edited section of a draft: a timeline of thousands of lines fits. */
export const LONGEST_SECTION = 400_000;
export const LONGEST_TITLE = 250;
export const LONGEST_NAME = 120;
/** So many services may an incident have, and so many regions. */
export const MOST_NAMES = 100;

// Control characters but tab and newline, halves of surrogate pairs, and the bidirectional overrides that can make a
// line read backwards.
const UNWANTED = /(?![\t\n])[\p{Cc}\p{Cs}]|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text without what cannot be seen or kept. */
export const cleanText = (text: string): string => text.replaceAll('\r\n', '\n').replace(UNWANTED, '').trim();

/** A text that is there and not too long, without control characters; otherwise a refusal that names `what`. */
export function textFor(what: string, text: string, example: string, longest = LONGEST_TEXT): string {
  const clean = cleanText(text);
  if (clean.replace(/[\s\u200b-\u200f\ufeff]/g, '') === '')
    throw new Refusal({ code: 'empty', what, example });
  if (clean.length > longest) throw new Refusal({ code: 'too-long', what, longest, length: clean.length });
  return clean;
}

export const titleFor = (text: string): string =>
  textFor('title', text, '/incident declare sev2 Checkout fails', LONGEST_TITLE).replace(/\s+/g, ' ');

export const nameFor = (what: string, text: string, example: string): string =>
  textFor(what, text, example, LONGEST_NAME).replace(/\s+/g, ' ');

/** `SEV1 Critical`, as Slack would send it. */
export const severitySaid = (severity: Severity, names: Names): string =>
  slackText(severityWords(severity, names));

/** What is expected of an incident, as Slack would send it. */
export const expectedSaid = (key: ExpectationKey, names: Names): string =>
  key === 'lead' || key === 'update' ? key : slackText(names.milestones[key]);

/** Refuses more services or regions than an incident may have. */
export function mustBeFew(what: 'services' | 'regions', { length: count }: readonly string[]): void {
  if (count > MOST_NAMES) throw new Refusal({ code: 'too-many', what, most: MOST_NAMES, count });
}

/** Names separated by commas, at least one. */
export function namesFor(what: string, text: string, example: string): string[] {
  const names = parseNames(textFor(what, text, example)).map((name) => nameFor(what, name, example));
  if (names.length === 0) throw new Refusal({ code: 'empty', what, example });
  return names;
}
