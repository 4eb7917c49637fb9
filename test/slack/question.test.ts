import { describe, expect, it } from 'vitest';
import { DEFAULT_NAMES } from '../../src/incident/settings.ts';
import { question } from '../../src/slack/listeners/onSubmit.ts';
import type { Noted } from '../../src/usecases/note.ts';
import type { Resolved } from '../../src/usecases/resolve.ts';
import { makeEntry, makeIncident, makeMark } from '../postmortem/makers.ts';

const reader = { zone: null, now: Date.parse('2026-03-10T23:30:00Z'), names: DEFAULT_NAMES };
const open = makeIncident({ number: 7, status: 'monitoring', closedAt: null });

const noted = (over: Partial<Noted> = {}): Noted => ({
  kind: 'noted',
  incident: open,
  entry: {
    ...makeEntry(4, '22:05'),
    incidentId: 'incident-1',
    kept: true,
    textEdited: false,
    messageChange: '',
  },
  marked: [],
  held: [],
  notes: [],
  ...over,
});
const held = [makeMark('detected', 1, { markedBy: 'U1ANA' })];

/** All that stands in place of the form. */
const shown = (result: Parameters<typeof question>[0]): string => JSON.stringify(question(result, reader));

describe('a form whose line is stored', () => {
  it('closes where nothing is left to decide', () => {
    expect(question(noted({ marked: ['detected'] }), reader)).toBeNull();
    expect(question(noted({ marked: ['resolved'], incident: makeIncident() }), reader)).toBeNull();
  });

  it('names who holds the milestone, with a button that moves it', () => {
    expect(shown(noted({ held }))).toContain('*Detected* stays where <@U1ANA> marked it');
    expect(shown(noted({ held }))).toContain('Move Detected here');
    expect(shown(noted({ held }))).not.toContain('still open');
  });

  it('offers to close an incident that is marked resolved, where the form stays anyway', () => {
    expect(question(noted({ marked: ['resolved'] }), reader)).toBeNull();
    expect(shown(noted({ marked: ['resolved'], held }))).toMatch(/Resolve INC-7.*Move Detected here/);
  });
});

describe('a form that resolves', () => {
  const end = { mark: makeMark('resolved', 3, { markedBy: 'U1ANA' }), entry: makeEntry(3, '22:00') };
  const resolved: Resolved = {
    kind: 'resolved',
    incident: makeIncident({ number: 7 }),
    end,
    held: false,
    candidates: [],
    notes: [],
  };

  it('closes; a time that was not stored is said, and how to correct the one that stands', () => {
    expect(question(resolved, reader)).toBeNull();
    expect(shown({ ...resolved, held: true })).toMatch(
      /stands on #3 at 2026-03-10 22:00 UTC, marked by <@U1ANA>.*The time that you gave was not stored.*time #3 TIME/,
    );
  });
});
