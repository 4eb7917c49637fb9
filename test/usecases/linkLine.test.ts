import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { showEntryLine } from '../../src/slack/steps/entries.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { channelBack } from '../../src/usecases/channelBack.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { merge } from '../../src/usecases/merge.ts';
import { react } from '../../src/usecases/react.ts';
import { retract } from '../../src/usecases/retract.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, marksOf, noted, opened, slackTs, stepOf } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const ben = world.person('U2BEN');
const TRIED = world.clock.now();

interface Posted {
  channel: string;
  ts: string;
  text: string;
  metadata?: object;
}

/** A Slack that keeps what is posted, with its marks. */
const slack = {
  posted: [] as Posted[],
  count: 0,
  /** Meanwhile, once: after a message is there and before Slack answers. */
  meanwhile: null as (() => Promise<void>) | null,
  archived: false,
};
beforeEach(() => Object.assign(slack, { posted: [], meanwhile: null, archived: false }));

const client = {
  chat: {
    postMessage: async (message: Omit<Posted, 'ts'>) => {
      const ts = slackTs('2026-03-10T14:00:00Z', ++slack.count);
      slack.posted.push({ ...message, ts });
      const { meanwhile } = slack;
      slack.meanwhile = null;
      await meanwhile?.();
      return { ts };
    },
    update: async ({ ts, text }: Posted) => {
      if (slack.archived) throw new WebAPIPlatformError({ ok: false, error: 'is_inactive' });
      for (const one of slack.posted) if (one.ts === ts) one.text = text;
      return {};
    },
    getPermalink: async ({ message_ts }: { message_ts: string }) => ({
      permalink: `https://x.test/${message_ts}`,
    }),
  },
  conversations: {
    history: async ({ channel }: { channel: string }) => ({
      messages: slack.posted.filter((one) => one.channel === channel),
    }),
  },
};
const deps = {
  client,
  self: { botId: 'B1', userId: 'UBOT' },
  store: world.store,
  runner: world.runner,
  clock: world.clock,
} as unknown as StepDeps;

/** Shows the lines of a lane, one row after the other, until none is left. `unsure`: after a try that may have posted. */
async function drain(lane: string, unsure = false): Promise<void> {
  while (true) {
    const [row] = await database.sql<{ id: string; kind: string; payload: object }>(
      `SELECT id::text AS id, kind, payload FROM "Outbox"
       WHERE lane = $1 AND kind = 'entry' AND "doneAt" IS NULL ORDER BY "Outbox".id LIMIT 1`,
      [lane],
    );
    if (!row) return;
    const step = { ...stepOf(lane, row), unsureSince: unsure ? TRIED : null } as Step<'entry'>;
    await showEntryLine(deps, step);
    await database.sql('UPDATE "Outbox" SET "doneAt" = now() WHERE id = $1', [row.id]);
  }
}

/** A try that is killed after Slack took the message. */
async function killedAfterPosting(lane: string): Promise<Posted> {
  slack.meanwhile = async () => {
    throw new WebAPIRequestError(new Error('socket hang up'));
  };
  await expect(drain(lane)).rejects.toThrow();
  return slack.posted.at(-1) as Posted;
}

describe('a line that moves in a merge before it is posted', () => {
  const merged = async () => {
    const target = await opened(ana);
    const source = await opened(ben);
    await noted(ben, source, 'Rolled back');
    const move = () => ben((scope) => merge(scope, { ref: { id: source.id }, into: target.number }));
    return { target, source, move };
  };

  it('is posted once, though both lanes have it at the same time', async () => {
    const { target, source, move } = await merged();
    await move();
    await ana((scope) => editEntry(scope, { ref: { id: target.id }, number: 1, text: 'Rolled back to v4' }));
    slack.meanwhile = () => drain(source.id);
    await drain(target.id);
    expect(slack.posted).toMatchObject([{ channel: target.channelId }]);
    expect(slack.posted[0]?.text).toContain('Rolled back to v4');
    const [entry] = (await world.record(target.id)).entries;
    expect(entry?.message).toEqual({ channelId: target.channelId, ts: slack.posted[0]?.ts });
  });

  it('stays the one that an earlier try posted where it was', async () => {
    const { target, source, move } = await merged();
    const { ts } = await killedAfterPosting(source.id);
    await move();
    await drain(source.id, true);
    await drain(target.id);
    expect(slack.posted).toMatchObject([{ channel: source.channelId, ts }]);
    expect(slack.posted[0]?.text).toContain(`INC-${target.number} #1`);
    const [entry] = (await world.record(target.id)).entries;
    expect(entry?.message).toEqual({ channelId: source.channelId, ts });
  });
});

describe('a reaction on the bot’s line before it is known to be that', () => {
  const clicked = async (present: boolean[]) => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Errors rise');
    const { ts: messageTs } = await killedAfterPosting(incident.id);
    const { channelId } = incident;
    for (const [n, there] of present.entries()) {
      const eventTs = slackTs('2026-03-10T14:00:10Z', n);
      const state = {
        channelId,
        messageTs,
        emoji: 'boom',
        userId: 'U2BEN',
        present: there,
        eventTs,
        own: true,
      };
      await ben((scope) => react(scope, state));
    }
    return incident;
  };
  const told = ({ id }: { id: string }) =>
    database.sql(`SELECT payload->>'userId' AS to FROM "Outbox" WHERE lane = $1 AND kind = 'captured'`, [id]);

  it('marks the line once it is linked, as a mark of who reacted, who is told', async () => {
    const incident = await clicked([true]);
    expect(marksOf(await world.record(incident.id))).toEqual({});
    await drain(incident.id, true);
    const record = await world.record(incident.id);
    expect(Object.keys(marksOf(record))).toEqual(['impact_started']);
    expect(await told(incident)).toEqual([{ to: 'U2BEN' }]);
    expect(slack.posted).toHaveLength(1);
    expect(slack.posted[0]?.text).toContain('Impact started');
  });

  it('that was taken away again marks nothing', async () => {
    const incident = await clicked([true, false]);
    await drain(incident.id, true);
    expect(marksOf(await world.record(incident.id))).toEqual({});
    expect(await told(incident)).toEqual([]);
  });

  it('does not bring a line back that somebody took off meanwhile', async () => {
    const incident = await clicked([true]);
    world.clock.forward(1);
    await ana((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
    await drain(incident.id, true);
    const [entry] = (await world.record(incident.id)).entries;
    expect(entry?.retractedAt).not.toBeNull();
    expect(entry?.message).not.toBeNull();
  });
});

it('a channel that comes out of the archive shows what Slack refused to change there, and nothing else', async () => {
  const incident = await opened(ana);
  for (const text of ['Errors rise', 'Rolled back']) await noted(ana, incident, text);
  await drain(incident.id);
  slack.archived = true;
  await ana((scope) => editEntry(scope, { ref: { id: incident.id }, number: 2, text: 'Rolled back to v4' }));
  await expect(drain(incident.id)).rejects.toThrow(/is_inactive/);
  await database.sql(
    `UPDATE "Outbox" SET "doneAt" = now(), error = 'is_inactive' WHERE lane = $1 AND kind = 'entry' AND "doneAt" IS NULL`,
    [incident.id],
  );
  slack.archived = false;
  await ana((scope) => channelBack(scope, { channelId: incident.channelId }));
  const open = await database.sql<{ payload: { entryId: string } }>(
    `SELECT payload FROM "Outbox" WHERE lane = $1 AND kind = 'entry' AND "doneAt" IS NULL`,
    [incident.id],
  );
  const second = (await world.record(incident.id)).entries.find((one) => one.number === 2);
  expect(open).toEqual([{ payload: { entryId: second?.id } }]);
  await drain(incident.id);
  expect(slack.posted.map(({ text }) => text)).toEqual([
    expect.stringContaining('Errors rise'),
    expect.stringContaining('Rolled back to v4'),
  ]);
});

it('so does the check mark of a line that was taken off meanwhile', async () => {
  const incident = await opened(ana);
  const { channelId } = incident;
  const messageTs = slackTs('2026-03-10T13:50:00Z');
  const state = { channelId, messageTs, emoji: 'pushpin', userId: 'U1ANA', eventTs: messageTs };
  await ana((scope) => react(scope, { ...state, present: true }));
  const done = (result: object) =>
    database.sql('UPDATE "Outbox" SET "doneAt" = now(), result = $2 WHERE lane = $1 AND "doneAt" IS NULL', [
      incident.id,
      result,
    ]);
  await done({ code: null });
  await ana((scope) => channelBack(scope, { channelId }));
  const marks = () =>
    database.sql(`SELECT 1 FROM "Outbox" WHERE lane = $1 AND kind = 'react' AND "doneAt" IS NULL`, [
      incident.id,
    ]);
  expect(await marks()).toEqual([]);
  await ana((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
  await done({ code: 'is_archived' });
  await ana((scope) => channelBack(scope, { channelId }));
  expect(await marks()).toHaveLength(1);
});
