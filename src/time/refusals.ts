import type { Refusal } from './parse/form.ts';
import type { RefusalReason } from './types.ts';

const EXAMPLE = 'Type for example 14:05 or 2025-09-23 14:05 UTC.';

/** A refusal with its one or two sentences. */
export function refuse(reason: RefusalReason, message: string): Refusal {
  return { kind: 'refusal', reason, message };
}

/** What was typed, short enough to be quoted in a sentence. */
export function quote(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const characters = [...flat.slice(0, 200)];
  return characters.length <= 60 ? characters.join('') : `${characters.slice(0, 59).join('')}…`;
}

export function notATime(text: string): Refusal {
  if (text.trim() === '') return refuse('unreadable', `No time was typed. ${EXAMPLE}`);
  return refuse('unreadable', `“${quote(text)}” is not a time that I can read. ${EXAMPLE}`);
}

export function notATimeOfDay(text: string): Refusal {
  return refuse('impossible', `${quote(text)} is not a time of day. ${EXAMPLE}`);
}

export function noSuchDate(text: string): Refusal {
  return refuse('impossible', `There is no such date as ${quote(text)}. ${EXAMPLE}`);
}

export function inFuture(text: string): Refusal {
  const message = `${quote(text)} is still to come. Type a time that is past, or its date if it was another day.`;
  return refuse('future', message);
}

export function needsDate(text: string): Refusal {
  const message = `${quote(text)} needs its date here: no entry stands before it. Type for example 2025-09-23 14:05.`;
  return refuse('needs-date', message);
}
