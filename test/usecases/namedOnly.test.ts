import type { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/incident/settings.ts';
import { deliver } from '../../src/slack/delivery.ts';
import { createPeople, type SlackProfile } from '../../src/slack/people.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { makeDraft } from '../../src/usecases/makeDraft.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { keptLog } from '../slack/fakes.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld, stepOf } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
let teams = 0;

/** Declares and drafts in a workspace whose owner and manager never wrote to the bot; gives who got which message. */
async function told(profile: SlackProfile, outsiders: Settings['outsiders']): Promise<string[]> {
  const teamId = `T${++teams}NAMED`;
  const ana = world.person('U1ANA', 'UTC', teamId);
  const settings = {
    ...DEFAULT_SETTINGS,
    outsiders,
    managers: ['U6BOSS'],
    serviceOwners: { Checkout: ['U2OWNER'] },
  };
  await ana(({ tx, now }) => tx.saveSettings(teamId, 'U1ANA', now, settings, 0));
  const { id: incidentId } = await declared(ana, { services: ['Checkout'] });
  await ana((scope) => requestDraft(scope, { ref: { id: incidentId } }));
  const draft = await database.prisma.outbox.findFirstOrThrow({ where: { lane: incidentId, kind: 'draft' } });
  const bot = world.person('debrief', null, teamId);
  await bot((scope) => makeDraft(scope, { incidentId, outboxId: draft.id, reason: 'asked for' }));

  const got: string[] = [];
  const members = ['U1ANA'];
  const client = {
    users: {
      info: async ({ user }: { user: string }) => ({
        user: { id: user, team_id: teamId, ...(members.includes(user) ? {} : profile) },
      }),
    },
    conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: users } }) },
    chat: {
      postMessage: async (message: { channel: string }) => {
        const own = JSON.stringify(message).includes(`/own/${message.channel}`);
        got.push(`${message.channel}${own ? ', own link' : ''}`);
        return { ok: true, ts: `${got.length}.0` };
      },
    },
  } as unknown as WebClient;
  const deps = {
    ...world,
    client,
    people: createPeople(createPeopleStore(database.prisma), world.clock, keptLog().logger),
    personalUrl: (_: string, userId: string) => `https://debrief.example.com/own/${userId}`,
    pageUrl: () => 'https://debrief.example.com/page',
  } as unknown as StepDeps;
  const kinds = ['subscriber', 'draft-link'];
  const rows = await database.prisma.outbox.findMany({ where: { lane: incidentId, kind: { in: kinds } } });
  for (const { id, kind, payload } of rows) {
    await deliver(deps, stepOf(incidentId, { id, kind, payload }));
  }
  return got.filter((one) => one.startsWith('U')).sort();
}

const LEAD = 'U1ANA, own link';
const ALL = [LEAD, 'U2OWNER', 'U6BOSS, own link'];

describe('who owns a service or is a manager, and never wrote to the bot,', () => {
  it.each<[string, SlackProfile, Settings['outsiders'], string[]]>([
    ['is told as a member', {}, 'notes', ALL],
    ['is not told as a guest', { is_restricted: true }, 'notes', [LEAD]],
    ['is not told as a guest to whom nothing is left', { is_ultra_restricted: true }, 'nothing', [LEAD]],
    ['is not told as somebody of another workspace', { team_id: 'T0ELSE' }, 'notes', [LEAD]],
    ['is told as a guest to whom everything is left', { is_restricted: true }, 'everything', ALL],
    ['is not told once their account has ended', { deleted: true }, 'everything', [LEAD]],
  ])('%s', async (_, profile, outsiders, expected) => {
    expect(await told(profile, outsiders)).toEqual(expected);
  });
});
