import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { deliver } from '../../src/slack/delivery.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { followMessage } from '../../src/usecases/followMessage.ts';
import { react } from '../../src/usecases/react.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, slackTs, stepOf } from '../support/makers.ts';

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
const at = (second: number) => slackTs(`2026-03-10T14:00:${String(second).padStart(2, '0')}Z`);
const change = ({ channelId }: { channelId: string }, second: number, text: string | null, ts = TS) => {
  const changedTs = at(second);
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

/** A reaction makes the message a line; then the step asks Slack, which answers `found` after `meanwhile`. */
async function fetched(found: object, meanwhile: (incident: { channelId: string }) => Promise<unknown>) {
  const incident = await opened(ana);
  const { channelId } = incident;
  const state = {
    channelId,
    messageTs: TS,
    emoji: 'pushpin',
    userId: 'U1ANA',
    present: true,
    eventTs: at(0),
  };
  await ana((scope) => react(scope, state));
  const history = async () => {
    await meanwhile(incident);
    return { messages: [{ ts: TS, user: 'U2BO', ...found }] };
  };
  const client = {
    conversations: { history },
    chat: { getPermalink: async () => ({ permalink: 'https://x' }) },
  };
  const [entry] = (await world.record(incident.id)).entries;
  const step = { id: '1', kind: 'fetch', payload: { entryId: entry?.id } };
  await deliver({ ...world, client } as unknown as StepDeps, stepOf(incident.id, step));
  return incident;
}

describe('a line whose words Slack is asked for', () => {
  it('keeps an edit that comes before Slack’s older answer is written', async () => {
    const incident = await fetched({ text: 'As written' }, (one) => change(one, 5, 'As corrected'));
    expect((await line(incident)).text).toBe('As corrected');
  });

  it('keeps what was read when an earlier edit comes late, and takes a later one', async () => {
    const found = { text: 'Second', edited: { ts: at(5), user: 'U2BO' } };
    const incident = await fetched(found, async () => undefined);
    await change(incident, 4, 'First');
    expect((await line(incident)).text).toBe('Second');
    await change(incident, 6, 'Third');
    expect((await line(incident)).text).toBe('Third');
  });

  it('takes Slack’s later answer in place of an edit that came', async () => {
    const found = { text: 'Second', edited: { ts: at(5), user: 'U2BO' } };
    const incident = await fetched(found, (one) => change(one, 4, 'First'));
    expect((await line(incident)).text).toBe('Second');
  });

  it('gets words although an edit without any came before', async () => {
    const incident = await fetched({ text: 'As written' }, (one) => change(one, 5, ' '));
    expect((await line(incident)).text).toBe('As written');
  });
});

it.each([[[1, 2]], [[2, 1]], [[2, 1, 2, 1]]])(
  'of two edits within Slack’s second, told in the order %j, the later one counts',
  async (order) => {
    const incident = await captured();
    for (const n of order) {
      const edit = { channelId: incident.channelId, ts: TS, text: `Edit ${n}`, changedTs: at(5) };
      await ana((scope) => followMessage(scope, { ...edit, eventTs: at(5 + n) }));
    }
    expect((await line(incident)).text).toBe('Edit 2');
  },
);
