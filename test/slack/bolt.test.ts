import { describe, expect, it } from 'vitest';
import { createBoltApp, createClient } from '../../src/slack/bolt.ts';
import { NotInstalled } from '../../src/slack/connections.ts';
import { createIntake } from '../../src/slack/intake.ts';
import { fakeInbox, keptLog } from './fakes.ts';

const reaction = {
  type: 'event_callback',
  team_id: 'T1',
  event: {
    type: 'reaction_added',
    user: 'U1',
    reaction: 'pushpin',
    item: { type: 'message', channel: 'C1', ts: '1.1' },
    event_ts: '2.2',
  },
};
const command = { command: '/incident', text: 'note Rolled back', team_id: 'T1', user_id: 'U1' };

/** The real Bolt, as the bot uses it, installed in T1. `authorized`: whether Slack tells us who we are. */
function setUp(authorized = true) {
  const log = keptLog();
  const { logger } = log;
  const apiUrl = 'http://127.0.0.1:9/api/';
  const connections = {
    async of(teamId: string) {
      if (!authorized) throw new Error('auth.test did not answer');
      if (teamId !== 'T1') throw new NotInstalled(teamId);
      return { client: createClient('xoxb-1', apiUrl, logger), self: { botId: 'B1', userId: 'UBOT' } };
    },
  };
  const app = createBoltApp({ apiUrl, connections, logger });
  const { inbox, rows } = fakeInbox();
  const clock = { now: () => 1000 };
  const intake = createIntake({
    app,
    inbox,
    clock,
    logger,
    eventsMissed: async () => {},
    replyLater: async () => {},
    tell: async () => {},
  });
  return { app, intake, rows, log };
}

// Bolt 5.1 by itself would lose these, or say that all is well.
describe('Bolt', () => {
  it('acks an event before its listener runs: one that throws then leaves its row open', async () => {
    const { app, intake, rows } = setUp();
    app.event('reaction_added', async () => {
      throw new Error('the use case broke');
    });
    expect(await intake.deliver(reaction)).toEqual({ status: 200, answer: '' });
    await intake.drain();
    expect(rows).toMatchObject([{ done: false, error: 'Error: the use case broke' }]);
  });

  it('answers 200 where an error handler returns: a failed authorize comes out of ours', async () => {
    const { intake, rows } = setUp(false);
    await intake.deliver(reaction);
    await intake.drain();
    expect(rows).toMatchObject([{ done: false, error: expect.stringContaining('auth.test did not answer') }]);
  });

  it('leaves a command that throws before its ack without an answer: ours says that nothing is stored', async () => {
    const { app, intake, rows } = setUp();
    app.command('/incident', async () => {
      throw new Error('the use case broke');
    });
    const { status, answer } = await intake.deliver(command);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ text: expect.stringContaining('/incident note Rolled back') });
    expect(rows).toMatchObject([{ done: true, error: 'Error: the use case broke' }]);
  });

  it('does not wait for listeners when it stops: the intake does', async () => {
    const { app, intake, rows } = setUp();
    const ended: string[] = [];
    app.event('reaction_added', async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ended.push('listener');
    });
    await intake.deliver(reaction);
    await intake.drain();
    expect(ended).toEqual(['listener']);
    expect(rows).toMatchObject([{ done: true }]);
  });
});

describe('a workspace that has not installed the app', () => {
  const other = { ...command, team_id: 'T2' };

  it('is denied in words, and its listener is not run', async () => {
    const { app, intake, rows, log } = setUp();
    const ran: string[] = [];
    app.command('/incident', async ({ command }) => void ran.push(command.team_id));
    const { status, answer } = await intake.deliver(other);
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringMatching(/has not installed Debrief[\s\S]*\/incident note Rolled back/),
    });
    expect(ran).toEqual([]);
    expect(rows).toMatchObject([{ done: true }]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ teamId: 'T2', msg: expect.stringMatching(/^denied/) }),
    );
    expect(log.text()).not.toContain('Rolled back');
  });

  it('sends an event for nothing: Slack is answered, and nothing is tried again', async () => {
    const { intake, rows } = setUp();
    expect(await intake.deliver({ ...reaction, team_id: 'T2' })).toEqual({ status: 200, answer: '' });
    await intake.drain();
    expect(rows).toMatchObject([{ done: true }]);
  });
});

it('of a channel that workspaces share, the one that installed the app is meant', async () => {
  const { app, intake } = setUp();
  const teams: string[] = [];
  app.event('reaction_added', async ({ body }) => void teams.push(body.team_id));
  await intake.deliver({ ...reaction, team_id: 'T2', authorizations: [{ team_id: 'T1' }] });
  await intake.drain();
  expect(teams).toEqual(['T1']);
});

it.each([
  ['a reaction', { ...reaction.event, item: { type: 'message', channel: 'C0SHARED', ts: '1.1' } }],
  ['a member', { type: 'member_joined_channel', user: 'U1', channel: 'C0SHARED', event_ts: '2.2' }],
  ['a rename', { type: 'channel_rename', channel: { id: 'C0SHARED', name: 'new' }, event_ts: '2.2' }],
  ['a pin', { type: 'pin_added', user: 'U1', channel_id: 'C0SHARED', item: {}, event_ts: '2.2' }],
])('%s in a shared channel is theirs whose incident has it, whom of them Slack names', async (_, event) => {
  const { app, intake, rows } = setUp();
  const teams: (string | undefined)[] = [];
  app.event(event.type, async ({ body, context }) => void teams.push(body.team_id, context.teamId));
  const named = (team: string) => ({ team_id: 'T3', authorizations: [{ team_id: team }], event });
  for (const team of ['T2', 'T1']) {
    await intake.deliver({ ...reaction, ...named(team), event_id: 'Ev1', is_ext_shared_channel: true });
    await intake.drain();
  }
  expect(teams).toEqual(['T1', 'T1']);
  expect(rows).toHaveLength(1);
  // Where no incident has the channel, Slack's word counts.
  const elsewhere = { ...reaction, team_id: 'T1', is_ext_shared_channel: true };
  expect(await intake.deliver(elsewhere)).toEqual({ status: 200, answer: '' });
});
