import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { setServices } from '../../src/usecases/setNames.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld, TEAM } from '../support/makers.ts';

const database = useDatabase();

it('tells the owners of a service once, of what is open to all, unless they are guests by now', async () => {
  const world = makeWorld(database);
  const ana = world.person('U1ANA');
  const serviceOwners = { Checkout: ['U2BEN', 'U3CY'], Search: ['U3CY'], Mail: ['U4DEE'] };
  await ana(({ tx, now }) => tx.saveSettings(TEAM, 'U1ANA', now, { ...DEFAULT_SETTINGS, serviceOwners }, 0));
  const told = async (incidentId: string) =>
    (await database.prisma.outbox.findMany({ where: { lane: incidentId, kind: 'subscriber' } }))
      .map(({ payload }) => (payload as { userId: string }).userId)
      .sort();
  const open = await declared(ana, { services: ['checkout', 'Search'] });
  expect(await told(open.id)).toEqual(['U2BEN', 'U3CY']);
  const later = await declared(ana);
  const name = (text: string) => ana((scope) => setServices(scope, { ref: { id: later.id }, text }));
  await name('Checkout');
  await name('Search');
  expect(await told(later.id), 'services named after declaring').toEqual(['U2BEN', 'U3CY']);
  const guest = { name: 'cy', zone: null, outsider: true };
  await createPeopleStore(database.prisma).put(TEAM, 'U3CY', guest, world.clock.now());
  expect(await told((await declared(ana, { services: ['Search', 'Mail'] })).id)).toEqual(['U4DEE']);
  const closed = await declared(ana, { services: ['Checkout'], private: true });
  expect(await told(closed.id)).toEqual([]);
});
