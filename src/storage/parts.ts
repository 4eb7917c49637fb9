import { randomUUID } from 'node:crypto';
import type { Reading } from '../time/types.ts';
import type { PartsTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { actionOf, date, dateOrNull, incidentOf, instant, instantOrNull, json } from './rows.ts';
import { latestVersions } from './versions.ts';

/** Rows of what people say of an incident: windows, customers, factors, actions, texts; and open choices. */
export const parts = (db: Db): PartsTx => ({
  async addWindow(incidentId, by, at, { from, to, fromPrecision, toPrecision, fromEntryId, toEntryId }) {
    const precisions = { fromPrecision, toPrecision };
    const ends = { from: dateOrNull(from), to: dateOrNull(to), fromEntryId, toEntryId, ...precisions };
    await db.impactWindow.create({
      data: { ...ends, id: randomUUID(), incidentId, addedBy: by, addedAt: date(at) },
    });
  },

  async clearWindows(incidentId, at) {
    await db.impactWindow.updateMany({
      where: { incidentId, removedAt: null },
      data: { removedAt: date(at) },
    });
  },

  async setCustomers(incidentId, by, at, service, text) {
    const row = { text, by, at: date(at) };
    await db.customerImpact.upsert({
      where: { incidentId_service: { incidentId, service } },
      create: { incidentId, service, ...row },
      update: row,
    });
  },

  async addFactor(incidentId, by, at, text) {
    await db.factor.create({ data: { id: randomUUID(), incidentId, text, by, at: date(at) } });
  },

  async partOf(incidentId, kind, { channelId, ts: messageTs }) {
    const where = { incidentId, channelId, messageTs };
    if (kind === 'action') return db.actionItem.findFirst({ where: { ...where, droppedAt: null } });
    const factor = await db.factor.findFirst({ where: { ...where, removedAt: null } });
    return factor && { id: factor.id, kept: false };
  },

  async addPart(incidentId, by, at, kind, { channelId, ts: messageTs }) {
    const id = randomUUID();
    const row = { id, incidentId, text: '', by, at: date(at), channelId, messageTs };
    if (kind === 'factor') {
      await db.factor.create({ data: row });
      return id;
    }
    const { lastAction: number } = await db.incident.update({
      where: { id: incidentId },
      data: { lastAction: { increment: 1 } },
      select: { lastAction: true },
    });
    await db.actionItem.create({ data: { ...row, number, kept: false } });
    return id;
  },

  async removePart(kind, id, by, at) {
    if (kind === 'factor') await db.factor.update({ where: { id }, data: { removedAt: date(at) } });
    else {
      const dropReason = 'the reaction was taken away';
      await db.actionItem.update({ where: { id }, data: { droppedAt: date(at), droppedBy: by, dropReason } });
    }
  },

  async describePart(kind, id, data) {
    if (kind === 'action') return (await db.actionItem.update({ where: { id }, data })).number;
    await db.factor.update({ where: { id }, data });
    return null;
  },

  async addAction(incidentId, by, at, action) {
    const { lastAction } = await db.incident.update({
      where: { id: incidentId },
      data: { lastAction: { increment: 1 } },
      select: { lastAction: true },
    });
    const row = { ...action, id: randomUUID(), incidentId, number: lastAction, by, at: date(at) };
    await db.actionItem.create({ data: row });
    return lastAction;
  },

  async actionNumbered(incidentId, number) {
    const row = await db.actionItem.findFirst({ where: { incidentId, number, droppedAt: null } });
    return row && actionOf(row);
  },

  async droppedAction(incidentId, number) {
    const where = { incidentId, number, droppedAt: { not: null } };
    const row = await db.actionItem.findFirst({ where });
    if (!row) return null;
    const { channelId, messageTs } = row;
    const standing = { incidentId, channelId, messageTs, droppedAt: null };
    const instead = messageTs === null ? null : await db.actionItem.findFirst({ where: standing });
    return { instead: instead?.number ?? null };
  },

  async updateAction(incidentId, number, { doneAt, droppedAt, ...patch }) {
    const data = {
      ...patch,
      // A person has touched it: taking a reaction away no longer takes it away.
      kept: true,
      ...(doneAt !== undefined && { doneAt: dateOrNull(doneAt) }),
      ...(droppedAt !== undefined && { droppedAt: dateOrNull(droppedAt) }),
    };
    return actionOf(
      await db.actionItem.update({ where: { incidentId_number: { incidentId, number } }, data }),
    );
  },

  async openActions(teamId, ownerId) {
    const rows = await db.actionItem.findMany({
      where: { incident: { teamId }, doneAt: null, droppedAt: null, ...(ownerId && { ownerId }) },
      orderBy: [{ due: { sort: 'asc', nulls: 'last' } }, { at: 'asc' }],
      take: 500,
      include: { incident: true },
    });
    return rows.map((row) => ({ incident: incidentOf(row.incident), action: actionOf(row) }));
  },

  async zoneOf(teamId, id) {
    return (await db.slackUser.findUnique({ where: { teamId_id: { teamId, id } } }))?.zone ?? null;
  },

  async writeSection(incidentId, by, at, name, text) {
    const last = await db.sectionText.aggregate({ where: { incidentId, name }, _max: { version: true } });
    const version = (last._max.version ?? 0) + 1;
    await db.sectionText.create({ data: { incidentId, name, version, text, by, at: date(at) } });
  },

  sectionTexts: (incidentId, most) => latestVersions(db, 'SectionText', incidentId, most),

  async sectionText(incidentId, name, version) {
    const where = { incidentId_name_version: { incidentId, name, version } };
    const row = await db.sectionText.findUnique({ where });
    return row && { text: row.text, by: row.by, at: instant(row.at) };
  },

  async addChoice({ teamId, userId, request, readings }, at) {
    const id = randomUUID();
    const data = {
      id,
      teamId,
      userId,
      createdAt: date(at),
      request: json(request),
      readings: json(readings),
    };
    await db.choice.create({ data });
    return id;
  },

  async answerChoice(id, at) {
    const rows = await db.$queryRaw<
      { id: string }[]
    >`SELECT id FROM "Choice" WHERE id = ${id}::uuid FOR UPDATE`;
    if (rows.length === 0) return null;
    const { teamId, userId, request, readings, answeredAt } = await db.choice.findUniqueOrThrow({
      where: { id },
    });
    if (!answeredAt) await db.choice.update({ where: { id }, data: { answeredAt: date(at) } });
    // Written by addChoice: readings as the reader made them.
    const read = readings as unknown as Reading[];
    return { id, teamId, userId, request, readings: read, answeredAt: instantOrNull(answeredAt) };
  },
});
