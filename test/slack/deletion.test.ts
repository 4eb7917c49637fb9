import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { tellDeletion } from '../../src/slack/steps/deletion.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { makeIncident } from '../postmortem/makers.ts';
import { keptLog } from './fakes.ts';

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

/** A closed incident of U2BEN's and U1ANA's in C1, and a Slack that throws `fails[channel]` for what is posted there. */
function setUp(fails: Record<string, Error>, over: Partial<Incident> = {}) {
  const incident = makeIncident({
    channelId: 'C1',
    private: false,
    closedAt: 0,
    leadId: 'U2BEN',
    declaredBy: 'U1ANA',
    ...over,
  });
  const posted: { channel: string; text: string }[] = [];
  const client = {
    conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: `D-${users}` } }) },
    chat: {
      postMessage: async (message: { channel: string; text: string }) => {
        const failure = fails[message.channel];
        if (failure) throw failure;
        posted.push(message);
        return { ts: `${posted.length}.0` };
      },
    },
  };
  const tx = {
    incident: async () => incident,
    announced: async () => null,
    draft: async () => null,
    settings: async () => ({ settings: {} }),
    isOutsider: async () => false,
    isGone: async () => false,
    isBot: async () => false,
  };
  const log = keptLog();
  const deps = {
    client,
    store: { transaction: (work: (one: object) => unknown) => work(tx) },
    logger: log.logger,
    people: { actor: async () => null },
  } as unknown as StepDeps;
  const step = {
    id: 1n,
    incidentId: incident.id,
    delivery: { kind: 'deletion-notice', at: Date.parse('2026-03-17T18:00:00Z') },
    unsureSince: null,
    write: <T>(call: () => Promise<T>) => call(),
  } as unknown as Step<'deletion-notice'>;
  return { tell: () => tellDeletion(deps, step), posted, log };
}

describe('that an incident is to be deleted', () => {
  const archived = { C1: refused('is_archived') };

  it('is told in its channel', async () => {
    const { tell, posted } = setUp({});
    await tell();
    expect(posted.map(({ channel }) => channel)).toEqual(['C1']);
  });

  it('is told to who led and who declared it where its channel is in the archive', async () => {
    const { tell, posted, log } = setUp(archived);
    expect(await tell()).toEqual({ code: 'is_archived', told: ['U2BEN', 'U1ANA'] });
    expect(posted.map(({ channel }) => channel)).toEqual(['D-U2BEN', 'D-U1ANA']);
    expect(posted[0]?.text).toContain('What stands in <#C1> stays');
    expect(log.lines).toEqual([]);
  });

  it('is told to the one of them whom Slack lets us tell, and to the log where there is none', async () => {
    const one = setUp({ ...archived, 'D-U2BEN': refused('user_disabled') });
    expect(await one.tell()).toMatchObject({ told: ['U1ANA'] });
    const nobody = setUp({ ...archived, 'D-U1ANA': refused('user_disabled') }, { leadId: null });
    expect(await nobody.tell()).toMatchObject({ told: [] });
    expect(nobody.log.lines).toMatchObject([{ level: 50, code: 'is_archived' }]);
  });

  it('comes later where Slack is busy', async () => {
    const { tell, posted } = setUp({ C1: refused('internal_error') });
    await expect(tell()).rejects.toThrow();
    expect(posted).toEqual([]);
  });
});
