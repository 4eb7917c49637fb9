import { Prisma } from '../client.ts';

/** A table, and which of its rows are meant. */
export interface Part {
  table: string;
  where: Prisma.Sql;
}

/** `ids`: a query that gives ids of incidents. */
const ofIncidents = (table: string, ids: Prisma.Sql): Part => ({
  table,
  where: Prisma.sql`"incidentId" IN (${ids})`,
});

const BY_INCIDENT = [
  'Mark',
  'CustomerImpact',
  'Factor',
  'ActionItem',
  'SectionText',
  'Activity',
  'Read',
  'RoleHolder',
  'SectionEdit',
  'SectionOpened',
  'CheckDismissal',
  'Timer',
  'Nudge',
  'Update',
  'Reconciling',
  'Postmortem',
  'Entry',
];

/** Everything that hangs on incidents, what refers to something before what it refers to. */
export function partsOfIncidents(ids: Prisma.Sql): Part[] {
  const channels = Prisma.sql`SELECT "teamId", "channelId" FROM "Incident" WHERE id IN (${ids})`;
  const lines = Prisma.sql`SELECT id FROM "Entry" WHERE "incidentId" IN (${ids})`;
  return [
    { table: 'EntryRevision', where: Prisma.sql`"entryId" IN (${lines})` },
    ...['PostmortemVersion', 'Publication', 'ReviewRequest'].map((table) => ({
      table,
      where: Prisma.sql`"postmortemId" IN (SELECT id FROM "Postmortem" WHERE "incidentId" IN (${ids}))`,
    })),
    { table: 'Relation', where: Prisma.sql`"oneId" IN (${ids}) OR "otherId" IN (${ids})` },
    { table: 'Outbox', where: Prisma.sql`lane IN (SELECT one.id::text FROM (${ids}) AS one (id))` },
    { table: 'Reaction', where: Prisma.sql`("teamId", "channelId") IN (${channels})` },
    { table: 'ChannelMember', where: Prisma.sql`("teamId", "channelId") IN (${channels})` },
    {
      table: 'ImpactWindow',
      // Removed ones of an incident that was merged into one of these go on pointing at its lines.
      where: Prisma.sql`"incidentId" IN (${ids}) OR "fromEntryId" IN (${lines}) OR "toEntryId" IN (${lines})`,
    },
    ...BY_INCIDENT.map((table) => ofIncidents(table, ids)),
    { table: 'Incident', where: Prisma.sql`id IN (${ids})` },
  ];
}

const BY_TEAM = [
  'Reaction',
  'ChannelMember',
  'Choice',
  'Subscription',
  'SlackUser',
  'SettingsVersion',
  'Installation',
  'Standstill',
];

/** Everything of a workspace, in an order in which it can be deleted. */
export function partsOfTeam(teamId: string): Part[] {
  const incidents = Prisma.sql`SELECT id FROM "Incident" WHERE "teamId" = ${teamId}`;
  const ofTeam = (table: string): Part => ({ table, where: Prisma.sql`"teamId" = ${teamId}` });
  const lanes = Prisma.sql`SELECT id::text FROM "Home" WHERE "teamId" = ${teamId}`;
  return [
    // What Slack sent: its key names the workspace, `c:T0123:…`.
    { table: 'Inbox', where: Prisma.sql`split_part(key, ':', 2) = ${teamId}` },
    { table: 'Outbox', where: Prisma.sql`lane IN (${lanes})` },
    ...BY_TEAM.map(ofTeam),
    ...partsOfIncidents(incidents),
    ofTeam('Home'),
    { table: 'Workspace', where: Prisma.sql`id = ${teamId}` },
  ];
}

/** Tables that hold nothing of anybody's. */
export const NOBODYS = ['UsedState', '_prisma_migrations'];
