import { describe, expect, it } from 'vitest';
import { SECTION_KEYS } from '../../src/incident/draftSections.ts';
import type { Incident } from '../../src/incident/types.ts';
import { createOutbox } from '../../src/storage/outbox.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { undoDismissal } from '../../src/usecases/dismissCheck.ts';
import { makeDraft, redraft } from '../../src/usecases/makeDraft.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { setTitle } from '../../src/usecases/setTitle.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const MANAGED = 'T2MANAGED';
const ana = world.person('U1ANA');
const bo = world.person('U1ANA', 'UTC', MANAGED);
const itself = (who: { userId: string }) =>
  who === bo ? world.person('debrief', null, MANAGED) : world.person('debrief', null);

interface Row {
  id: string;
  kind: string;
  payload: { to?: string; note?: string | null; version?: number };
  doneAt: Date | null;
}
const rows = ({ id }: Incident) =>
  database.sql<Row>('SELECT id, kind, payload, "doneAt" FROM "Outbox" WHERE lane = $1 ORDER BY id', [id]);
const links = async (incident: Incident) =>
  (await rows(incident)).filter(({ kind }) => kind === 'draft-link').map(({ payload }) => payload);

/** Asks for the draft and takes the step that makes it. */
async function drafted(incident: Incident, who = ana): Promise<number> {
  await who((scope) => requestDraft(scope, { ref: { id: incident.id } }));
  const asked = (await rows(incident)).findLast(({ kind }) => kind === 'draft');
  const order = { incidentId: incident.id, outboxId: BigInt(asked?.id ?? 0), reason: 'asked for' };
  return (await itself(who)((scope) => makeDraft(scope, order))).number;
}

async function manage(managers: string[]): Promise<void> {
  await bo(async (scope) => {
    const { settings, version } = await scope.tx.settings(MANAGED);
    await scope.tx.saveSettings(MANAGED, 'U1ANA', scope.now, { ...settings, managers }, version);
  });
}

describe('a draft', () => {
  it('names whoever acted by their id where nothing is known of them, whatever that is', async () => {
    const incident = await opened(ana);
    const odd = world.person('constructor');
    await odd((scope) => setTitle(scope, { ref: { id: incident.id }, title: 'Carts are empty' }));
    await drafted(incident);
    const draft = await world.read((tx) => tx.draft(incident.id, 1));
    expect(draft?.markdown).toContain('constructor');
  });

  it('is kept as a version, and its own step ends in the same transaction', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Errors', { milestones: ['impact_started'] });
    expect(await drafted(incident)).toBe(1);
    await noted(ana, incident, 'More errors');
    expect(await drafted(incident)).toBe(2);
    const asked = (await rows(incident)).filter(({ kind }) => kind === 'draft');
    expect(asked.map(({ doneAt }) => doneAt?.getTime())).toEqual([world.clock.now(), world.clock.now()]);
    const versions = await world.read((tx) => tx.drafts(incident.id));
    expect(versions.map(({ number, reason }) => [number, reason])).toEqual([
      [2, 'asked for'],
      [1, 'asked for'],
    ]);
    expect((await world.read((tx) => tx.draft(incident.id, 2)))?.markdown).toContain('Checkout fails');
  });

  it('that says what the latest one says is no version, and the channel alone is told so, with the link', async () => {
    const incident = await opened(ana, { leadId: 'U5LEAD' });
    await noted(ana, incident, 'Errors');
    expect(await drafted(incident)).toBe(1);
    const before = await links(incident);
    expect(await drafted(incident)).toBe(1);
    expect(await world.read((tx) => tx.drafts(incident.id))).toHaveLength(1);
    expect((await links(incident)).slice(before.length)).toEqual([
      { to: incident.channelId, version: 1, note: expect.stringContaining('changed since version 1') },
    ]);
    await noted(ana, incident, 'More errors');
    expect(await drafted(incident)).toBe(2);
  });

  it('is a version where only a figure changed that its words leave out', async () => {
    const hidden = SECTION_KEYS.filter((key) => key !== 'summary');
    await bo(async ({ tx, now }) => {
      const { settings, version } = await tx.settings(MANAGED);
      await tx.saveSettings(
        MANAGED,
        'U1ANA',
        now,
        { ...settings, template: { ...settings.template, hidden } },
        version,
      );
    });
    const incident = await opened(bo, { retrospective: true });
    await noted(bo, incident, '2026-03-09 12:00 Errors');
    expect(await drafted(incident, bo)).toBe(1);
    const { markdown } = (await world.read((tx) => tx.draft(incident.id))) ?? {};
    await noted(bo, incident, '2026-03-09 13:00 More errors');
    expect(await drafted(incident, bo)).toBe(2);
    expect((await world.read((tx) => tx.draft(incident.id)))?.markdown).toBe(markdown);
  });

  it('is made once when two workers take the same step', async () => {
    const incident = await opened(ana);
    await ana((scope) => requestDraft(scope, { ref: { id: incident.id } }));
    const [asked] = await rows(incident);
    const order = { incidentId: incident.id, outboxId: BigInt(asked?.id ?? 0), reason: 'asked for' };
    const both = [0, 1].map(() => itself(ana)((scope) => makeDraft(scope, order)));
    const done = await Promise.allSettled(both);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await world.read((tx) => tx.drafts(incident.id))).toHaveLength(1);
    expect(await links(incident)).toHaveLength(2);
  });

  it('leaves its step open when making it fails', async () => {
    const incident = await opened(ana);
    await ana((scope) => requestDraft(scope, { ref: { id: incident.id } }));
    const [asked] = await rows(incident);
    const order = { incidentId: incident.id, outboxId: BigInt(asked?.id ?? 0), reason: 'asked for' };
    const broken = itself(ana)(async (scope) => {
      await makeDraft(scope, order);
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(await rows(incident)).toMatchObject([{ kind: 'draft', doneAt: null }]);
    expect(await world.read((tx) => tx.drafts(incident.id))).toEqual([]);
    expect(await createOutbox(database.prisma).claim(incident.id, world.clock.now(), 1000)).toMatchObject({
      kind: 'draft',
    });
  });
});

describe('its readers', () => {
  it('are the channel and the lead where no managers are set, and the channel is told so', async () => {
    const incident = await opened(ana, { leadId: 'U5LEAD' });
    await drafted(incident);
    const [channel, lead, ...more] = await links(incident);
    expect(channel).toMatchObject({ to: incident.channelId, version: 1 });
    expect(channel?.note).toMatch(/managers/i);
    expect(lead).toMatchObject({ to: 'U5LEAD', note: null });
    expect(more).toEqual([]);
    const kinds = (await rows(incident)).map(({ kind }) => kind);
    expect(kinds.slice(0, 5)).toEqual(['draft', 'canvas', 'draft-link', 'draft-file', 'draft-link']);
    expect(kinds).toContain('headline');
  });

  it('are the one who declared where nobody leads', async () => {
    const incident = await opened(ana);
    await drafted(incident);
    expect((await links(incident)).map(({ to }) => to)).toEqual([incident.channelId, 'U1ANA']);
  });

  it('are the managers too, each once', async () => {
    await manage(['C0MANAGERS', 'U6BOSS', 'U5LEAD']);
    const incident = await opened(bo, { leadId: 'U5LEAD' });
    await drafted(incident, bo);
    const all = await links(incident);
    expect(all.map(({ to }) => to)).toEqual([incident.channelId, 'U5LEAD', 'C0MANAGERS', 'U6BOSS']);
    expect(all.map(({ note }) => note)).toEqual([null, null, null, null]);
  });

  it('are no managers who are guests by now', async () => {
    await manage(['U6BOSS', 'U7GUEST']);
    const guest = { name: 'guest', zone: null, outsider: true };
    await createPeopleStore(database.prisma).put(MANAGED, 'U7GUEST', guest, world.clock.now());
    const incident = await opened(bo);
    await drafted(incident, bo);
    expect((await links(incident)).map(({ to }) => to)).toEqual([incident.channelId, 'U1ANA', 'U6BOSS']);
  });

  it.each([{ private: true }, { test: true }])('of %j are never the managers', async (over) => {
    await manage(['C0MANAGERS', 'U6BOSS']);
    const incident = await opened(bo, { ...over, leadId: 'U5LEAD' });
    await drafted(incident, bo);
    const all = await links(incident);
    expect(all.map(({ to }) => to)).toEqual([incident.channelId, 'U5LEAD']);
    expect(all[0]?.note).toBeNull();
  });
});

it('taking up a check that nobody put aside changes nothing', async () => {
  const incident = await opened(ana);
  await drafted(incident);
  const { id: postmortemId } = (await world.read((tx) => tx.postmortem({ incidentId: incident.id }))) ?? {
    id: '',
  };
  const before = await world.record(incident.id);
  expect((await refused(ana((scope) => undoDismissal(scope, { postmortemId, key: 'x' })))).code).toBe(
    'already',
  );
  expect(await world.read((tx) => tx.drafts(incident.id))).toHaveLength(1);
  expect(await world.record(incident.id)).toEqual(before);
});

describe('a late change', () => {
  it('becomes a version of the draft, unless it says the same', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Errors', { milestones: ['impact_started'] });
    world.clock.forward(30);
    await ana((scope) => resolve(scope, { ref: { id: incident.id }, text: '' }));
    await drafted(incident);
    const again = () => itself(ana)((scope) => redraft(scope, { incidentId: incident.id }));
    expect(await again()).toBeNull();
    await noted(ana, incident, 'Forgotten');
    expect(await again()).toBe(2);
    expect(await again()).toBeNull();
    world.clock.forward(600);
    expect(await again()).toBeNull();
  });

  it('of an open incident waits for its end', async () => {
    const incident = await opened(ana);
    await drafted(incident);
    await noted(ana, incident, 'Errors');
    expect(await itself(ana)((scope) => redraft(scope, { incidentId: incident.id }))).toBeNull();
  });
});
