import { COMMANDS } from '../../src/incident/commands.ts';
import { ACTIONS, CALLBACKS } from '../../src/slack/ids.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Obj = { [key: string]: Json };

/** A body as it goes over the wire. */
export interface Wire {
  body: string;
  contentType: string;
  /** What a person may type, in a body as Slack makes it: nothing may break at it. */
  sound?: boolean;
}

/** What really exists, so that some of what is made up hits something. */
export interface Known {
  teamId: string;
  users: string[];
  channels: string[];
  /** Timestamps of messages. */
  messages: string[];
  /** Ids of incidents, entries, drafts. */
  ids: string[];
  /** Bodies that Slack really sent. */
  samples: Obj[];
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const DEEP = 3000;

const NASTY: Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud83d',
  '\u202Eevil\u200b',
  '<!channel> <@U1|x> `a` *b* &lt;',
  '../../etc/passwd',
  '\'; DROP TABLE "Incident"; --',
  '{"a":',
  '__proto__',
  'x'.repeat(5000),
  '🔥'.repeat(1500),
  [],
  {},
  [[[[]]]],
  { constructor: null, toString: 1 },
  '99999999999.999999',
  '-1.5',
  '2026-02-30 25:61',
  '03/04/05 at 24:00 CET',
  '00000000-0000-4000-8000-000000000000',
];
const WORDS = [
  '14:05',
  'at 2025-11-02 01:30',
  'yesterday 23:50 Berlin',
  '10m ago',
  '#1',
  '#999999999999',
  'INC-1',
  'INC-0',
  'from 10:00 to 09:00',
  'sev1',
  'private',
  'test',
  'retrospective',
  '@owner',
  '<@U1>',
  '<#C1|x>',
  'due tomorrow',
  'impact-started,resolved',
  'Checkout fails',
  '```code',
  '!!',
];

/** Makes bodies, the same ones for the same numbers. */
export function makeBodies(known: Known, next: () => number): () => Wire {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const chance = (share: number) => next() < share;
  const digits = (n: number) => Array.from({ length: n }, () => Math.floor(next() * 10)).join('');
  const user = () => (chance(0.8) ? pick(known.users) : pick(['U0', 'USLACKBOT', 'W1', '']));
  const channel = () => (chance(0.8) ? pick(known.channels) : pick(['C0', 'D1', 'G1', '']));
  const ts = () => (chance(0.7) ? pick(known.messages) : `${digits(10)}.${digits(6)}`);
  const id = () =>
    chance(0.6) ? pick(known.ids) : String(pick(NASTY.filter((one) => typeof one === 'string')));
  const words = () => Array.from({ length: Math.floor(next() * 5) }, () => pick([...WORDS, id()])).join(' ');
  const trigger = () => `${digits(8)}.${digits(8)}.fuzz`;
  const place = () => ({ id: channel(), name: 'fuzz' });

  const text = (): string => {
    const command = chance(0.85) ? pick(COMMANDS).name : words();
    // A channel for each would be Slack's work, not the surface's.
    if (command === 'declare' && !chance(0.05)) return `declare ${pick(['', 'sev9', 'at 99:99', 'private'])}`;
    return `${chance(0.3) ? 'INC-1 ' : ''}${command} ${words()}`;
  };
  const command = (): Obj => ({
    command: chance(0.98) ? '/incident' : '/other',
    text: text(),
    team_id: known.teamId,
    user_id: user(),
    channel_id: channel(),
    trigger_id: trigger(),
    response_url: 'http://127.0.0.1:9/never',
  });
  const common = (): Obj => ({
    team: { id: known.teamId, domain: 'fuzz' },
    user: { id: user(), name: 'fuzz', team_id: known.teamId },
    trigger_id: trigger(),
  });
  const state = (): Obj => {
    const values: Obj = {};
    for (let n = Math.floor(next() * 4); n >= 0; n--) {
      const value = pick<Json>([
        { type: 'plain_text_input', value: words() },
        { type: 'plain_text_input', value: pick(NASTY) },
        { type: 'static_select', selected_option: { value: id() } },
        { type: 'users_select', selected_user: user() },
        { type: 'datetimepicker', selected_date_time: 1e12 },
        { type: 'checkboxes', selected_options: [{ value: id() }] },
        pick(NASTY),
      ]);
      values[pick(['text', 'time', 'milestone', 'title', 'severity', 'section', digits(2)])] = {
        [pick(['text', 'value', 'time', digits(1)])]: value,
      };
    }
    return { values };
  };
  const view = (): Obj => ({
    id: `V${digits(8)}`,
    hash: digits(10),
    type: pick(['modal', 'home']),
    callback_id: pick(Object.values(CALLBACKS)),
    private_metadata: chance(0.5)
      ? JSON.stringify({ incidentId: id(), channelId: channel(), entryId: id() })
      : id(),
    blocks: [],
    state: state(),
  });
  const action = (): Obj => ({
    action_id:
      pick(Object.values(ACTIONS)) +
      (chance(0.5) ? `_${pick(['0', '1', 'resolved', 'next', '-1', 'x'])}` : ''),
    block_id: digits(3),
    type: pick(['button', 'static_select', 'overflow']),
    value: chance(0.5) ? id() : `${id()}|${id()}`,
    action_ts: `${digits(10)}.${digits(6)}`,
  });
  const message = (): Obj => ({ type: 'message', ts: ts(), user: user(), text: words() });
  const interaction = (): Obj => {
    switch (Math.floor(next() * 4)) {
      case 0:
        return { ...common(), type: 'view_submission', view: view() };
      case 1:
        return { ...common(), type: 'block_actions', view: view(), actions: [action()] };
      case 2:
        return {
          ...common(),
          type: 'block_actions',
          container: { type: 'message', message_ts: ts(), channel_id: channel() },
          channel: place(),
          message: message(),
          actions: [action()],
        };
      default:
        return {
          ...common(),
          type: 'message_action',
          callback_id: pick(Object.values(CALLBACKS)),
          channel: place(),
          message: message(),
          message_ts: ts(),
        };
    }
  };
  const event = (): Obj => {
    const item = { type: 'message', channel: channel(), ts: ts() };
    const at = `${digits(10)}.${digits(6)}`;
    const one = pick<Obj>([
      { type: 'reaction_added', user: user(), reaction: pick(['pushpin', 'boom', 'x']), item, event_ts: at },
      { type: 'reaction_removed', user: user(), reaction: pick(['pushpin', 'boom']), item, event_ts: at },
      { type: 'pin_added', user: user(), item: { ...item, message: { ts: ts() } }, event_ts: at },
      { type: 'user_change', user: { id: user(), tz: pick(['UTC', 'Nowhere/At_All', '']) }, event_ts: at },
      { type: 'app_home_opened', user: user(), tab: 'home', event_ts: at },
      { type: 'member_joined_channel', user: user(), channel: channel(), event_ts: at },
      { type: 'channel_archive', channel: channel(), user: user(), event_ts: at },
      {
        type: 'message',
        subtype: pick(['message_changed', 'message_deleted']),
        channel: channel(),
        deleted_ts: ts(),
        message: { ts: ts(), user: user(), text: words(), edited: { user: user(), ts: at } },
        event_ts: at,
        ts: at,
      },
    ]);
    return { type: 'event_callback', team_id: known.teamId, event_id: `Ev${digits(9)}`, event: one };
  };

  /** Puts something where it does not belong, somewhere in the body. */
  const spoil = (given: Obj): Obj => {
    const body: Obj = structuredClone(given);
    for (let n = Math.floor(next() * 3); n >= 0; n--) {
      let at: Obj = body;
      for (let depth = 0; depth < 6; depth++) {
        const keys = Object.keys(at);
        if (keys.length === 0) break;
        const key = pick(keys);
        const inner = at[key];
        if (inner !== null && typeof inner === 'object' && chance(0.7)) {
          at = inner as Obj;
          continue;
        }
        if (chance(0.3)) delete at[key];
        // Its own copy: the next one may be put into it.
        else at[key] = chance(0.8) ? structuredClone(pick(NASTY)) : [inner ?? null];
        break;
      }
    }
    return body;
  };

  const wire = (body: Obj): Wire => {
    if (body.command !== undefined) {
      const fields = Object.entries(body).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      return { body: new URLSearchParams(fields).toString(), contentType: FORM };
    }
    if (body.type === 'event_callback') return { body: JSON.stringify(body), contentType: JSON_TYPE };
    return { body: new URLSearchParams({ payload: JSON.stringify(body) }).toString(), contentType: FORM };
  };

  /** Bytes that are no request at all. */
  const garbage = (): Wire => {
    const contentType = pick([
      FORM,
      JSON_TYPE,
      `${FORM}; charset=utf-8`,
      'text/plain',
      'multipart/form-data',
      '',
    ]);
    const body = pick([
      () => JSON.stringify(pick(NASTY)),
      () => `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
      () => `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
      () => 'payload=%00%ff%fe',
      () => 'payload={}&payload=[]&command=/incident',
      () => 'command=/incident&command=/incident&text=a&text=b&team_id=T1&user_id=U1',
      () => '%%%',
      () => Array.from({ length: 300 }, () => String.fromCharCode(Math.floor(next() * 0x250))).join(''),
      () => JSON.stringify(event()).slice(0, Math.floor(next() * 200)),
      () => '{"type":"event_callback","__proto__":{"team_id":"T1"},"event":{"type":"message"}}',
    ])();
    return { body, contentType };
  };

  return () => {
    const kind = next();
    if (kind < 0.05) return garbage();
    const given =
      kind < 0.3 && known.samples.length > 0
        ? pick(known.samples)
        : pick([command, interaction, interaction, event])();
    // As Slack has it: nothing is sent twice with the same trigger.
    const fresh = given.type === 'event_callback' ? given : { ...given, trigger_id: trigger() };
    if (chance(0.6)) return wire(spoil(fresh));
    return { ...wire(fresh), sound: given.command !== undefined };
  };
}
