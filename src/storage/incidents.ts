import { randomUUID } from 'node:crypto';
import { OPEN_STATUSES } from '../incident/lifecycle.ts';
import { namesOf, type Settings } from '../incident/settings.ts';
import type { IncidentRecord, SectionName } from '../incident/types.ts';
import type { IncidentTx } from '../usecases/ports.ts';
import type { IncidentRef } from '../usecases/types.ts';
import { type Db, Prisma } from './client.ts';
import { visibleTo } from './members.ts';
import {
  actionOf,
  date,
  dateOrNull,
  dictionary,
  entryOf,
  incidentOf,
  instant,
  linked,
  markOf,
  neighbourOf,
  windowOf,
} from './rows.ts';
import { settings } from './settings.ts';

/** Rows of incidents. Numbers are handed out under the workspace row's lock, without gaps by races. */
export const incidents = (db: Db, defaults: Settings): IncidentTx => ({
  async declareIncident(who, incident, at) {
    const workspace = await db.workspace.upsert({
      where: { id: who.teamId },
      create: { id: who.teamId, lastIncident: 1 },
      update: { lastIncident: { increment: 1 } },
    });
    const { private: isPrivate, test: isTest, ...rest } = incident;
    const row = await db.incident.create({
      data: {
        ...rest,
        id: randomUUID(),
        teamId: who.teamId,
        number: workspace.lastIncident,
        isPrivate,
        isTest,
        declaredBy: who.userId,
        declaredAt: date(at),
        zone: who.zone ?? 'UTC',
      },
    });
    return incidentOf(row);
  },

  async nextNumber(teamId) {
    const workspace = await db.workspace.findUnique({ where: { id: teamId } });
    return (workspace?.lastIncident ?? 0) + 1;
  },

  async lockIncident(ref) {
    const [locked] = await db.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT id FROM "Incident" WHERE ${meant(ref)} FOR UPDATE`,
    );
    return locked ? incidentOf(await db.incident.findUniqueOrThrow({ where: { id: locked.id } })) : null;
  },

  async incident(id) {
    return incidentOf(await db.incident.findUniqueOrThrow({ where: { id } }));
  },

  async updateIncident(id, { closedAt, test, ...patch }) {
    const data = {
      ...patch,
      ...(closedAt !== undefined && { closedAt: dateOrNull(closedAt) }),
      ...(test !== undefined && { isTest: test }),
    };
    await db.incident.update({ where: { id }, data });
  },

  async setDeletion(id, at) {
    const { count } = await db.incident.updateMany({
      where: { id, deleteAt: null },
      data: { deleteAt: date(at) },
    });
    return count === 1;
  },

  async openIncidents(teamId, viewer) {
    const rows = await db.incident.findMany({
      where: {
        ...(await visibleTo(db, teamId, viewer)),
        ...OPEN,
      },
      orderBy: [{ severity: 'asc' }, { number: 'desc' }],
    });
    return rows.map((row) => incidentOf(row));
  },

  allOpen: (teamId) =>
    db.incident.findMany({ where: { teamId, ...OPEN }, select: { id: true, severity: true } }),

  record: (incidentId) => readRecord(db, defaults, incidentId),

  async addActivity(incidentId, by, at, text, subject = '') {
    await db.activity.create({ data: { incidentId, by, at: date(at), text, subject } });
  },
});

const OPEN = {
  status: { in: [...OPEN_STATUSES] },
} satisfies Prisma.IncidentWhereInput;

function meant(ref: IncidentRef): Prisma.Sql {
  if ('id' in ref) return Prisma.sql`id = ${ref.id}::uuid`;
  if ('number' in ref) return Prisma.sql`"teamId" = ${ref.teamId} AND number = ${ref.number}`;
  return Prisma.sql`"teamId" = ${ref.teamId} AND "channelId" = ${ref.channelId}`;
}

export async function readRecord(db: Db, defaults: Settings, incidentId: string): Promise<IncidentRecord> {
  const row = await db.incident.findUniqueOrThrow({
    where: { id: incidentId },
    include: {
      entries: { orderBy: { number: 'asc' } },
      marks: { where: { retiredAt: null } },
      windows: {
        where: { removedAt: null },
        orderBy: [{ addedAt: 'asc' }, { from: { sort: 'asc', nulls: 'first' } }],
      },
      customers: { orderBy: { service: 'asc' } },
      factors: { where: { removedAt: null }, orderBy: { at: 'asc' } },
      actions: { where: { droppedAt: null }, orderBy: { number: 'asc' } },
      activity: { orderBy: { id: 'asc' } },
      roles: { orderBy: { at: 'asc' } },
      related: { include: { other: true }, orderBy: { other: { number: 'asc' } } },
      mergedInto: true,
    },
  });
  const people = await db.slackUser.findMany({
    where: { teamId: row.teamId },
    select: { id: true, name: true },
  });
  const { settings: set } = await settings(db, defaults).settings(row.teamId);
  const sections = await db.$queryRaw<{ name: string; text: string }[]>(Prisma.sql`
    SELECT DISTINCT ON (name) name, text FROM "SectionText" WHERE "incidentId" = ${incidentId}::uuid
    ORDER BY name, version DESC`);
  const texts = new Map(sections.map((one) => [one.name, one.text]));
  const summary = texts.get('summary') ?? '';
  texts.delete('summary');
  return {
    incident: incidentOf(row, summary),
    entries: row.entries.map(entryOf),
    marks: row.marks.map(markOf),
    windows: row.windows.map(windowOf),
    customers: row.customers.map((one) => ({ service: one.service || null, text: one.text })),
    factors: row.factors.map(linked),
    actions: row.actions.map(actionOf),
    sections: Object.fromEntries(texts) as Partial<Record<SectionName, string>>,
    activity: row.activity.map(({ at, by, text, subject }) => ({ at: instant(at), by, text, subject })),
    roles: row.roles.map(({ role, userId }) => ({ role, userId })),
    related: row.related.map(({ other }) => neighbourOf(other)),
    mergedInto: row.mergedInto && neighbourOf(row.mergedInto),
    people: dictionary(people.map((one) => [one.id, one.name])),
    channels: row.channelId && row.channelName ? { [row.channelId]: row.channelName } : {},
    names: namesOf(set),
  };
}
