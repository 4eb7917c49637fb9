import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { invite } from '../../src/slack/steps/channel.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { makeIncident } from '../postmortem/makers.ts';

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

/** What is kept, and a Slack that throws `fails[channel]` for what is posted there, `fails.invite` for invitations. */
function setUp(fails: Record<string, Error>) {
  const incident = makeIncident({ channelId: 'C1' });
  const posted: { channel: string; text: string; thread_ts?: string }[] = [];
  const client = {
    conversations: {
      invite: async () => {
        if (fails.invite) throw fails.invite;
        return { ok: true };
      },
    },
    chat: {
      postMessage: async (message: { channel: string; text: string }) => {
        const failure = fails[message.channel];
        if (failure) throw failure;
        posted.push(message);
        return { ts: `${posted.length}.0` };
      },
    },
  };
  const tx = { incident: async () => incident };
  const deps = {
    client,
    store: { transaction: (work: (one: object) => unknown) => work(tx) },
    clock: { now: () => Date.parse('2026-03-10T18:00:00Z') },
  } as unknown as StepDeps;
  const step = <Kind extends Step['delivery']['kind']>(delivery: { kind: Kind } & object) =>
    ({
      id: 1n,
      incidentId: incident.id,
      delivery,
      unsureSince: null,
      write: <T>(call: () => Promise<T>) => call(),
    }) as unknown as Step<Kind>;
  return { deps, step, posted };
}

describe('an invitation', () => {
  const invitation = { kind: 'invite' as const, userId: 'U7DAN' };

  it.each(['cant_invite', 'user_is_ultra_restricted', 'missing_scope'])(
    'that Slack refuses (%s) is told to the channel, with what to do',
    async (code) => {
      const { deps, step, posted } = setUp({ invite: refused(code) });
      expect(await invite(deps, step(invitation))).toEqual({ code });
      expect(posted).toHaveLength(1);
      expect(posted[0]).toMatchObject({ channel: 'C1' });
      expect(posted[0]?.text).toMatch(/did not let me invite <@U7DAN>.*Invite them by hand/);
      expect(posted[0]?.text).toContain(`\`${code}\``);
    },
  );

  it('of somebody who is there is nothing to tell', async () => {
    const { deps, step, posted } = setUp({ invite: refused('already_in_channel') });
    expect(await invite(deps, step(invitation))).toEqual({ code: 'already_in_channel' });
    expect(posted).toEqual([]);
  });

  it.each([refused('token_revoked'), refused('ratelimited'), new WebAPIRequestError(new Error('reset'))])(
    'that comes later after all is told to nobody: %s',
    async (error) => {
      const { deps, step, posted } = setUp({ invite: error });
      await expect(invite(deps, step(invitation))).rejects.toBe(error);
      expect(posted).toEqual([]);
    },
  );
});
