import { describe, expect, it } from 'vitest';
import { entryOfTeam } from '../../src/usecases/entries.ts';
import { followMember } from '../../src/usecases/followMember.ts';
import { incidentFor } from '../../src/usecases/scope.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, refused, TEAM } from '../support/makers.ts';

const world = makeWorld(useDatabase());
const ana = world.person('U1ANA');
const ben = world.person('U2BEN');
const bot = world.person('debrief');

const numbersFor = async (userId: string) =>
  (await world.read((tx) => tx.openIncidents(TEAM, userId))).map(({ number }) => number);

const moves = (channelId: string, userId: string, present: boolean, eventTs: string) =>
  ben((scope) => followMember(scope, { channelId, userId, present, eventTs }));

describe('a private incident', () => {
  it('is there for who declared and who leads it, while nothing is known of its channel', async () => {
    const { number, id } = await opened(ana, { private: true, leadId: 'U3CLEO' });
    const ref = { teamId: TEAM, number };
    expect((await ana((scope) => incidentFor(scope, ref))).id).toBe(id);
    expect((await world.person('U3CLEO')((scope) => incidentFor(scope, ref))).id).toBe(id);
    expect(await refused(ben((scope) => incidentFor(scope, ref)))).toEqual({
      code: 'no-such-incident',
      number,
    });
    expect(await numbersFor('U1ANA')).toContain(number);
    expect(await numbersFor('U3CLEO')).toContain(number);
    expect(await numbersFor('U2BEN')).not.toContain(number);
  });

  it('is there for those in its channel and for the bot, for nobody else, whoever declared it', async () => {
    const incident = await opened(ana, { private: true, leadId: 'U1ANA' });
    const { number, channelId, id } = incident;
    const { entry } = await noted(ana, incident, 'Salaries are public');
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U2BEN'], '1000.000000'));
    const byNumber = { teamId: TEAM, number };
    expect((await ben((scope) => incidentFor(scope, byNumber))).id).toBe(id);
    expect((await bot((scope) => incidentFor(scope, { id }))).id).toBe(id);
    expect((await refused(ana((scope) => incidentFor(scope, byNumber)))).code).toBe('no-such-incident');
    expect((await refused(ana((scope) => incidentFor(scope, { id })))).code).toBe('no-incident-here');
    expect((await refused(ana((scope) => entryOfTeam(scope, entry.id)))).code).toBe('no-incident-here');
    expect(await numbersFor('U1ANA')).not.toContain(number);
    expect(await numbersFor('U2BEN')).toContain(number);
  });

  it('follows who joins and leaves by Slack’s time, whatever arrives when', async () => {
    const { number, channelId } = await opened(ana, { private: true });
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1000.000000'));
    await moves(channelId, 'U2BEN', true, '1002.000100');
    await moves(channelId, 'U3CLEO', false, '1004.000100');
    await moves(channelId, 'U3CLEO', true, '1003.000100');
    expect(await numbersFor('U2BEN')).toContain(number);
    expect(await numbersFor('U3CLEO')).not.toContain(number);
    // A list asked for before they came does not put them out; a later one does.
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1001.000000'));
    expect(await numbersFor('U2BEN')).toContain(number);
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1005.000000'));
    expect(await numbersFor('U2BEN')).not.toContain(number);
  });

  it('asks for all members when the first of them is heard of', async () => {
    const { id, channelId } = await opened(ana, { private: true });
    const before = world.woken.length;
    await moves(channelId, 'U2BEN', true, '1002.000100');
    expect(world.woken.slice(before)).toEqual([[id]]);
    await moves(channelId, 'U3CLEO', true, '1003.000100');
    expect(world.woken.slice(before)).toEqual([[id]]);
  });

  it('is nobody’s business in another workspace, nor by a channel of the same id there', async () => {
    const { channelId, number } = await opened(ana, { private: true });
    const spy = world.person('U1ANA', 'UTC', 'T9OTHER');
    await expect(spy((scope) => incidentFor(scope, { teamId: 'T9OTHER', channelId }))).rejects.toThrow();
    await expect(spy((scope) => incidentFor(scope, { teamId: TEAM, channelId }))).rejects.toThrow();
    await expect(spy((scope) => incidentFor(scope, { teamId: TEAM, number }))).rejects.toThrow();
  });
});
