import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, it, vi } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { buildPostmortem } from '../../src/postmortem/postmortem.ts';
import { deliver } from '../../src/slack/delivery.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';
import { editSection } from '../../src/usecases/editSection.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { redraft } from '../../src/usecases/makeDraft.ts';
import { postAgain } from '../../src/usecases/publish.ts';
import { setRegions, setServices } from '../../src/usecases/setNames.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import { createLinks } from '../../src/web/links.ts';
import { useDatabase } from '../support/database.ts';
import { type Acting, makeWorld, noted, opened, refused, stepOf } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const links = createLinks('https://debrief.example.com', 'a secret of more than 32 characters', 7);
const MINUTE = 60_000;

/** A workspace of its own, in which what is published goes there. */
async function workspace(
  team: string,
  channels: { postmortemChannel?: string; announceChannel?: string } = {},
): Promise<Acting> {
  const ana = world.person('U1ANA', 'UTC', team);
  await ana(async ({ tx, now }) => {
    await opened(ana);
    const { settings, version } = await tx.settings(team);
    await tx.saveSettings(team, 'U1ANA', now, { ...settings, ...channels }, version);
  });
  return ana;
}

/** An incident of an hour with its draft. */
async function drafted(ana: Acting, over: Parameters<typeof opened>[1] = {}) {
  const incident = await opened(ana, over);
  await noted(ana, incident, 'Errors', { milestones: ['impact_started'] });
  world.clock.forward(60);
  await noted(ana, incident, 'Rolled back', { milestones: ['resolved'] });
  await ana(async ({ tx, now }) => {
    await tx.updateIncident(incident.id, { status: 'resolved', closedAt: now });
    await tx.writeSection(
      incident.id,
      'U1ANA',
      now,
      'summary',
      'Checkout was <!here> down.\n\nTwo\n\nThree\n\nFour',
    );
    await tx.addDraft(incident.id, now, { markdown: '', data: {}, facts: {} as never, reason: 'resolved' });
  });
  const found = await world.read((tx) => tx.postmortem({ incidentId: incident.id }));
  world.clock.forward(1);
  return { incident, id: found?.id ?? '' };
}

const move = (who: Acting, postmortemId: string, state: 'draft' | 'published') =>
  who((scope) => setPostmortemState(scope, { postmortemId, state }));

/** Slack as far as a post needs it; `refuse`: codes by method and channel. */
function slack(refuse: Record<string, string> = {}) {
  const posted: { channel: string; text: string; thread?: string }[] = [];
  const updated: { channel: string; ts: string; text: string }[] = [];
  const check = (method: string, channel: string) => {
    const error = refuse[`${method} ${channel}`];
    if (error) throw new WebAPIPlatformError({ ok: false, error } as never);
  };
  const blocksText = (blocks: unknown) => JSON.stringify(blocks);
  const client = {
    chat: {
      postMessage: vi.fn(async ({ channel, blocks, thread_ts: thread }: Record<string, string>) => {
        check('post', channel ?? '');
        posted.push({ channel: channel ?? '', text: blocksText(blocks), ...(thread && { thread }) });
        return { ok: true, ts: `${posted.length}.0` };
      }),
      update: vi.fn(async ({ channel, ts, blocks }: Record<string, string>) => {
        check('update', channel ?? '');
        updated.push({ channel: channel ?? '', ts: ts ?? '', text: blocksText(blocks) });
        return { ok: true };
      }),
    },
  };
  const deps = {
    ...world,
    client,
    publishedUrl: (id: string, of: { private: boolean }) => (of.private ? null : links.published(id)),
  } as unknown as StepDeps;
  const done: bigint[] = [];
  /** Takes the incident's open steps of publishing, in order. */
  async function work({ id }: Incident): Promise<void> {
    const rows = await database.sql<{ id: string; kind: string; payload: object }>(
      `SELECT id, kind, payload FROM "Outbox" WHERE lane = $1 AND kind IN ('publish', 'correction') ORDER BY id`,
      [id],
    );
    for (const row of rows) {
      if (done.includes(BigInt(row.id))) continue;
      const step = stepOf(id, row);
      await deliver(deps, step);
      done.push(step.id);
    }
  }
  return { posted, updated, refuse, work };
}

const late = async (ana: Acting, incident: Incident, text: string) => {
  world.clock.forward(10);
  await noted(ana, incident, text);
  await ana((scope) => redraft(scope, { incidentId: incident.id }));
};
const edit = (ana: Acting, postmortemId: string, text: string, seen: number) =>
  ana((scope) => editSection(scope, { postmortemId, section: 'root-cause', text, seen }));
const fire = (ana: Acting, { id }: Incident) => ana((scope) => fireTimers(scope, { incidentId: id }));

describe('where it is posted', () => {
  it.each([
    [
      'T1BOTH',
      { postmortemChannel: 'C0PM', announceChannel: 'C0ALL' },
      {},
      { kind: 'channel', channelId: 'C0PM' },
    ],
    ['T1ALL', { announceChannel: 'C0ALL' }, {}, { kind: 'channel', channelId: 'C0ALL' }],
    ['T1NONE', {}, {}, { kind: 'nowhere' }],
    ['T1SECRET', { postmortemChannel: 'C0PM' }, { private: true }, { kind: 'private' }],
    ['T1DRILL', { postmortemChannel: 'C0PM' }, { test: true }, { kind: 'test' }],
  ])('%s: %j, incident %j', async (team, channels, over, to) => {
    const ana = await workspace(team, channels);
    const { incident, id } = await drafted(ana, over);
    expect((await move(ana, id, 'published')).to).toEqual(to);
    const space = slack();
    await space.work(incident);
    const outside = space.posted.filter(({ channel }) => channel !== incident.channelId);
    expect(outside.map(({ channel }) => channel)).toEqual('channelId' in to ? [to.channelId] : []);
    const here = space.posted.find(({ channel }) => channel === incident.channelId)?.text ?? '';
    expect(here).toMatch(/<@U1ANA> published the postmortem of INC-\d+ as version 2/);
    expect(here).toMatch(
      {
        channel: /It is posted in <#C0(?:PM|ALL)>/,
        nowhere: /no channel is set.*\/incident settings/,
        private: /incident is private.*links of one’s own/,
        test: /incident is a test/,
      }[to.kind as 'channel'],
    );
    expect(here.includes('/postmortems/')).toBe(to.kind !== 'private');
  });
});

describe('the post', () => {
  it('says what happened in short, leads to the page, and nobody is called by it', async () => {
    const ana = await workspace('T2SAID', { postmortemChannel: 'C0PM' });
    const { incident, id } = await drafted(ana, { leadId: 'U5LEAD' });
    await move(ana, id, 'published');
    const space = slack();
    await space.work(incident);
    await space.work(incident);
    const [post] = space.posted.filter(({ channel }) => channel === 'C0PM');
    expect(space.posted).toHaveLength(2);
    expect(post?.text).toMatch(/Impact: \*1 h\* \(2026-\S+ \S+ UTC to 2026-\S+ \S+ UTC\)/);
    expect(post?.text).toContain('led by <@U5LEAD>');
    expect(post?.text).toContain('> Checkout was @here down.\\n> Two\\n> Three …');
    expect(post?.text).toContain('2 timeline lines · no unfinished action items');
    expect(post?.text).toContain(`<${links.published(id)}|Read it>`);
  });

  it.each([
    ['not_in_channel', /I am not in it\. Invite me/],
    ['channel_not_found', /private or gone/],
    ['is_archived', /it is archived/],
    ['team_access_not_granted', /admin of the workspace/],
  ])(
    'that Slack refuses with %s is told in words with the link, and comes by a press',
    async (code, words) => {
      const ana = await workspace(`T3${code.replaceAll('_', '').toUpperCase()}`, {
        postmortemChannel: 'C0PM',
      });
      const { incident, id } = await drafted(ana);
      await move(ana, id, 'published');
      const space = slack({ 'post C0PM': code });
      await space.work(incident);
      expect(space.posted.map(({ channel }) => channel)).toEqual([incident.channelId]);
      expect(space.posted[0]?.text).toMatch(words);
      expect(space.posted[0]?.text).toContain(code);
      expect(space.posted[0]?.text).toMatch(/Read it.*Post it now/);
      delete space.refuse['post C0PM'];
      await ana((scope) => postAgain(scope, { postmortemId: id }));
      await space.work(incident);
      expect(space.posted.slice(1).map(({ channel }) => channel)).toEqual(['C0PM', incident.channelId]);
      await move(ana, id, 'draft');
      expect(await refused(ana((scope) => postAgain(scope, { postmortemId: id })))).toMatchObject({
        code: 'already',
      });
    },
  );

  it('says that it is revised while it is a draft again; publishing again goes to its thread', async () => {
    const ana = await workspace('T4AGAIN', { postmortemChannel: 'C0PM' });
    const { incident, id } = await drafted(ana);
    await move(ana, id, 'published');
    const space = slack();
    await space.work(incident);
    world.clock.forward(5);
    await world.person(
      'U2BO',
      'UTC',
      'T4AGAIN',
    )((scope) => setPostmortemState(scope, { postmortemId: id, state: 'draft' }));
    await space.work(incident);
    expect(space.updated.at(-1)).toMatchObject({ channel: 'C0PM', ts: '1.0' });
    expect(space.updated.at(-1)?.text).toMatch(
      /being revised \(taken back by <@U2BO>, .*Ask <@U1ANA> about it/,
    );
    expect(space.posted.at(-1)?.text).toContain('<@U2BO> made the postmortem');
    await edit(ana, id, 'The cache.', 0);
    await fire(ana, incident);
    await move(ana, id, 'published');
    await space.work(incident);
    const inThread = space.posted.filter(({ thread }) => thread === '1.0');
    expect(inThread).toHaveLength(1);
    expect(inThread[0]?.text).toMatch(
      /Published again by <@U1ANA> as version 5\. Changed since version 2: section “Root cause” edited by <@U1ANA>/,
    );
    expect(space.updated.at(-1)?.text).toMatch(/Published as version 5/);
    expect(space.posted.filter(({ channel, thread }) => channel === 'C0PM' && !thread)).toHaveLength(1);
  });

  it.each([
    ['message_not_found', 'T4GONE'],
    ['is_inactive', 'T4ARCH'],
  ])('that is gone (%s) is posted anew, where the settings say by now', async (code, team) => {
    const ana = await workspace(team, { postmortemChannel: 'C0PM' });
    const { incident, id } = await drafted(ana);
    await move(ana, id, 'published');
    const space = slack();
    await space.work(incident);
    space.refuse['update C0PM'] = code;
    await move(ana, id, 'draft');
    await space.work(incident);
    await move(ana, id, 'published');
    await space.work(incident);
    expect(space.posted.filter(({ channel }) => channel === 'C0PM')).toHaveLength(2);
  });
});

describe('corrections', () => {
  it('of some minutes are told in one reply, and only what they came to', async () => {
    const ana = await workspace('T5FOLD', { postmortemChannel: 'C0PM' });
    const { incident, id } = await drafted(ana);
    await move(ana, id, 'published');
    const space = slack();
    await space.work(incident);
    const timers = () => world.read((tx) => tx.activeTimers(incident.id));
    const begun = world.clock.now() + 10 * MINUTE;
    await late(ana, incident, 'It was the cache');
    for (let seen = 0; seen < 10; seen++) {
      world.clock.forward(0.1);
      await edit(ana, id, `The cache, take ${seen}.`, seen);
    }
    expect((await timers()).map(({ purpose, dueAt }) => [purpose.kind, dueAt])).toEqual([
      ['correction', begun + 5 * MINUTE],
    ]);
    world.clock.forward(5);
    await fire(ana, incident);
    await space.work(incident);
    const replies = () => space.posted.filter(({ thread }) => thread === '1.0').map(({ text }) => text);
    expect(replies()).toHaveLength(1);
    expect(replies()[0]).toMatch(
      /Corrected in version 13: Line #3: new, .*, by <@U1ANA>; section “Root cause” edited by <@U1ANA>\./,
    );
    // Put right and taken back at once: there is nothing to tell.
    await edit(ana, id, 'Nobody knows.', 10);
    await edit(ana, id, 'The cache, take 9.', 11);
    world.clock.forward(6);
    await fire(ana, incident);
    await space.work(incident);
    expect(replies()).toHaveLength(1);
    expect(await timers()).toEqual([]);
  });

  it('leave the version that was published as it was, and are named against it', async () => {
    const ana = await workspace('T5FROZEN', { postmortemChannel: 'C0PM' });
    const { incident, id } = await drafted(ana);
    await move(ana, id, 'published');
    const frozen = () => world.read((tx) => tx.frozenPage(id, 2));
    const before = await frozen();
    expect(before?.draft.note).toBeDefined();
    expect(before?.facts.lines).toHaveLength(2);
    const version = () => world.read((tx) => tx.draft(incident.id, 2));
    const corrected = async () => {
      const now = await world.read((tx) => tx.postmortem({ id }));
      const built = now && buildPostmortem(now, world.clock.now()).corrected;
      return built ?? { sections: [] };
    };
    const markdown = (await version())?.markdown;
    expect(markdown).toMatch(/Published as version 2 on .*, by /);
    // Publishing is no change: nothing is kept beside it.
    expect(await ana((scope) => redraft(scope, { incidentId: incident.id }))).toBeNull();
    await late(ana, incident, 'It was the cache');
    await ana(async ({ tx, now }) => {
      const { settings, version: seen } = await tx.settings('T5FROZEN');
      const severities = { ...settings.severities, SEV2: { ...settings.severities.SEV2, name: 'Bad' } };
      const template = { ...settings.template, hidden: ['timeline'] };
      const changed = {
        ...settings,
        severities,
        template,
        zone: 'Asia/Tokyo',
        milestoneNames: { resolved: 'Over' },
      };
      await tx.saveSettings('T5FROZEN', 'U1ANA', now, changed, seen);
    });
    expect(await frozen()).toEqual(before);
    expect((await version())?.markdown).toBe(markdown);
    expect(await world.read((tx) => tx.publishedVersions(id))).toMatchObject([{ version: 2, by: 'U1ANA' }]);
    expect(await world.read((tx) => tx.frozenPage(id, 3))).toBeNull();
    const source = await world.read((tx) => tx.postmortem({ id }));
    await ana((scope) => setServices(scope, { ref: { id: incident.id }, text: 'Checkout' }));
    await ana((scope) => setRegions(scope, { ref: { id: incident.id }, text: 'EU' }));
    expect((await corrected()).sections.map(({ key }) => key)).toEqual(['services', 'customers']);
    expect(source?.publication?.since).toContainEqual({
      section: null,
      by: 'U1ANA',
      at: world.clock.now(),
    });
  });
});
