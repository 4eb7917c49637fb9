import { expect, it } from 'vitest';
import { learnMembers } from '../../src/slack/steps/members.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { makeIncident } from '../postmortem/makers.ts';

it('the list of a channel’s members counts from a minute before it was asked for, and more than what was known', async () => {
  const incident = makeIncident({ channelId: 'C1', private: true });
  const known = [{ userId: 'U1ANA', eventTs: '999.000000' }];
  const done: unknown[] = [];
  const tx = {
    incident: async () => incident,
    membersKnown: async () => {
      done.push('known');
      return known;
    },
    setMembers: async (...kept: unknown[]) => void done.push(kept),
  };
  const members = async () => {
    done.push('asked');
    return { members: ['U1ANA', 'U2BEN'] };
  };
  const deps = {
    client: { conversations: { members } },
    store: { transaction: (work: (one: object) => unknown) => work(tx) },
    clock: { now: () => 1_000_000 },
  } as unknown as StepDeps;
  await learnMembers(deps, { incidentId: incident.id } as unknown as Step<'members'>);
  expect(done).toEqual(['known', 'asked', [incident.teamId, 'C1', ['U1ANA', 'U2BEN'], '940.000000', known]]);
});
