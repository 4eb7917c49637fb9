import type { Incident } from '../incident/types.ts';
import type { MergeTx } from '../usecases/ports.ts';
import type { IncidentRef } from '../usecases/types.ts';
import type { Db } from './client.ts';
import { Prisma } from './client.ts';
import { date } from './rows.ts';

/** What moves between incidents. The caller holds both locks. */
export const merging = (db: Db): MergeTx => ({
  async lockIncidents(refs: IncidentRef[]) {
    const ids = (await db.incident.findMany({ where: { OR: refs }, select: { id: true } })).map(
      ({ id }) => id,
    );
    // In one order for everybody: two merges the other way round do not wait for each other.
    await db.$queryRaw(Prisma.sql`
      SELECT id FROM "Incident" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`);
  },

  async moveParts(from, into, by, at) {
    await joinSameMessages(db, from, into, date(at));
    await db.mark.updateMany({
      where: { incidentId: from.id, retiredAt: null },
      data: { incidentId: into.id },
    });
    const moved = await moveEntries(db, from, into, by, date(at));
    await db.factor.updateMany({ where: { incidentId: from.id }, data: { incidentId: into.id } });
    await db.$executeRaw(Prisma.sql`
      UPDATE "CustomerImpact" c SET "incidentId" = ${into.id}::uuid
      WHERE c."incidentId" = ${from.id}::uuid AND NOT EXISTS (
        SELECT 1 FROM "CustomerImpact" o WHERE o."incidentId" = ${into.id}::uuid AND o.service = c.service)`);
    await moveActions(db, from, into);
    return moved;
  },

  async relate(oneId, otherId, by, at) {
    const rows = [
      { oneId, otherId, by, at: date(at) },
      { oneId: otherId, otherId: oneId, by, at: date(at) },
    ];
    const { count } = await db.relation.createMany({ data: rows, skipDuplicates: true });
    return count > 0;
  },
});

/** A message that is a line of both becomes one: the other incident's line takes the marks. */
async function joinSameMessages(db: Db, from: Incident, into: Incident, at: Date): Promise<void> {
  const same = Prisma.sql`e."incidentId" = ${from.id}::uuid AND o."incidentId" = ${into.id}::uuid
    AND e."retractedAt" IS NULL AND o."retractedAt" IS NULL
    AND e."channelId" = o."channelId" AND e."messageTs" = o."messageTs"`;
  await db.$executeRaw(Prisma.sql`
    UPDATE "Mark" m SET "entryId" = o.id FROM "Entry" e, "Entry" o
    WHERE m."entryId" = e.id AND m."retiredAt" IS NULL AND ${same}`);
  await db.$executeRaw(Prisma.sql`
    UPDATE "Entry" e SET "retractedAt" = ${at} FROM "Entry" o WHERE ${same}`);
}

async function moveEntries(db: Db, from: Incident, into: Incident, by: string, at: Date): Promise<number> {
  const entries = await db.entry.findMany({ where: { incidentId: from.id }, orderBy: { number: 'asc' } });
  const { lastEntry } = await db.incident.update({
    where: { id: into.id },
    data: { lastEntry: { increment: entries.length } },
    select: { lastEntry: true },
  });
  const first = lastEntry - entries.length + 1;
  await db.$executeRaw(Prisma.sql`
    UPDATE "Entry" e SET "incidentId" = ${into.id}::uuid, number = ${first}::int + moving.position,
      "movedFrom" = coalesce(e."movedFrom", ${`INC-${from.number} #`} || e.number)
    FROM (SELECT id, (row_number() OVER (ORDER BY number))::int - 1 AS position FROM "Entry"
      WHERE "incidentId" = ${from.id}::uuid) AS moving
    WHERE e.id = moving.id`);
  await db.entryRevision.createMany({
    data: entries.map(({ id, number }, index) => ({
      entryId: id,
      by,
      at,
      change: 'merge',
      before: { incident: from.number, number },
      after: { incident: into.number, number: first + index },
    })),
  });
  return entries.filter(({ retractedAt }) => retractedAt === null).length;
}

async function moveActions(db: Db, from: Incident, into: Incident): Promise<void> {
  const actions = await db.actionItem.findMany({
    where: { incidentId: from.id },
    orderBy: { number: 'asc' },
  });
  for (const { id } of actions) {
    const { lastAction } = await db.incident.update({
      where: { id: into.id },
      data: { lastAction: { increment: 1 } },
      select: { lastAction: true },
    });
    await db.actionItem.update({ where: { id }, data: { incidentId: into.id, number: lastAction } });
  }
}
