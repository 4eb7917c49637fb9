import { describe, expect, it } from 'vitest';
import { MILESTONES } from '../../../src/incident/milestones.ts';
import { DEFAULT_NAMES, DEFAULT_SETTINGS } from '../../../src/incident/settings.ts';
import type { Severity } from '../../../src/incident/types.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { LIMITS, type Message } from '../../../src/slack/views/blocks.ts';
import { askedReply, readingModal } from '../../../src/slack/views/choice.ts';
import { notedReply } from '../../../src/slack/views/entries.ts';
import { announcement, headline, topic } from '../../../src/slack/views/headline.ts';
import { listReply } from '../../../src/slack/views/lists.ts';
import { editModal } from '../../../src/slack/views/modals.ts';
import { declaredReply, resolvedReply, timelineReply } from '../../../src/slack/views/state.ts';
import { givenReply } from '../../../src/slack/views/updates.ts';
import type { Noted } from '../../../src/usecases/note.ts';
import type { Asked } from '../../../src/usecases/times.ts';
import type { PublishedTo } from '../../../src/usecases/types.ts';
import { makeEntry, makeIncident, makeMark, makeRecord } from '../../postmortem/makers.ts';

const NOW = Date.parse('2026-03-10T23:30:00Z');
const reader = { zone: 'Europe/Berlin', now: NOW, names: DEFAULT_NAMES };

/** All that a message shows, and the labels of its buttons. */
const shown = ({ blocks }: Message): string => JSON.stringify(blocks).replaceAll('\\n', '\n');
const labelsOf = ({ blocks }: Message): string[] =>
  blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .map((one) => ('text' in one ? (one.text?.text ?? '') : ''));

const open = makeIncident({ status: 'monitoring', closedAt: null, retrospective: false });

describe('a question about a time', () => {
  const reading = (hours: number) => ({
    instant: NOW - hours * 3_600_000,
    zone: 'Europe/Berlin',
    precision: 'exact' as const,
  });
  const asked: Asked = {
    kind: 'asked',
    choiceId: 'c',
    reason: 'older-than-12h',
    readings: [reading(13)],
    anotherTime: true,
    typed: ' 11:30 <!here> R&amp;D ',
  };

  it('repeats the time as typed, escaped once, and keeps the text', () => {
    const reply = askedReply(asked, reader, 'note 11:30 <!channel>\nsecond line');
    expect(reply.text).toBe(
      'Which time is `11:30 @here R&amp;D`? The latest such time is over 12 hours ago.\nNothing is stored yet. Your text is kept:\n> note 11:30 @channel\n> second line',
    );
    expect(labelsOf(reply)).toHaveLength(2);
    expect(labelsOf(reply)[1]).toBe('Another time');
  });

  it('does not speak of a text where there is none', () => {
    expect(askedReply(asked, reader, ' ').text).toMatch(/Nothing is stored yet\.$/);
  });

  it('keeps “another time” however many readings there are, in the order of their numbers', () => {
    const many = { ...asked, readings: Array.from({ length: 30 }, (_, index) => reading(index)) };
    expect(labelsOf(askedReply(many, reader, '')).at(-1)).toBe('Another time');
    const modal = JSON.stringify(readingModal(many, reader));
    expect(modal.match(/"value":"\d+"/g)?.[0]).toBe('"value":"0"');
  });
});

describe('the reply to a line', () => {
  const noted = (over: Partial<Noted> = {}): Noted => ({
    kind: 'noted',
    incident: open,
    entry: {
      ...makeEntry(4, '22:05', { text: 'x\n'.repeat(6000) }),
      incidentId: 'incident-1',
      kept: true,
      textEdited: false,
      messageChange: '',
    },
    marked: [],
    held: [],
    notes: ['That was yesterday, 9 Mar.'],
    ...over,
  });

  it('shows what was not marked, and what time was read, however long the text', () => {
    const held = MILESTONES.map((key) => makeMark(key, 1, { markedBy: 'U0123456789' }));
    const reply = notedReply(noted({ held }), reader);
    for (const part of [
      '*#4*',
      '22:05 UTC',
      'That was yesterday',
      '*Impact started* stays where <@U0123456789> marked it',
      '*Resolved* stays',
    ]) {
      expect(shown(reply)).toContain(part);
    }
    expect(labelsOf(reply)).toContain('Move Resolved here');
  });

  it('names the line that says the same, and only then', () => {
    expect(shown(notedReply(noted({ twin: 3 }), reader))).toContain(
      'You put the same there a moment ago: *#3*.',
    );
    expect(shown(notedReply(noted(), reader))).not.toContain('a moment ago');
  });

  it('offers to close where it marks the end of an open incident, and only there', () => {
    const resolve = `Resolve INC-${open.number}`;
    expect(labelsOf(notedReply(noted({ marked: ['resolved'] }), reader))[0]).toBe(resolve);
    expect(labelsOf(notedReply(noted({ marked: ['mitigated'] }), reader))).not.toContain(resolve);
    expect(
      labelsOf(notedReply(noted({ marked: ['resolved'], incident: makeIncident() }), reader)),
    ).not.toContain(resolve);
  });
});

describe('the form for a line’s text', () => {
  it('says what it would cut', () => {
    expect(JSON.stringify(editModal(4, 'x'.repeat(LIMITS.input), 'e'))).not.toContain('warning');
    expect(JSON.stringify(editModal(4, 'x'.repeat(LIMITS.input + 1), 'e'))).toContain(
      'has 3001 characters and a form takes 3000',
    );
  });
});

describe('the timeline', () => {
  const record = (count: number, text: string) =>
    makeRecord({
      incident: open,
      entries: Array.from({ length: count }, (_, index) =>
        makeEntry(index + 1, NOW - (count - index) * 60_000, {
          text,
          retractedAt: index % 50 === 49 ? NOW : null,
        }),
      ),
    });
  const timeline = (count: number, text: string, all = false) => {
    const made = record(count, text);
    return timelineReply(made, computeFacts(made, NOW), reader, all);
  };

  it('says how many lines it leaves out', () => {
    expect(shown(timeline(1, 'x'))).not.toContain('not shown');
    expect(shown(timeline(41, 'x'))).toContain('_1 earlier line not shown; the draft has them all._');
    expect(shown(timeline(100, 'x'))).toContain('_58 earlier lines not shown');
    expect(timeline(1, 'x').text).toMatch(/: 1 line$/);
  });

  it('shows retracted lines when asked for all', () => {
    expect(shown(timeline(100, 'x', true))).toContain('_Retracted:_ ~#50 x~');
    expect(shown(timeline(100, 'x'))).not.toContain('etracted');
  });

  it('does not let a code block of one line take in the next', () => {
    expect(shown(timeline(3, '```unclosed'))).not.toContain('```');
  });

  it('says that there is nothing yet', () => {
    expect(shown(timeline(0, ''))).toContain('No lines yet. `/incident note TEXT` adds one.');
  });
});

describe('the list', () => {
  const filter = { state: 'open', mine: false, severity: null, service: null } as const;

  it('counts all, and says which page it is', () => {
    expect(listReply({ items: [], total: 0, page: 0, filter }, DEFAULT_NAMES).text).toContain(
      'No incidents (open)',
    );
    expect(listReply({ items: [open], total: 1, page: 0, filter }, DEFAULT_NAMES).text).toBe(
      '*1 incident* (open)',
    );
    const third = listReply({ items: Array(10).fill(open), total: 120, page: 2, filter }, DEFAULT_NAMES);
    expect(third.text).toBe('*120 incidents* (open) · page 3 of 12');
    expect(shown(third)).toMatch(/Previous.*Next/s);
  });
});

describe('the reply to a resolve', () => {
  const end = { mark: makeMark('resolved', 7, { provenance: 'inferred' }), entry: makeEntry(7, '22:40') };
  const resolved = {
    kind: 'resolved' as const,
    incident: makeIncident(),
    end,
    held: false,
    candidates: [],
    notes: [],
  };

  it('says where the end stands and how it came', () => {
    expect(resolvedReply(resolved, reader).text).toContain('*Resolved* stands on #7 at 22:40 UTC');
    expect(resolvedReply(resolved, reader).text).toContain('the time of this command (inferred)');
    const marked = { ...end, mark: makeMark('resolved', 7, { markedBy: 'U9' }) };
    expect(resolvedReply({ ...resolved, end: marked }, reader).text).toContain('marked by <@U9>');
  });

  it('asks which instant ended the impact where several may have', () => {
    const candidates = [
      {
        milestone: 'mitigated' as const,
        entryId: 'e5',
        number: 5,
        at: NOW - 3_600_000,
        precision: 'about' as const,
      },
    ];
    const reply = resolvedReply({ ...resolved, candidates }, reader);
    expect(reply.text).toContain('Which instant ended the impact?');
    expect(labelsOf(reply)).toEqual(['Mitigated · about 2026-03-10 22:30 UTC', 'The time of resolving']);
  });
});

it('an incident that is over is announced as one, not as an alarm', () => {
  const incident = makeIncident({ retrospective: true });
  const past = announcement(makeRecord({ incident }));
  expect(past.text + shown(past)).toMatch(/retrospective: it is over/);
  expect(shown(past)).toContain(':memo:');
  expect(
    shown(
      announcement(makeRecord({ incident: makeIncident({ status: 'investigating', retrospective: false }) })),
    ),
  ).toContain(':rotating_light:');
});

describe('a title and a service with signs in them', () => {
  const incident = makeIncident({ title: 'R&amp;D <!channel> &lt;b&gt;', services: ['R&amp;D'], number: 7 });
  const record = makeRecord({ incident });

  it('are escaped once wherever they stand', () => {
    const facts = computeFacts(record, NOW);
    const all = [headline(record, facts, null, DEFAULT_SETTINGS), announcement(record)];
    const text = all.map((one) => one.text + shown(one)).join('\n') + topic(record);
    expect(text).toContain('R&amp;D @channel &lt;b&gt;');
    expect(text).not.toMatch(/&amp;(?:amp|lt|gt);/);
  });

  it('begin the reply to their declaration, with what was read from the line', () => {
    const flags = [{ flag: 'severity' as const, typed: 'sev2' }];
    const reply = declaredReply(
      {
        kind: 'declared',
        incident,
        flags,
        startedAt: null,
        startEntryNumber: null,
        notes: [],
        announced: { kind: 'nowhere' },
      },
      reader,
    );
    expect(reply.text).toMatch(/^\*INC-7\* is declared: R&amp;D @channel &lt;b&gt;\nRead as: SEV2/);
    expect(labelsOf(reply)).toEqual(['“sev2” is part of the title']);
    expect(reply.text).toMatch(/announced nowhere\. No announcement channel is set: an admin sets one/);
  });

  it('say of a severity’s name at their beginning that it was not read as one', () => {
    const text = (title: string, severity: Severity) => {
      const plain = {
        kind: 'declared' as const,
        flags: [],
        startedAt: null,
        startEntryNumber: null,
        notes: [],
        announced: { kind: 'private' as const },
      };
      return declaredReply({ ...plain, incident: { ...incident, title, severity } }, reader).text;
    };
    expect(text('Critical disk', 'SEV3')).toContain(
      '“Critical” is part of the title. `/incident INC-7 severity SEV1` sets SEV1 Critical.',
    );
    expect(text('Critical disk', 'SEV1')).not.toContain('part of the title');
    expect(text('Criticality', 'SEV3')).not.toContain('part of the title');
  });
});

describe('the reply to an update', () => {
  const update = { id: 'u', number: 1, text: 'A fix', impact: '', by: 'U1', at: NOW, nextBy: null };
  const first = (to: PublishedTo, subscribers: number) =>
    givenReply({ incident: open, update, to, subscribers }, reader).text.split('\n')[0];

  it('says who hears it, and that it goes nowhere', () => {
    expect(first({ kind: 'channel', channelId: 'C1' }, 2)).toContain(
      'It goes to the announcement channel and to 2 subscribers.',
    );
    expect(first({ kind: 'nowhere' }, 0)).toMatch(
      /Nobody outside is told\. No announcement channel is set: an admin sets one with `\/incident settings`/,
    );
    expect(first({ kind: 'nowhere' }, 1)).toMatch(
      /goes to 1 subscriber and nowhere else\. No announcement channel/,
    );
    expect(first({ kind: 'private' }, 0)).toContain('private or a test, so nobody outside is told');
  });
});
