import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import type { SourceMessage } from '../../src/incident/types.ts';
import { announce } from '../../src/slack/steps/announcement.ts';
import { invite, showHeadline } from '../../src/slack/steps/channel.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { postUpdate } from '../../src/slack/steps/updates.ts';
import { makeIncident, makeRecord } from '../postmortem/makers.ts';

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

/** What is kept, and a Slack that throws `fails[channel]` for what is posted there, `fails.invite` for invitations. */
function setUp(fails: Record<string, Error>, announced: SourceMessage | null = null, over: object = {}) {
  const incident = makeIncident({ channelId: 'C1', private: false, test: false, ...over });
  const updated: string[] = [];
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
      update: async ({ channel }: { channel: string }) => {
        const failure = fails[`update ${channel}`];
        if (failure) throw failure;
        updated.push(channel);
        return {};
      },
    },
  };
  const update = { number: 2, text: 'A fix is tested', impact: '', by: 'U1ANA', at: 0, nextBy: null };
  const tx = {
    incident: async () => incident,
    record: async () => makeRecord({ incident }),
    settings: async () => ({ settings: { ...DEFAULT_SETTINGS, announceChannel: 'C0NEWS' } }),
    announced: async () => announced,
    setAnnounced: async () => {},
    update: async () => update,
    draft: async () => null,
    refreshHomes: async () => {},
  };
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
  return { deps, step, posted, updated };
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

describe('an announcement that Slack lets us change no more', () => {
  it.each(['is_inactive', 'cant_update_message', 'edit_window_closed', 'message_not_found'])(
    '(%s) leaves the incident’s own headline as it should be',
    async (code) => {
      const { deps, step, updated } = setUp(
        { 'update C0NEWS': refused(code) },
        { channelId: 'C0NEWS', ts: '1.1' },
        { headlineTs: '2.2' },
      );
      expect(await showHeadline(deps, step({ kind: 'headline' as const }))).toEqual({ ts: '2.2' });
      expect(updated).toEqual(['C1']);
    },
  );

  it('is changed later where Slack is busy', async () => {
    const busy = refused('service_unavailable');
    const { deps, step } = setUp(
      { 'update C0NEWS': busy },
      { channelId: 'C0NEWS', ts: '1.1' },
      { headlineTs: '2.2' },
    );
    await expect(showHeadline(deps, step({ kind: 'headline' as const }))).rejects.toBe(busy);
  });
});

describe('what stakeholders are to be told', () => {
  const delivery = { kind: 'update' as const, updateId: 'update-1' };

  it.each([
    ['not_in_channel', /I am not in it\. Invite me there/],
    ['is_archived', /it is archived/],
    ['msg_blocks_odd', /admin of the workspace may know why/],
  ])('and Slack refuses (%s) is told to the incident’s channel, with what helps', async (code, help) => {
    const { deps, step, posted } = setUp({ C0NEWS: refused(code) });
    expect(await announce(deps, step({ kind: 'announce' as const }))).toEqual({ skipped: code });
    expect(posted).toMatchObject([{ channel: 'C1' }]);
    expect(posted[0]?.text).toContain(`post the announcement in <#C0NEWS> (\`${code}\`)`);
    expect(posted[0]?.text).toMatch(help);
    expect(posted[0]?.text).toContain('The next `/incident update` tries again');
  });

  it('in the thread of the announcement, too; an update whose announcement is refused says one thing', async () => {
    const there = setUp({ C0NEWS: refused('is_archived') }, { channelId: 'C0NEWS', ts: '1.1' });
    expect(await postUpdate(there.deps, there.step(delivery))).toEqual({ skipped: 'is_archived' });
    expect(there.posted.map(({ text }) => text)).toEqual([
      expect.stringContaining('post update 2 in <#C0NEWS>'),
    ]);
    const none = setUp({ C0NEWS: refused('not_in_channel') });
    expect(await postUpdate(none.deps, none.step(delivery))).toEqual({ skipped: 'not_in_channel' });
    expect(none.posted).toHaveLength(1);
  });

  it('goes there where Slack takes it, and later where Slack is busy', async () => {
    const { deps, step, posted } = setUp({});
    await postUpdate(deps, step(delivery));
    expect(posted.map(({ channel, thread_ts }) => [channel, thread_ts])).toEqual([
      ['C0NEWS', undefined],
      ['C0NEWS', '1.0'],
    ]);
    const busy = setUp({ C0NEWS: refused('service_unavailable') });
    await expect(announce(busy.deps, busy.step({ kind: 'announce' as const }))).rejects.toThrow();
    expect(busy.posted).toEqual([]);
  });
});
