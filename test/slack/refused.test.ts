import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import type { SourceMessage } from '../../src/incident/types.ts';
import { deliver } from '../../src/slack/delivery.ts';
import { announce } from '../../src/slack/steps/announcement.ts';
import { invite, showHeadline } from '../../src/slack/steps/channel.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { postUpdate } from '../../src/slack/steps/updates.ts';
import type { Delivery } from '../../src/usecases/types.ts';
import { makeAction, makeIncident, makeRecord } from '../postmortem/makers.ts';

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

/**
 * What is kept, and a Slack that throws `fails[id]` for what is posted in that channel or sent to that person,
 * `fails.invite` for invitations.
 */
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
      open: async ({ users }: { users: string }) => {
        if (fails[users]) throw fails[users];
        return { channel: { id: users } };
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
  const record = makeRecord({ incident, actions: [1, 2].map((n) => makeAction(n, { ownerId: 'U9GONE' })) });
  const review = {
    ...{ id: 'review-1', round: 1, reviewerId: 'U2BEN', askedBy: 'U9GONE', askedAt: 0, message: '' },
    ...{ version: 1, posted: null, ended: null, answer: { kind: 'approved', comment: '', at: 0 } },
  };
  const template = { zone: null, order: [], hidden: [], guidance: {} };
  const draft = { record, edits: [], dismissals: [], template, reviews: [review], version: 1, canvas: null };
  const tx = {
    incident: async () => incident,
    record: async () => record,
    postmortem: async () => ({ id: 'draft-1', state: 'draft', ...draft }),
    isOutsider: async () => false,
    isBot: async () => false,
    isMember: async () => true,
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
    people: { actor: async () => null },
    pageUrl: () => null,
    personalUrl: () => 'https://debrief.example.com/own',
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

describe('what one person or another channel is to get', () => {
  const link = (to: string): Delivery => ({ kind: 'draft-link', version: 1, to, note: null });
  const toThem: [what: RegExp, delivery: Delivery][] = [
    [/the draft of the postmortem/, link('U9GONE')],
    [/the reminder of action item 2/, { kind: 'action-reminder', number: 2 }],
    [/what is left to do \(action items 1, 2\)/, { kind: 'follow-up', to: 'U9GONE' }],
    [
      /the reminder that the postmortem waits/,
      { kind: 'draft-rests', to: 'U9GONE', requestId: null, last: false },
    ],
    [/what became of the review/, { kind: 'review-told', requestId: 'review-1', to: 'U9GONE' }],
  ];

  it.each(toThem)(
    'and Slack refuses (%s) is told to the incident’s channel, once',
    async (what, delivery) => {
      const code = 'user_disabled';
      const { deps, step, posted } = setUp({ U9GONE: refused(code) }, null, { private: true });
      await expect(deliver(deps, step(delivery))).rejects.toThrow(code);
      expect(posted).toMatchObject([{ channel: 'C1' }]);
      expect(posted[0]?.text).toMatch(what);
      expect(posted[0]?.text).toMatch(/let me send <@U9GONE> .* \(`user_disabled`\)\. Tell them another way/);
    },
  );

  it('and Slack takes is nothing to tell', async () => {
    for (const [, delivery] of toThem) {
      const { deps, step, posted } = setUp({});
      await deliver(deps, step(delivery));
      expect(posted).toMatchObject([{ channel: 'U9GONE' }]);
    }
  });

  it('of a manager’s channel that the bot is not in, says what helps', async () => {
    const { deps, step, posted } = setUp({ C0BOSSES: refused('channel_not_found') });
    await expect(deliver(deps, step(link('C0BOSSES')))).rejects.toThrow('channel_not_found');
    expect(posted).toMatchObject([{ channel: 'C1' }]);
    expect(posted[0]?.text).toMatch(/post the draft of the postmortem in <#C0BOSSES>.*Invite me there/);
  });

  it('and comes later after all is told to nobody, nor is what that channel itself refuses', async () => {
    const busy = setUp({ U9GONE: refused('service_unavailable') });
    await expect(deliver(busy.deps, busy.step(link('U9GONE')))).rejects.toThrow('service_unavailable');
    expect(busy.posted).toEqual([]);
    let tries = 0;
    const { deps, step } = setUp({ C1: refused('is_archived') });
    const write = <T>(call: () => Promise<T>) => {
      tries++;
      return call();
    };
    await expect(deliver(deps, { ...step(link('C1')), write })).rejects.toThrow('is_archived');
    expect(tries).toBe(1);
  });

  it('and that channel does not take either stays as it was refused first', async () => {
    const { deps, step, posted } = setUp({ U9GONE: refused('user_disabled'), C1: refused('is_archived') });
    await expect(deliver(deps, step(link('U9GONE')))).rejects.toThrow('user_disabled');
    expect(posted).toEqual([]);
  });

  it('is told later where Slack is busy at that', async () => {
    const { deps, step } = setUp({ U9GONE: refused('user_disabled'), C1: refused('ratelimited') });
    await expect(deliver(deps, step(link('U9GONE')))).rejects.toThrow('ratelimited');
  });
});
