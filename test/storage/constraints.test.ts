import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const TEAM = 'T1';
const AT = '2026-03-10T14:00:00Z';

/** Inserts a row past Prisma; returns null, or the name of what refused it. */
async function insert(table: string, row: Record<string, unknown>): Promise<string | null> {
  const columns = Object.keys(row);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const values = columns.map((_, index) => `$${index + 1}`).join(', ');
  return attempt(`INSERT INTO "${table}" (${names}) VALUES (${values})`, Object.values(row));
}

async function attempt(text: string, values: unknown[] = []): Promise<string | null> {
  try {
    await database.sql(text, values);
    return null;
  } catch (error) {
    const { constraint, message } = error as { constraint?: string; message: string };
    return constraint ?? message;
  }
}

let numbers = 0;
const incident = (over: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  teamId: TEAM,
  number: ++numbers,
  title: 'Checkout fails',
  severity: 'SEV2',
  declaredBy: 'U1',
  declaredAt: AT,
  zone: 'UTC',
  services: [],
  regions: [],
  ...over,
});
const entry = (incidentId: string, number: number, over: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  incidentId,
  number,
  occurredAt: AT,
  recordedAt: AT,
  timeFrom: 'message',
  text: 'Errors',
  source: 'reaction',
  capturedBy: 'U1',
  kept: false,
  ...over,
});
const mark = (incidentId: string, entryId: string, over: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  incidentId,
  entryId,
  milestone: 'detected',
  provenance: 'observed',
  markedBy: 'U1',
  markedAt: AT,
  ...over,
});
const window = (incidentId: string, over: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  incidentId,
  addedBy: 'U1',
  addedAt: AT,
  ...over,
});

const one = incident();
const other = incident();
const message = { channelId: 'C1', messageTs: '1773151200.000100' };
const first = entry(one.id, 1, message);
const foreign = entry(other.id, 1);

beforeAll(async () => {
  await database.sql('INSERT INTO "Workspace" (id) VALUES ($1)', [TEAM]);
  for (const row of [one, other]) expect(await insert('Incident', row)).toBeNull();
  for (const row of [first, foreign]) expect(await insert('Entry', row)).toBeNull();
});

describe('an incident', () => {
  it.each([
    ['its number twice', { number: 1 }, 'Incident_teamId_number_key'],
    ['the number 0', { number: 0 }, 'Incident_number_check'],
    ['a number below 0', { number: -1 }, 'Incident_number_check'],
    ['no title', { title: '' }, 'Incident_title_check'],
    ['a workspace that is none', { teamId: 'T9' }, 'Incident_teamId_fkey'],
    ['a severity that is none', { severity: 'SEV5' }, 'enum "Severity"'],
    ['a status that is none', { status: 'done' }, 'enum "Status"'],
    ['a time of closing while it is open', { closedAt: AT }, 'Incident_closed_check'],
    ['no time of closing when it is resolved', { status: 'resolved' }, 'Incident_closed_check'],
    ['no time of closing when it is canceled', { status: 'canceled' }, 'Incident_closed_check'],
  ])('cannot have %s', async (_, over, why) => {
    expect(await insert('Incident', incident(over))).toContain(why);
  });

  it('cannot share its channel', async () => {
    expect(await insert('Incident', incident({ channelId: 'C7' }))).toBeNull();
    expect(await insert('Incident', incident({ channelId: 'C7' }))).toBe('Incident_teamId_channelId_key');
  });

  it('may be closed with its time, and keeps what belongs to it', async () => {
    expect(await insert('Incident', incident({ status: 'resolved', closedAt: AT }))).toBeNull();
    expect(await attempt('DELETE FROM "Incident" WHERE id = $1', [one.id])).toBe('Entry_incidentId_fkey');
  });
});

describe('a line', () => {
  it.each([
    ['its number twice', { number: 1 }, 'Entry_incidentId_number_key'],
    ['the number 0', { number: 0 }, 'Entry_number_check'],
    ['an incident that is none', { incidentId: randomUUID() }, 'Entry_incidentId_fkey'],
    ['a source that is none', { source: 'mail' }, 'enum "Source"'],
    ['a precision that is none', { precision: 'roughly' }, 'enum "Precision"'],
    ['a time from nowhere', { timeFrom: 'guess' }, 'enum "TimeFrom"'],
    ['no time', { occurredAt: null }, 'occurredAt'],
    ['the message of another one', message, 'Entry_active_message_key'],
  ])('cannot have %s', async (_, over, why) => {
    expect(await insert('Entry', entry(one.id, 100, over))).toContain(why);
  });

  it('may have the message of a retracted one, or of another incident', async () => {
    expect(await insert('Entry', entry(one.id, 2, { ...message, retractedAt: AT }))).toBeNull();
    expect(await insert('Entry', entry(other.id, 2, message))).toBeNull();
    expect(await insert('Entry', entry(one.id, 3))).toBeNull();
    expect(await insert('Entry', entry(one.id, 4))).toBeNull();
  });

  it('cannot come back beside the one that took its message', async () => {
    const back = 'UPDATE "Entry" SET "retractedAt" = NULL WHERE "incidentId" = $1 AND number = 2';
    expect(await attempt(back, [one.id])).toBe('Entry_active_message_key');
  });
});

describe('a milestone', () => {
  it('stands once', async () => {
    expect(await insert('Mark', mark(one.id, first.id))).toBeNull();
    expect(await insert('Mark', mark(one.id, first.id))).toBe('Mark_active_milestone_key');
    expect(await insert('Mark', mark(one.id, first.id, { retiredAt: AT }))).toBeNull();
    expect(await insert('Mark', mark(one.id, first.id, { milestone: 'mitigated' }))).toBeNull();
  });

  it.each([
    ['that is none', { milestone: 'panicked' }, 'enum "Milestone"'],
    ['that came from nowhere', { provenance: 'guessed' }, 'enum "Provenance"'],
    ['on a line that is none', { entryId: randomUUID() }, 'Mark_entryId_incidentId_fkey'],
    ['on a line of another incident', { entryId: first.id }, 'Mark_entryId_incidentId_fkey'],
  ])('cannot be one %s', async (_, over, why) => {
    const row = mark(other.id, foreign.id, { milestone: 'escalated', ...over });
    expect(await insert('Mark', row)).toContain(why);
  });
});

describe('an impact window', () => {
  const later = '2026-03-10T15:00:00Z';
  it.each([
    ['end before it starts', { from: later, to: AT }, 'ImpactWindow_order_check'],
    ['start with a line that is none', { fromEntryId: randomUUID() }, 'ImpactWindow_from_fkey'],
    ['end with a line that is none', { toEntryId: randomUUID() }, 'ImpactWindow_to_fkey'],
  ])('cannot %s', async (_, over, why) => {
    expect(await insert('ImpactWindow', window(one.id, over))).toBe(why);
  });

  it('may be open at either end, or last no time at all', async () => {
    for (const over of [{}, { from: AT }, { to: AT }, { from: AT, to: AT }, { toEntryId: first.id }]) {
      expect(await insert('ImpactWindow', window(one.id, over))).toBeNull();
    }
  });
});

describe('the rest', () => {
  it('an action item is due on a date, and numbered once', async () => {
    const action = (over: object) => ({
      id: randomUUID(),
      incidentId: one.id,
      number: 1,
      text: 'x',
      by: 'U1',
      at: AT,
      ...over,
    });
    expect(await insert('ActionItem', action({ due: 'soon' }))).toBe('ActionItem_due_check');
    expect(await insert('ActionItem', action({ due: '2026-04-01' }))).toBeNull();
    expect(await insert('ActionItem', action({}))).toBe('ActionItem_incidentId_number_key');
  });

  it('a timer is of its incident’s own team', async () => {
    const timer = (teamId: string) => ({
      id: randomUUID(),
      teamId,
      incidentId: one.id,
      kind: 'archive',
      key: 'archive',
      dueAt: AT,
      payload: '{}',
      setAt: AT,
    });
    expect(await insert('Timer', timer('T2'))).toBe('Timer_incidentId_teamId_fkey');
    expect(await insert('Timer', timer(TEAM))).toBeNull();
  });

  it('a request has its key once', async () => {
    const request = { key: 'Ev1', kind: 'event', body: '{}', receivedAt: AT, touchedAt: AT };
    expect(await insert('Inbox', request)).toBeNull();
    expect(await insert('Inbox', request)).toBe('Inbox_key_key');
  });

  it('an incident has one postmortem, whose versions are numbered once', async () => {
    const id = randomUUID();
    const version = {
      postmortemId: id,
      number: 1,
      markdown: '',
      data: '{}',
      facts: '{}',
      at: AT,
      reason: 'x',
    };
    expect(await insert('Postmortem', { id, incidentId: one.id, createdAt: AT })).toBeNull();
    expect(await insert('Postmortem', { id: randomUUID(), incidentId: one.id, createdAt: AT })).toBe(
      'Postmortem_incidentId_key',
    );
    expect(await insert('PostmortemVersion', version)).toBeNull();
    expect(await insert('PostmortemVersion', version)).toBe('PostmortemVersion_pkey');
    const publication = { postmortemId: id, at: AT, by: 'U1', unfinished: '[]' };
    expect(await insert('Publication', publication)).toBeNull();
    expect(await insert('Publication', { ...publication, version: 1 })).toBeNull();
    expect(await insert('Publication', { ...publication, version: 2 })).toBe('Publication_frozen_fkey');
    expect(await attempt(`UPDATE "Postmortem" SET "postTs" = '1.0'`)).toMatch(/Postmortem_post/);
    expect(await attempt('UPDATE "Publication" SET at = now()')).toMatch(/append-only/);
    expect(await attempt('DELETE FROM "Publication"')).toMatch(/append-only/);
  });

  it('a reviewer is asked once at a time, answers or not, and stays on record', async () => {
    const id = randomUUID();
    const { id: incidentId, ...rest } = incident();
    await insert('Incident', { id: incidentId, ...rest });
    await insert('Postmortem', { id, incidentId, createdAt: AT });
    const request = (over: Record<string, unknown> = {}) => {
      const asked = { postmortemId: id, round: 1, reviewerId: 'U1', askedBy: 'U2', askedAt: AT, version: 1 };
      return insert('ReviewRequest', { id: randomUUID(), ...asked, ...over });
    };
    const answered = { answer: 'approved', answeredAt: AT };
    expect(await request()).toBeNull();
    expect(await request()).toBe('ReviewRequest_open_key');
    expect(await request(answered)).toBeNull();
    expect(await request({ answer: 'changes', answeredAt: AT })).toBe('ReviewRequest_comment_check');
    const over = { ended: 'draft', endedBy: 'U2', endedAt: AT };
    expect(await request({ ...answered, ...over })).toBe('ReviewRequest_over_once_check');
    expect(await attempt('DELETE FROM "ReviewRequest"')).toMatch(/append-only/);
  });
});

describe('what is on record', () => {
  const postmortemId = randomUUID();
  beforeAll(async () => {
    const drafted = incident();
    await insert('Incident', drafted);
    await insert('Postmortem', { id: postmortemId, incidentId: drafted.id, createdAt: AT });
  });

  const rows: [string, Record<string, unknown>][] = [
    ['EntryRevision', { entryId: first.id, at: AT, by: 'U1', change: 'text', before: '{}', after: '{}' }],
    ['Activity', { incidentId: one.id, at: AT, by: 'U1', text: 'x' }],
    ['SectionText', { incidentId: one.id, name: 'summary', version: 1, text: 'x', by: 'U1', at: AT }],
    [
      'SectionEdit',
      { incidentId: one.id, section: 'x', version: 1, base: '', facts: '{}', by: 'U1', at: AT },
    ],
    ['Read', { incidentId: one.id, userId: 'U1', what: 'page', at: AT }],
    [
      'PostmortemVersion',
      { postmortemId, number: 1, markdown: '', data: '{}', facts: '{}', at: AT, reason: 'x' },
    ],
    ['SettingsVersion', { teamId: TEAM, version: 1, settings: '{}', by: 'U1', at: AT }],
  ];
  it.each(rows)('of %s can be added to, not changed, deleted or emptied', async (table, row) => {
    expect(await insert(table, row)).toBeNull();
    const refusal = `${table} is append-only`;
    expect(await attempt(`UPDATE "${table}" SET at = now()`)).toBe(refusal);
    expect(await attempt(`DELETE FROM "${table}"`)).toBe(refusal);
    expect(await attempt(`TRUNCATE "${table}" CASCADE`)).toBe(refusal);
  });
});
