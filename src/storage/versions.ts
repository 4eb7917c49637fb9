import type { VersionListed } from '../usecases/types.ts';
import { type Db, Prisma } from './client.ts';
import { instant } from './rows.ts';

/** Characters (code points) of a text that a list of versions reads: of many long ones no more is in memory at once. */
const BEGINNING = 200;

/** The `most` latest versions of each section of an incident, the latest first, each with its text's beginning. */
export async function latestVersions(
  db: Db,
  table: 'SectionEdit' | 'SectionText',
  incidentId: string,
  most: number,
): Promise<VersionListed[]> {
  const section = Prisma.raw(table === 'SectionEdit' ? 'section' : 'name');
  const rows = await db.$queryRaw<(Omit<VersionListed, 'at'> & { at: Date })[]>(Prisma.sql`
    SELECT ${section} AS name, version, by, at, left(text, ${BEGINNING}::int) AS beginning
    FROM (
      SELECT *, row_number() OVER (PARTITION BY ${section} ORDER BY version DESC) AS place
      FROM ${Prisma.raw(`"${table}"`)} WHERE "incidentId" = ${incidentId}::uuid
    ) AS every
    WHERE place <= ${most} ORDER BY name, version DESC`);
  return rows.map(({ at, ...row }) => ({ ...row, at: instant(at) }));
}
