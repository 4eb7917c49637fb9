import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPeople, type Person, personOf, type SlackProfile } from '../../src/slack/people.ts';
import { makeAction, makeEntry, makeIncident, makeMark, makeRecord } from '../postmortem/makers.ts';
import { keptLog } from './fakes.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const DAY = 24 * 3_600_000;

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

function setUp(known: Record<string, Person & { asOf: number }> = {}) {
  const rows = new Map(Object.entries(known));
  const store = {
    get: async (teamId: string, userId: string) => rows.get(`${teamId}:${userId}`) ?? null,
    put: async (teamId: string, userId: string, person: Person, asOf: number) => {
      if ((rows.get(`${teamId}:${userId}`)?.asOf ?? 0) >= asOf) return false;
      rows.set(`${teamId}:${userId}`, { ...person, asOf });
      return true;
    },
  };
  const info = vi.fn(
    async ({ user }: { user: string }): Promise<{ user?: SlackProfile }> => ({
      user: { id: user, tz: 'Europe/Berlin', profile: { display_name: `name of ${user}` } },
    }),
  );
  const log = keptLog();
  const client = { users: { info } } as unknown as WebClient;
  const people = createPeople(store, { now: () => Date.now() }, log.logger);
  return { rows, info, log, client, people };
}

describe('a person', () => {
  it('counts as an outsider once their account has ended', () => {
    expect(personOf({ id: 'U1', deleted: true }, 'T1')).toMatchObject({ outsider: true, gone: true });
    expect(personOf({ id: 'U1', deleted: false }, 'T1')).toMatchObject({ outsider: false, gone: false });
  });

  it.each<[SlackProfile, Person]>([
    [
      {
        id: 'U1',
        tz: 'Europe/Berlin',
        real_name: 'Ana B.',
        profile: { display_name: 'ana', real_name: 'Ana' },
      },
      { name: 'ana', zone: 'Europe/Berlin' },
    ],
    [
      { id: 'U1', real_name: 'Ana B.', profile: { display_name: '', real_name: 'Ana' } },
      { name: 'Ana', zone: null },
    ],
    [
      { id: 'U1', name: 'ab', real_name: 'Ana B.' },
      { name: 'Ana B.', zone: null },
    ],
    [
      { id: 'U1', name: 'ab', tz: 'Mars/Olympus' },
      { name: 'ab', zone: null },
    ],
    [
      { id: 'U1', tz: '' },
      { name: 'U1', zone: null },
    ],
    [{}, { name: 'somebody', zone: null }],
    [
      { id: 'U1', name: 'ab', is_owner: true },
      { name: 'ab', zone: null, admin: true },
    ],
    [
      { id: 'U1', name: 'ab', team_id: 'T2', is_admin: true, is_owner: true },
      { name: 'ab', zone: null, admin: false, outsider: true },
    ],
    [
      { id: 'U1', name: 'ab', team_id: 'T1', is_restricted: true },
      { name: 'ab', zone: null, outsider: true },
    ],
    [
      { id: 'U1', name: 'ab', is_ultra_restricted: true },
      { name: 'ab', zone: null, outsider: true },
    ],
    [
      { id: 'U1', name: 'ab', is_bot: true },
      { name: 'ab', zone: null, bot: true },
    ],
    [
      { id: 'USLACKBOT', name: 'ab' },
      { name: 'ab', zone: null, bot: true },
    ],
    [
      { id: 'U1', name: 'ab', is_stranger: true },
      { name: 'ab', zone: null, outsider: true },
    ],
    [
      { id: 'U1', name: 'ab', team_id: 'T2' },
      { name: 'ab', zone: null, outsider: true },
    ],
    [
      { id: 'U1', name: 'ab', team_id: 'T2', enterprise_user: { teams: ['T2', 'T1'] } },
      { name: 'ab', zone: null },
    ],
  ])('of %j', (profile, person) => {
    expect(personOf(profile, 'T1')).toEqual({
      admin: false,
      outsider: false,
      bot: false,
      gone: false,
      ...person,
    });
  });
});

describe('the zone of who types', () => {
  const known = {
    'T1:U1': {
      name: 'ana',
      zone: 'Asia/Kathmandu',
      admin: false,
      outsider: false,
      bot: false,
      gone: false,
      asOf: NOW - DAY + 1,
    },
  };

  it('is what we know, for a day', async () => {
    const { people, client, info } = setUp(known);
    expect(await people.actor(client, 'T1', 'U1')).toEqual({
      teamId: 'T1',
      userId: 'U1',
      zone: 'Asia/Kathmandu',
      admin: false,
      outsider: false,
    });
    expect(info).not.toHaveBeenCalled();
    vi.setSystemTime(NOW + 1);
    expect(await people.actor(client, 'T1', 'U1')).toMatchObject({ zone: 'Europe/Berlin' });
  });

  it('is asked for where we do not know, and kept', async () => {
    const { people, client, info, rows } = setUp();
    expect(await people.actor(client, 'T1', 'U9')).toMatchObject({ zone: 'Europe/Berlin' });
    expect(await people.actor(client, 'T1', 'U9')).toMatchObject({ zone: 'Europe/Berlin' });
    expect(info).toHaveBeenCalledExactlyOnceWith({ user: 'U9' });
    expect(rows.get('T1:U9')).toEqual({
      name: 'name of U9',
      zone: 'Europe/Berlin',
      admin: false,
      outsider: false,
      bot: false,
      gone: false,
      asOf: NOW - 60_000,
    });
  });

  it('is not that of the same id in another workspace', async () => {
    const { people, client, info } = setUp(known);
    await people.actor(client, 'T2', 'U1');
    expect(info).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => Promise<{ user?: SlackProfile }>]>([
    ['refuses', () => Promise.reject(new Error('user_not_found'))],
    ['knows nobody', async () => ({})],
    [
      'takes more than a second',
      () => new Promise((resolve) => setTimeout(resolve, 1001, { user: { id: 'U1', tz: 'Europe/Berlin' } })),
    ],
  ])('is the last known, or nothing, when Slack %s', async (_, answer) => {
    const { people, client, info, log, rows } = setUp({
      'T1:U1': { name: 'ana', zone: 'Asia/Kathmandu', asOf: NOW - 2 * DAY },
    });
    info.mockImplementation(answer);
    const asked = Promise.all(['U1', 'U9'].map((id) => people.actor(client, 'T1', id)));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await asked).map(({ zone }) => zone)).toEqual(['Asia/Kathmandu', null]);
    expect(rows.has('T1:U9')).toBe(false);
    expect(log.lines).toHaveLength(2);
  });

  it('that comes too late is there the next time', async () => {
    const { people, client, info } = setUp();
    info.mockImplementation(
      ({ user }) => new Promise((resolve) => setTimeout(resolve, 3000, { user: { id: user, tz: 'UTC' } })),
    );
    const asked = people.actor(client, 'T1', 'U1');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await asked).toMatchObject({ zone: null, outsider: null });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await people.actor(client, 'T1', 'U1')).toMatchObject({ zone: 'UTC', outsider: false });
    expect(info).toHaveBeenCalledTimes(1);
  });

  it('is nothing where Slack has none', async () => {
    const { people, client, info } = setUp();
    info.mockResolvedValue({ user: { id: 'U9' } });
    expect(await people.actor(client, 'T1', 'U9')).toMatchObject({ zone: null });
  });
});

describe('learning who is in a record', () => {
  it('asks once for everybody whom it names and does not know, and for no word that looks like one', async () => {
    const { people, client, info } = setUp();
    const record = makeRecord({
      incident: makeIncident({
        declaredBy: 'U01',
        leadId: 'W02',
        regions: ['USA', 'UKRAINE'],
        services: ['WAF'],
        title: 'UPSTREAM <@U12>',
      }),
      entries: [
        makeEntry(1, '12:00', {
          authorId: 'U03',
          capturedBy: 'U04',
          text: 'as <@U05|eve> said "UNKNOWN", <@U01> &lt;@U99&gt;',
        }),
        makeEntry(2, '12:01', { authorId: null, capturedBy: 'debrief', text: 'x' }),
      ],
      marks: [makeMark('detected', 1, { markedBy: 'U06' })],
      actions: [makeAction(1, { ownerId: 'U07', text: 'with <@U08>' })],
      activity: [{ at: 0, by: 'U09', text: 'Lead <@U10>' }],
      people: { U06: 'frank' },
    });
    await people.learn(client, record);
    const asked = info.mock.calls.map(([{ user }]) => user);
    expect(asked.sort()).toEqual(['U01', 'U03', 'U04', 'U05', 'U07', 'U08', 'U09', 'U10', 'U12', 'W02']);
  });

  it('goes on when Slack does not know one', async () => {
    const { people, client, info, rows } = setUp();
    info.mockRejectedValueOnce(new Error('user_not_found'));
    await people.learn(client, makeRecord({ incident: makeIncident({ declaredBy: 'U01', leadId: 'U02' }) }));
    expect([...rows.keys()]).toEqual(['T1:U02']);
  });

  /** A record that mentions so many people who do not exist, after the one who declared. */
  const crowd = (count: number) => {
    const text = Array.from({ length: count }, (_, i) => `<@U0${1000 + i}>`).join(' ');
    return makeRecord({
      incident: makeIncident({ declaredBy: 'U01', leadId: null }),
      entries: [makeEntry(1, '12:00', { authorId: null, capturedBy: 'debrief', text })],
    });
  };
  const unless = (known: string[], code: string) => async (asked: { user: string }) => {
    if (!known.includes(asked.user)) throw new WebAPIPlatformError({ ok: false, error: code });
    return { user: { id: asked.user } };
  };

  it('asks for fifty at once, for those first who did something, and for nobody twice a day whom Slack does not know', async () => {
    const { people, client, info, log, rows } = setUp();
    info.mockImplementation(unless(['U01'], 'user_not_found'));
    await people.learn(client, crowd(10_000));
    expect(info).toHaveBeenCalledTimes(50);
    expect(info.mock.calls[0]).toEqual([{ user: 'U01' }]);
    expect([...rows.keys()]).toEqual(['T1:U01']);
    expect(log.lines).toMatchObject([{ asked: 50, failed: { user_not_found: 49 } }]);
    const few = { ...crowd(60), people: { U01: 'ana' } };
    await people.learn(client, few);
    expect(info, 'the eleven that are left').toHaveBeenCalledTimes(61);
    await people.learn(client, few);
    expect(info).toHaveBeenCalledTimes(61);
    vi.setSystemTime(NOW + DAY);
    await people.learn(client, few);
    expect(info).toHaveBeenCalledTimes(111);
  });

  it('stops when Slack says that it is too much', async () => {
    const { people, client, info, log } = setUp();
    info.mockImplementation(unless(['U01'], 'ratelimited'));
    await people.learn(client, crowd(20));
    expect(info).toHaveBeenCalledTimes(2);
    expect(log.lines).toMatchObject([{ asked: 2, failed: { ratelimited: 1 } }]);
    await people.learn(client, crowd(20));
    expect(info.mock.calls.at(-1), 'asked again').toEqual([{ user: 'U01000' }]);
  });

  it('takes ten seconds at most where Slack does not answer', async () => {
    const { people, client, info, log } = setUp();
    info.mockImplementation(() => new Promise(() => undefined));
    const learnt = people.learn(client, crowd(100));
    await vi.advanceTimersByTimeAsync(10_000);
    await learnt;
    expect(info).toHaveBeenCalledTimes(10);
    expect(log.lines).toMatchObject([{ asked: 10, failed: { 'no answer': 10 } }]);
  });
});
