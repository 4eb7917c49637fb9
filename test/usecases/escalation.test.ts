import { WebAPIPlatformError } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { deliver } from '../../src/slack/delivery.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { answerNudge } from '../../src/usecases/answerNudge.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { setLead } from '../../src/usecases/setLead.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld, stepOf, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bot = world.person('debrief');

/** The groups that Slack knows; any other is refused with `refusal`. */
let groups: Record<string, string[]> = {};
let refusal = 'no_such_subteam';
/** Whom Slack calls a guest when it is asked. */
const guests = new Set<string>();

beforeEach(() => {
  groups = {};
  guests.clear();
});

/** An incident that nobody leads, with those after the lead just called. */
async function escalated(escalation: string[], over: Parameters<typeof declared>[1] = {}) {
  await world.read(async (tx) => {
    const { version } = await tx.settings(TEAM);
    await tx.saveSettings(TEAM, 'U1ANA', world.clock.now(), { ...DEFAULT_SETTINGS, escalation }, version);
  });
  const incident = await declared(ana, { severity: 'SEV1', ...over });
  await world.read((tx) => tx.setMembers(TEAM, incident.channelId, ['U1ANA'], '1000.000000'));
  for (const minutes of [5, 10]) {
    world.clock.forward(minutes);
    // What was sent before is nothing of this.
    await work(incident.id);
    await bot((scope) => fireTimers(scope, { incidentId: incident.id }));
  }
  return incident;
}

/** Takes the incident's open nudges and invitations until none is left: what Slack was asked, in order. */
async function work(incidentId: string): Promise<string[]> {
  const calls: string[] = [];
  let posted = 0;
  const client = {
    conversations: {
      open: async ({ users }: { users: string }) => {
        if (users === 'U8GONE') throw new WebAPIPlatformError({ ok: false, error: 'messages_tab_disabled' });
        return { channel: { id: users } };
      },
      invite: async ({ users }: { users: string }) => void calls.push(`invite ${users}`),
    },
    chat: {
      postMessage: async ({ channel, text }: Record<string, string>) => {
        calls.push(`${channel}: ${text}`);
        return { ts: `${++posted}.0` };
      },
      update: async ({ channel, text }: Record<string, string>) => void calls.push(`${channel} now: ${text}`),
    },
    usergroups: {
      users: {
        list: async ({ usergroup }: { usergroup: string }) => {
          const users = groups[usergroup];
          if (!users) throw new WebAPIPlatformError({ ok: false, error: refusal });
          return { ok: true, users };
        },
      },
    },
  };
  const people = {
    async actor(_: unknown, team: string, id: string) {
      const profile = { name: id, zone: null, outsider: guests.has(id) };
      await createPeopleStore(database.prisma).put(team, id, profile, world.clock.now());
    },
  };
  const deps = { ...world, client, people, self: { userId: 'UBOT', botId: 'BBOT' } } as unknown as StepDeps;
  while (true) {
    const [row] = await database.sql<{ id: string; kind: string; payload: object }>(
      `UPDATE "Outbox" SET "doneAt" = now() WHERE id = (SELECT min(id) FROM "Outbox" WHERE lane = $1
       AND kind IN ('nudge', 'invite') AND "doneAt" IS NULL) RETURNING id, kind, payload`,
      [incidentId],
    );
    if (!row) return calls;
    await deliver(deps, stepOf(incidentId, row));
  }
}

const to = (calls: string[]) => calls.map((one) => one.split(':')[0]);

describe('those after the lead', () => {
  it('are invited and told by direct message, before the channel is', async () => {
    const { id, channelId, number } = await escalated(['U2DANA', 'U3EVE']);
    const calls = await work(id);
    expect(to(calls)).toEqual(['invite U2DANA', 'U2DANA', 'invite U3EVE', 'U3EVE', channelId]);
    expect(calls[1]).toMatch(new RegExp(`escalation contact.*INC-${number}.*<#${channelId}>`));
    expect(calls[1]).toContain('Nobody leads yet');
    expect(calls[4]).toContain('<@U2DANA> <@U3EVE>');
  });

  it('are members of user groups too, each once, thirty at most', async () => {
    groups = { S1ONCALL: ['U2DANA', 'U4FAY'], S2ALL: Array.from({ length: 40 }, (_, n) => `U9N${n}`) };
    const { id, channelId } = await escalated(['U2DANA', 'S1ONCALL', 'S2ALL']);
    const calls = await work(id);
    expect(to(calls).slice(0, 5)).toEqual(['invite U2DANA', 'U2DANA', channelId, 'invite U4FAY', 'U4FAY']);
    expect(to(calls).filter((one) => /^U/.test(one ?? ''))).toHaveLength(30);
    expect(calls[2]).toMatch(/<!subteam\^S1ONCALL>[\s\S]*12 more of the user group are not called/);
  });

  it('of a group are asked of Slack first, and its guests are neither invited nor told', async () => {
    groups = { S1ONCALL: ['U5GUEST', 'U4FAY'] };
    guests.add('U5GUEST');
    const { id, channelId } = await escalated(['S1ONCALL']);
    const calls = await work(id);
    expect(to(calls)).toEqual([channelId, 'invite U4FAY', 'U4FAY']);
    expect(calls[0]).toContain('I may not call <@U5GUEST> here: invite them.');
  });

  it('are called once, though the step that asked Slack runs again', async () => {
    groups = { S1ONCALL: ['U4FAY'] };
    const { id } = await escalated(['S1ONCALL']);
    const first = await work(id);
    await database.sql(
      `UPDATE "Nudge" SET "messageTs" = NULL WHERE "incidentId" = $1 AND "to" LIKE 'C%' AND stage = 'escalation'`,
      [id],
    );
    await database.sql(
      `UPDATE "Outbox" SET "doneAt" = NULL WHERE lane = $1 AND kind = 'nudge' AND id = (SELECT max(id) FROM "Outbox"
       WHERE lane = $1 AND kind = 'nudge' AND payload->>'nudgeId' IN
       (SELECT n.id::text FROM "Nudge" n WHERE n."to" LIKE 'C%' AND n.stage = 'escalation'))`,
      [id],
    );
    const second = await work(id);
    expect(to([...first, ...second]).filter((one) => one === 'U4FAY')).toHaveLength(1);
    expect(second).toHaveLength(1);
  });

  it('of whom one has left are told all the same, and the channel hears of that one', async () => {
    const { id, channelId } = await escalated(['U8GONE', 'U3EVE']);
    const calls = await work(id);
    expect(to(calls)).toEqual(['invite U8GONE', channelId, 'invite U3EVE', 'U3EVE', channelId]);
    expect(calls[1]).toMatch(
      /takes no direct message to <@U8GONE>\. Reach them another way.*\n.*Nobody leads yet/,
    );
    // Rendered anew it stays there: it is not tried again, and says what became of it.
    await ana((scope) => setLead(scope, { ref: { id }, userId: 'U1ANA' }));
    const now = await work(id);
    expect(now.filter((one) => one.includes('no direct message'))).toEqual([
      expect.stringMatching(/now: [\s\S]*no longer late/),
    ]);
  });

  it.each([
    ['missing_scope', 'install me again with the scope `usergroups:read`'],
    ['plan_upgrade_required', 'An admin can name people in their place'],
  ])(
    'in a group that Slack does not open (%s) are mentioned, and the message says that it is all',
    async (code, help) => {
      refusal = code;
      const { id, channelId } = await escalated(['S1ONCALL']);
      const calls = await work(id);
      expect(to(calls)).toEqual([channelId]);
      expect(calls[0]).toMatch(/^C\w+: <!subteam\^S1ONCALL>/);
      expect(calls[0]).toContain(`\`${code}\``);
      expect(calls[0]).toContain(help);
    },
  );

  it('learn nothing of a private incident that they may not see, and its channel is told that', async () => {
    groups = { S1ONCALL: ['U1ANA', 'U4FAY'] };
    const { id, channelId } = await escalated(['U2DANA', 'S1ONCALL'], { private: true });
    const calls = await work(id);
    expect(to(calls)).toEqual([channelId, 'U1ANA']);
    expect(calls[0]).toContain('I may not call <@U2DANA> <@U4FAY> here: invite them.');
  });

  it('are left alone by a drill', async () => {
    const { id, channelId } = await escalated(['U2DANA'], { test: true });
    expect(to(await work(id))).toEqual([channelId]);
  });

  it('answer for one another', async () => {
    const { id, channelId } = await escalated(['U2DANA', 'U3EVE']);
    await work(id);
    const nudges = await world.read((tx) => tx.nudges(id));
    const mine = nudges.find((one) => one.to === 'U2DANA')?.id ?? '';
    await world.person('U2DANA')((scope) => answerNudge(scope, { nudgeId: mine, answer: 'dismissed' }));
    const calls = await work(id);
    expect(to(calls).sort()).toEqual([`${channelId} now`, 'U2DANA now', 'U3EVE now']);
    expect(calls.every((one) => one.includes('Dismissed by <@U2DANA>'))).toBe(true);
  });
});
