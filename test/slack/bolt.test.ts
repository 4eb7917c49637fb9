import { describe, expect, it } from 'vitest';
import { createBoltApp } from '../../src/slack/bolt.ts';
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

/** The real Bolt, as the bot uses it. `authorized`: whether Slack tells us who we are. */
function setUp(authorized = true) {
  const { logger } = keptLog();
  const identity = async () => {
    if (!authorized) throw new Error('auth.test did not answer');
    return { ok: true, bot_id: 'B1', user_id: 'UBOT', team_id: 'T1' };
  };
  const app = createBoltApp({ token: 'xoxb-1', apiUrl: 'http://127.0.0.1:9/api/', identity, logger });
  const { inbox, rows } = fakeInbox();
  const clock = { now: () => 1000 };
  const intake = createIntake({
    app,
    inbox,
    clock,
    logger,
    eventsMissed: async () => {},
    replyLater: async () => {},
  });
  return { app, intake, rows };
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
