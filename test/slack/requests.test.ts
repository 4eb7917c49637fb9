import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { readRequest } from '../../src/slack/requests.ts';

type Json = Record<string, unknown>;

const TS = '1773143111.000200';

const callback = (event: Json, over: Json = {}): Json => ({
  token: 'old',
  type: 'event_callback',
  team_id: 'T1',
  event_id: 'Ev1',
  event_time: 1,
  event,
  ...over,
});

const reaction = (over: Json = {}): Json => ({
  type: 'reaction_added',
  user: 'U1',
  reaction: 'pushpin',
  item: { type: 'message', channel: 'C1', ts: TS },
  event_ts: '1773143200.000100',
  ...over,
});

const edited = (editTs: string, over: Json = {}): Json => ({
  type: 'message',
  subtype: 'message_changed',
  channel: 'C1',
  message: { ts: TS, text: 'new', edited: { user: 'U1', ts: editTs } },
  event_ts: '1773143300.000100',
  ts: '1773143300.000100',
  ...over,
});

const command = (over: Json = {}): Json => ({
  token: 'old',
  command: '/incident',
  text: 'note x',
  team_id: 'T1',
  user_id: 'U1',
  channel_id: 'C1',
  trigger_id: '1.2.aa',
  response_url: 'https://hooks.slack.com/commands/1',
  ...over,
});

const submission = (over: Json = {}): Json => ({
  type: 'view_submission',
  token: 'old',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T1' },
  trigger_id: '1.2.bb',
  view: { id: 'V1', hash: 'h', state: { values: {} } },
  ...over,
});

const press = (over: Json = {}): Json => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: '1.2.cc',
  actions: [{ action_id: 'retract_entry', action_ts: '1.1', value: 'e1' }],
  ...over,
});

const keyOf = (body: Json): string => {
  const read = readRequest(body);
  if (!read) throw new Error('not of interest');
  return read.key;
};
const keysOf = (...bodies: Json[]): number => new Set(bodies.map(keyOf)).size;

describe('the key of what happened', () => {
  it('is one for one reaction, under whatever event id and whenever delivered', () => {
    expect(
      keysOf(
        callback(reaction()),
        callback(reaction(), { event_id: 'Ev2', event_time: 2 }),
        callback(reaction({ item_user: 'U9' }), { event_id: 'Ev3', authorizations: [] }),
      ),
    ).toBe(1);
  });

  it('is another for adding, taking away and adding again', () => {
    expect(
      keysOf(
        callback(reaction()),
        callback(reaction({ type: 'reaction_removed', event_ts: '1773143201.000100' })),
        callback(reaction({ event_ts: '1773143202.000100' })),
      ),
    ).toBe(3);
  });

  it.each([
    ['workspace', callback(reaction(), { team_id: 'T2' })],
    ['person', callback(reaction({ user: 'U2' }))],
    ['emoji', callback(reaction({ reaction: 'boom' }))],
    ['channel', callback(reaction({ item: { type: 'message', channel: 'C2', ts: TS } }))],
    ['message', callback(reaction({ item: { type: 'message', channel: 'C1', ts: '1773143111.000300' } }))],
  ])('is another for another %s', (_, other) => {
    expect(keysOf(callback(reaction()), other)).toBe(2);
  });

  it('is one for one edit, two for two', () => {
    expect(keysOf(callback(edited('5.1')), callback(edited('5.1'), { event_id: 'Ev2', event_time: 2 }))).toBe(
      1,
    );
    expect(keysOf(callback(edited('5.1')), callback(edited('5.2')))).toBe(2);
    // Slack's time of edits may be a whole second.
    expect(keysOf(callback(edited('5.1')), callback(edited('5.1', { event_ts: '9.9' })))).toBe(2);
  });

  it('tells a deletion from an edit, and one from the next', () => {
    const deleted = (ts: string) => ({
      type: 'message',
      subtype: 'message_deleted',
      channel: 'C1',
      deleted_ts: ts,
      event_ts: '5.1',
      ts: '5.1',
    });
    expect(keysOf(callback(deleted(TS)), callback(deleted('1.1')), callback(edited('5.1')))).toBe(3);
    expect(keysOf(callback(deleted(TS)), callback(deleted(TS), { event_id: 'Ev2' }))).toBe(1);
  });

  it('is the event’s id where nothing else tells them apart', () => {
    const changed = { type: 'user_change', user: { id: 'U1', tz: 'Europe/Berlin' } };
    expect(keysOf(callback(changed), callback(changed))).toBe(1);
    expect(keysOf(callback(changed), callback(changed, { event_id: 'Ev2' }))).toBe(2);
  });

  it('is one for a command delivered twice, two for the same words typed twice', () => {
    expect(keysOf(command(), command())).toBe(1);
    expect(keysOf(command(), command({ trigger_id: '1.2.zz' }))).toBe(2);
    expect(keysOf(command(), command({ user_id: 'U2' }), command({ team_id: 'T2' }))).toBe(3);
  });

  it('of a form is its version and what was filled in: whom Slack shows an error sends the same again', () => {
    const form = (text: string, over = {}) =>
      submission({
        view: { id: 'V1', hash: 'h1', state: { values: { text: { text: { value: text } } } } },
        ...over,
      });
    expect(keysOf(form('Rolled back'), form('Rolled back', { trigger_id: '1.2.zz' }))).toBe(1);
    expect(keysOf(form('Rolled back'), form('Rolled on'), form('Rolled back', { user: { id: 'U2' } }))).toBe(
      3,
    );
    const opened = { id: 'V1', hash: 'h2', state: { values: { text: { text: { value: 'Rolled back' } } } } };
    expect(keysOf(form('Rolled back'), form('Rolled back', { view: opened }))).toBe(2);
  });

  it('is two for two presses of one button', () => {
    expect(keysOf(press(), press({ trigger_id: '1.2.zz' }))).toBe(2);
    expect(keysOf(press(), press())).toBe(1);
  });

  it('is not shared by what is of different kinds', () => {
    expect(keysOf(command(), press(), submission(), callback(reaction()), callback(edited('5.1')))).toBe(5);
  });
});

describe('readRequest', () => {
  it.each([
    ['event', callback(reaction())],
    ['command', command()],
    ['interaction', submission()],
    ['interaction', press({ team: null, user: { id: 'U1', team_id: 'T1' } })],
    ['interaction', { type: 'message_action', user: { id: 'U1' }, callback_id: 'add_to_timeline' }],
  ])('reads an %s whole, without Slack’s old token', (kind, body) => {
    const { token: _, ...rest } = body as Json;
    expect(readRequest(body)).toEqual({
      kind,
      key: expect.any(String),
      body: rest,
      passing: false,
      sharedChannel: null,
    });
  });

  it('knows the preview of the declaring form, which is not worth keeping', () => {
    const view = { callback_id: 'declare', id: 'V1', hash: '1' };
    expect(readRequest(press({ view }))).toMatchObject({ passing: true });
    expect(readRequest(press({ view: { ...view, callback_id: 'declare_anyway' } }))).toMatchObject({
      passing: false,
    });
    expect(readRequest({ ...submission(), view: { ...view } })).toMatchObject({ passing: false });
  });

  it.each<[string, Json]>([
    ['a message', { type: 'message', channel: 'C1', text: 'hi', ts: TS }],
    ['a message of a bot', { type: 'message', subtype: 'bot_message', channel: 'C1', ts: TS }],
    ['somebody who joined', { type: 'message', subtype: 'channel_join', channel: 'C1', ts: TS }],
    ['a mention', { type: 'app_mention', channel: 'C1', ts: TS }],
    ['a made-up event', { type: 'constructor' }],
  ])('has no business with %s', (_, event) => {
    expect(readRequest(callback(event))).toBeNull();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'payload'],
    ['a list', [command()]],
    ['an empty object', {}],
    ['an event without a team', callback(reaction(), { team_id: undefined })],
    ['an event that is none', callback('x' as never)],
    ['a reaction on a text', callback(reaction({ item: 'C1' }))],
    ['a command without a person', command({ user_id: undefined })],
    ['a command twice', command({ command: ['/incident', '/incident'] })],
    ['an interaction without a person', press({ user: undefined })],
    ['an interaction without a type', press({ type: undefined })],
  ])('throws a ZodError on %s', (_, body) => {
    expect(() => readRequest(body)).toThrow(ZodError);
  });

  it('throws nothing else on any JSON', () => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom('type', 'command', 'event', 'team_id', 'user', 'user_id', 'view', 'item'),
        fc.jsonValue(),
      ),
    );
    const bodies = fc.oneof(
      values,
      values.map((event) => callback(event as Json)),
      values.map((over) => ({ ...command(), ...(over as Json) })),
      values.map((over) => ({ ...press(), ...(over as Json) })),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          const read = readRequest(body);
          if (read) expect(read.key.length).toBeGreaterThan(2);
        } catch (error) {
          expect(error).toBeInstanceOf(ZodError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
