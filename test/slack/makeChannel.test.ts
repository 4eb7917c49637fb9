import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { channelName } from '../../src/incident/channelName.ts';
import { makeChannel } from '../../src/slack/steps/channel.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { makeIncident } from '../postmortem/makers.ts';

const TRIED = Date.parse('2026-03-10T12:00:00Z');

interface Known {
  id: string;
  name: string;
  creator: string;
  created: number;
  is_private: boolean;
}

const ours = (name: string, over: Partial<Known> = {}): Known => ({
  id: `C-${name}`,
  name,
  creator: 'UBOT',
  created: TRIED / 1000 + 1,
  is_private: false,
  ...over,
});

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

/** A Slack that gives two channels a page and, where `pagesBeforeLimit` is given, so many pages before it says 429. */
function setUp(there: Known[], pagesBeforeLimit = Number.POSITIVE_INFINITY, over = {}) {
  const incident = makeIncident({ channelId: null, title: 'Sign-in fails', ...over });
  const slack = { channels: there, loseAnswer: false, refuse: null as Error | null };
  const asked: (string | undefined)[] = [];
  let left = pagesBeforeLimit;
  const client = {
    users: {
      conversations: async ({ cursor, types }: { cursor?: string; types: string }) => {
        if (slack.refuse) throw slack.refuse;
        if (left === 0) {
          left = pagesBeforeLimit;
          throw new WebAPIRateLimitedError(30);
        }
        left--;
        asked.push(cursor);
        const kind = slack.channels.filter((one) => one.is_private === (types === 'private_channel'));
        const start = Number(cursor ?? 0);
        const next = start + 2 < kind.length ? String(start + 2) : '';
        return { channels: kind.slice(start, start + 2), response_metadata: { next_cursor: next } };
      },
    },
    conversations: {
      create: async ({ name, is_private }: { name: string; is_private: boolean }) => {
        if (slack.channels.some((one) => one.name === name)) throw refused('name_taken');
        const made = ours(name, { is_private });
        slack.channels.push(made);
        if (slack.loseAnswer) throw new WebAPIRequestError(new Error('socket hang up'));
        return { channel: made };
      },
    },
  };
  const tx = {
    incident: async () => incident,
    updateIncident: async (_id: string, patch: object) => void Object.assign(incident, patch),
  };
  const deps = {
    client,
    self: { botId: 'B1', userId: 'UBOT' },
    store: { transaction: (work: (one: object) => unknown) => work(tx) },
  } as unknown as StepDeps;
  const step = {
    id: 1n,
    incidentId: incident.id,
    delivery: { kind: 'channel' },
    unsureSince: null,
    looked: null,
    write: <T>(call: () => Promise<T>) => call(),
  } as unknown as Step<'channel'>;
  return { incident, slack, asked, step, make: () => makeChannel(deps, step) };
}

describe('the channel of a try whose answer was lost', () => {
  it('is taken over though the title is another by now', async () => {
    const { incident, slack, step, make } = setUp([]);
    slack.loseAnswer = true;
    await expect(make()).rejects.toThrow();
    slack.loseAnswer = false;
    step.unsureSince = TRIED;
    incident.title = 'sev2 Sign-in fails for all';
    expect(await make()).toEqual({ channel: 'C-inc-42-sign-in-fails' });
    expect(slack.channels).toHaveLength(1);
    expect(incident).toMatchObject({
      channelId: 'C-inc-42-sign-in-fails',
      channelName: 'inc-42-sign-in-fails',
    });
  });

  it('is found on the last of many pages, however often Slack ends the look', async () => {
    const others = Array.from({ length: 19 }, (_, n) => ours(`team-${n}`));
    const { slack, asked, step, make } = setUp([...others, ours('inc-42-sign-in-fails')], 3);
    step.unsureSince = TRIED;
    for (const _ of [1, 2, 3]) await expect(make()).rejects.toThrow(WebAPIRateLimitedError);
    expect(await make()).toEqual({ channel: 'C-inc-42-sign-in-fails' });
    // No page was read twice.
    expect(asked).toEqual([undefined, ...Array.from({ length: 9 }, (_, n) => String(2 * n + 2))]);
    expect(slack.channels).toHaveLength(20);
  });

  it('is found where a title left nothing of a name', async () => {
    const name = channelName(42, '障害');
    const { step, make } = setUp([ours(name)]);
    step.unsureSince = TRIED;
    expect(await make()).toEqual({ channel: `C-${name}` });
  });

  it.each<[string, Known, object?]>([
    ['another’s number', ours('inc-421-sign-in-fails')],
    ['a person’s', ours('inc-42-war-room', { creator: 'U1ANA' })],
    ['an old one', ours('inc-42-old', { created: TRIED / 1000 - 3600 })],
    ['one that everybody sees, of a private incident', ours('inc-42-seen'), { private: true }],
  ])('is not %s', async (_, there, over = {}) => {
    const { step, make } = setUp([there], undefined, over);
    step.unsureSince = TRIED;
    expect(await make()).toEqual({ channel: 'C-inc-42-sign-in-fails' });
  });

  it('is not looked for at the first try, and may come twice where Slack does not let us look', async () => {
    const first = setUp([]);
    await first.make();
    expect(first.asked).toEqual([]);
    const taken = setUp([ours('inc-42-sign-in-fails')]);
    expect(await taken.make()).toEqual({ channel: 'C-inc-42-sign-in-fails-2' });
    const blind = setUp([ours('inc-42-sign-in-fails')]);
    blind.slack.refuse = refused('missing_scope');
    blind.step.unsureSince = TRIED;
    expect(await blind.make()).toEqual({ channel: 'C-inc-42-sign-in-fails-2' });
  });
});

it('is given up with Slack’s own word where every name is taken', async () => {
  const names = Array.from({ length: 10 }, (_, n) => channelName(42, 'Sign-in fails', n));
  const { make } = setUp(names.map((name) => ours(name, { creator: 'U1ANA' })));
  await expect(make()).rejects.toMatchObject({ data: { error: 'name_taken' } });
});
