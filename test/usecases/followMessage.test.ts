import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { followMessage } from '../../src/usecases/followMessage.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, slackTs } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const TS = slackTs('2026-03-10T13:52:07Z', 200);

async function captured(): Promise<Incident & { channelId: string }> {
  const incident = await opened(ana);
  const message = { channelId: incident.channelId, ts: TS, authorId: 'U2BO', text: 'As written' };
  await ana((scope) => captureMessage(scope, { ...message, changed: false, time: '', milestones: [] }));
  return incident;
}

/** The message was changed at that second after two; `text` null: it was deleted. */
const change = ({ channelId }: { channelId: string }, second: number, text: string | null, ts = TS) => {
  const changedTs = slackTs(`2026-03-10T14:00:${String(second).padStart(2, '0')}Z`);
  return ana((scope) => followMessage(scope, { channelId, ts, text, changedTs }));
};
const line = async ({ id }: Incident) => {
  const [entry] = (await world.record(id)).entries;
  const [row] = await database.sql<{ messageGoneAt: Date | null }>(
    'SELECT "messageGoneAt" FROM "Entry" WHERE id = $1',
    [entry?.id],
  );
  return { text: entry?.text, gone: row?.messageGoneAt?.toISOString() ?? null };
};

describe('an edit of the message', () => {
  it('becomes the text of its line, with a revision that keeps what it was', async () => {
    const incident = await captured();
    await change(incident, 5, 'As corrected');
    expect(await line(incident)).toEqual({ text: 'As corrected', gone: null });
    const revisions = await database.sql(
      `SELECT before, after, at FROM "EntryRevision" JOIN "Entry" ON "Entry".id = "entryId"
       WHERE change = 'message-edited' AND "incidentId" = $1`,
      [incident.id],
    );
    expect(revisions).toEqual([
      {
        before: { text: 'As written' },
        after: { text: 'As corrected' },
        at: new Date('2026-03-10T14:00:05.000Z'),
      },
    ]);
  });

  it('never moves when it happened', async () => {
    const incident = await captured();
    const [before] = (await world.record(incident.id)).entries;
    await change(incident, 5, 'As corrected');
    const [after] = (await world.record(incident.id)).entries;
    expect(after?.occurredAt).toBe(before?.occurredAt);
  });

  it('gives way to the words of a person', async () => {
    const incident = await captured();
    await ana((scope) => editEntry(scope, { ref: { id: incident.id }, number: 1, text: 'In my words' }));
    await change(incident, 5, 'As corrected');
    expect((await line(incident)).text).toBe('In my words');
  });

  it.each([
    ['of nothing but white space', '   '],
    ['that changes nothing', 'As written'],
    ['that adds what nobody sees', 'As written\u0000\u202e \r\n'],
  ])('%s leaves no revision', async (_, text) => {
    const incident = await captured();
    await change(incident, 5, text);
    expect((await line(incident)).text).toBe('As written');
    const revisions = await database.sql(
      `SELECT 1 FROM "EntryRevision" JOIN "Entry" ON "Entry".id = "entryId" WHERE "incidentId" = $1`,
      [incident.id],
    );
    expect(revisions).toEqual([]);
  });

  it('of a message that is no line is none of our business', async () => {
    const incident = await captured();
    await change(incident, 5, 'Other', slackTs('2026-03-10T13:59:00Z'));
    await change({ channelId: 'C0ELSEWHERE' }, 5, 'Other');
    expect(await line(incident)).toEqual({ text: 'As written', gone: null });
  });

  it("of the bot's own line does not reach the text of a command", async () => {
    const incident = await opened(ana);
    const { entry } = await noted(ana, incident, 'Rolled back');
    const message = { channelId: incident.channelId, ts: TS };
    await ana((scope) => scope.tx.updateEntry(entry.id, { message }));
    await change(incident, 5, ':pushpin: *#1* Rolled back');
    expect((await line(incident)).text).toBe('Rolled back');
  });
});

describe('a deletion of the message', () => {
  it('is noted, and the text stays', async () => {
    const incident = await captured();
    await change(incident, 5, null);
    expect(await line(incident)).toEqual({ text: 'As written', gone: '2026-03-10T14:00:05.000Z' });
  });

  it('is noted once', async () => {
    const incident = await captured();
    await change(incident, 5, null);
    await change(incident, 5, null);
    const revisions = await database.sql(
      `SELECT 1 FROM "EntryRevision" JOIN "Entry" ON "Entry".id = "entryId"
       WHERE change = 'message-deleted' AND "incidentId" = $1`,
      [incident.id],
    );
    expect(revisions).toHaveLength(1);
  });
});

describe('whatever arrives when', () => {
  const events: [number, string | null][] = [
    [1, 'First'],
    [2, 'Second'],
    [3, null],
  ];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
    [2, 1, 0, 1, 2, 0],
  ];
  it.each(orders.map((order) => [order]))(
    'in the order %j the last words and the deletion count',
    async (order) => {
      const incident = await captured();
      for (const index of order) {
        const [second, text] = events[index] ?? [0, null];
        await change(incident, second, text);
      }
      expect(await line(incident)).toEqual({ text: 'Second', gone: '2026-03-10T14:00:03.000Z' });
    },
  );
});
