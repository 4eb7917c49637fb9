import { randomUUID } from 'node:crypto';
import type { ExpectationKey } from '../incident/reminders.ts';
import { type Timer, type TimerPurpose, timerKey } from '../incident/timers.ts';
import type { TimerTx } from '../usecases/ports.ts';
import type { Nudge, NudgeAnswer } from '../usecases/types.ts';
import type { Db, PrismaClient } from './client.ts';
import { Prisma } from './client.ts';
import type * as Row from './generated/client.ts';
import { date, instant, instantOrNull, json } from './rows.ts';
import { isAwake } from './standstills.ts';

const ACTIVE = { firedAt: null, canceledAt: null };

/** Rows of timers and of the nudges they bring. The caller holds the incident's lock. */
export const timers = (db: Db): TimerTx => ({
  async setTimer({ id: incidentId, teamId }, dueAt, purpose, at) {
    const key = timerKey(purpose);
    const data = { dueAt: date(dueAt), kind: purpose.kind, payload: json(purpose) };
    const moved = await db.timer.updateMany({ where: { incidentId, key, ...ACTIVE }, data });
    if (moved.count > 0) return;
    await db.timer.create({ data: { ...data, id: randomUUID(), teamId, incidentId, key, setAt: date(at) } });
  },

  async activeTimers(incidentId) {
    const rows = await db.timer.findMany({ where: { incidentId, ...ACTIVE }, orderBy: { dueAt: 'asc' } });
    return rows.map(timerOf);
  },

  async cancelTimer(incidentId, key, at) {
    await db.timer.updateMany({ where: { incidentId, key, ...ACTIVE }, data: { canceledAt: date(at) } });
  },

  async planArchives(teamId, days, at) {
    if (days === null) {
      const kind = { in: ['archive-notice', 'archive'] };
      await db.timer.updateMany({ where: { teamId, kind, ...ACTIVE }, data: { canceledAt: date(at) } });
      return;
    }
    // What a person kept from the archive stays; what only the settings did is told anew.
    const switchedOff = Prisma.sql`EXISTS (
      SELECT 1 FROM "Timer" a JOIN "SettingsVersion" s ON s."teamId" = a."teamId" AND s.at = a."canceledAt"
      WHERE a."incidentId" = i.id AND a.key = 'archive' AND a."canceledAt" >= t."firedAt"
        AND s.settings ->> 'archiveAfterDays' IS NULL)`;
    const wait = Prisma.sql`${days - 1} * interval '24 hours'`;
    await db.$executeRaw(Prisma.sql`
      INSERT INTO "Timer" (id, "teamId", "incidentId", kind, key, "dueAt", payload, "setAt")
      SELECT gen_random_uuid(), i."teamId", i.id, 'archive-notice', 'archive-notice', i."closedAt" + ${wait},
        '{"kind": "archive-notice"}', ${date(at)}
      FROM "Incident" i
      WHERE i."teamId" = ${teamId} AND i."closedAt" IS NOT NULL AND i."channelId" IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM "Timer" t WHERE t."incidentId" = i.id AND t.key = 'archive-notice'
            AND t."canceledAt" IS NULL
            AND (t."firedAt" IS NULL OR t."firedAt" >= i."closedAt" AND NOT ${switchedOff}))
      ON CONFLICT DO NOTHING`);
    await db.$executeRaw(Prisma.sql`
      UPDATE "Timer" t SET "dueAt" = i."closedAt" + ${wait} FROM "Incident" i
      WHERE i.id = t."incidentId" AND t."teamId" = ${teamId} AND i."closedAt" IS NOT NULL
        AND t.key = 'archive-notice' AND t."firedAt" IS NULL AND t."canceledAt" IS NULL`);
  },

  async fireTimers(incidentId, now) {
    const rows = await db.timer.updateManyAndReturn({
      where: { incidentId, ...ACTIVE, dueAt: { lte: date(now) } },
      data: { firedAt: date(now) },
    });
    return rows.map(timerOf).sort((a, b) => a.dueAt - b.dueAt);
  },

  async postponeTimers(incidentId, now, until) {
    await db.timer.updateMany({
      where: { incidentId, ...ACTIVE, dueAt: { lte: date(now) } },
      data: { dueAt: date(until) },
    });
  },

  async moveRests(teamId, days) {
    await db.$executeRaw(Prisma.sql`
      UPDATE "Timer" SET "dueAt" = to_timestamp((payload->>'from')::double precision / 1000) + ${days} * interval '24 hours'
      WHERE "teamId" = ${teamId} AND key = 'draft-rests' AND "firedAt" IS NULL AND "canceledAt" IS NULL`);
  },

  async watch(incidentId) {
    const { watchedFrom, declaredAt } = await db.incident.findUniqueOrThrow({ where: { id: incidentId } });
    const last = await db.update.findFirst({ where: { incidentId }, orderBy: { number: 'desc' } });
    return {
      from: instant(watchedFrom ?? declaredAt),
      updatedAt: last && instant(last.at),
      nextUpdateBy: last && instantOrNull(last.nextBy),
    };
  },

  async watchFrom(id, from) {
    await db.incident.update({ where: { id }, data: { watchedFrom: date(from) } });
  },

  async addNudge({ at, ...nudge }) {
    const id = randomUUID();
    await db.nudge.create({ data: { ...nudge, id, at: date(at) } });
    return id;
  },

  async nudge(id) {
    const row = await db.nudge.findUnique({ where: { id } });
    return row && nudgeOf(row);
  },

  async nudges(incidentId) {
    return (await db.nudge.findMany({ where: { incidentId }, orderBy: { at: 'asc' } })).map(nudgeOf);
  },

  async nudgePosted(id, { channelId, ts: messageTs }) {
    await db.nudge.update({ where: { id }, data: { channelId, messageTs } });
  },

  async answerNudge(id, answer, answeredBy, at) {
    const { count } = await db.nudge.updateMany({
      where: { id, answeredAt: null },
      data: { answer, answeredBy, answeredAt: date(at) },
    });
    return count === 1;
  },
});

const timerOf = (row: Row.Timer): Timer => ({
  id: row.id,
  incidentId: row.incidentId,
  dueAt: instant(row.dueAt),
  // Written by setTimer.
  purpose: row.payload as unknown as TimerPurpose,
});

const nudgeOf = (row: Row.Nudge): Nudge => ({
  id: row.id,
  incidentId: row.incidentId,
  // Both are written by addNudge, the stage is checked by the database.
  keys: row.keys as ExpectationKey[],
  stage: row.stage as Nudge['stage'],
  to: row.to,
  at: instant(row.at),
  message: row.channelId && row.messageTs ? { channelId: row.channelId, ts: row.messageTs } : null,
  answer:
    row.answer && row.answeredBy && row.answeredAt
      ? { kind: row.answer as NudgeAnswer, by: row.answeredBy, at: instant(row.answeredAt) }
      : null,
});

export const createTimers = (prisma: PrismaClient) => ({
  /** Incidents with timers that are due, the longest overdue first. Workspaces that stand still are left out. */
  async due(now: number, limit: number): Promise<{ incidentId: string }[]> {
    return prisma.$queryRaw(Prisma.sql`
      SELECT "incidentId" FROM "Timer"
      WHERE "firedAt" IS NULL AND "canceledAt" IS NULL AND "dueAt" <= ${date(now)}
        AND ${isAwake(Prisma.sql`"Timer"."teamId"`, now)}
      GROUP BY "incidentId" ORDER BY min("dueAt") LIMIT ${limit}`);
  },

  /** Whether the incident's workspace stands still. */
  async rests(incidentId: string, now: number): Promise<boolean> {
    const awake = await prisma.$queryRaw<object[]>(Prisma.sql`
      SELECT 1 FROM "Incident" i WHERE i.id = ${incidentId}::uuid AND ${isAwake(Prisma.sql`i."teamId"`, now)}`);
    return awake.length === 0;
  },
});
