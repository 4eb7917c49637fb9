import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { followMessage } from '../../src/usecases/followMessage.ts';
import { react } from '../../src/usecases/react.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, marksOf, opened, slackTs } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const people = { U1ANA: world.person('U1ANA'), U2BO: world.person('U2BO') };
const MESSAGE = slackTs('2026-03-10T13:52:07Z', 200);
const EMOJI = ['pushpin', 'satellite_antenna', 'dart'] as const;

type User = keyof typeof people;
type Happening =
  | { kind: 'reaction'; user: User; emoji: (typeof EMOJI)[number]; present: boolean }
  | { kind: 'edit'; text: string }
  | { kind: 'deletion' };

const user = fc.constantFrom<User[]>('U1ANA', 'U2BO');
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('reaction' as const),
      user,
      emoji: fc.constantFrom(...EMOJI),
      present: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      text: fc.constantFrom('One', 'Two', 'Three'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'deletion' as const }) },
);
/** What happened, and in which order it arrives, some of it more than once. */
const told = fc.array(happening, { minLength: 1, maxLength: 9 }).chain((all) => {
  const once = all.map((_, index) => index);
  const again = fc.array(fc.nat(all.length - 1), { maxLength: 6 });
  return again.chain((more) =>
    fc.record({
      all: fc.constant(all),
      arrivals: fc.shuffledSubarray([...once, ...more], { minLength: once.length + more.length }),
    }),
  );
});

/** The rule, pure: what happened last counts, for each person's reaction and for the text. */
function endOf(all: readonly Happening[]) {
  const held = new Map<string, boolean>([['U1ANA pushpin', true]]);
  let text = 'Said';
  for (const one of all) {
    if (one.kind === 'reaction') held.set(`${one.user} ${one.emoji}`, one.present);
    if (one.kind === 'edit') text = one.text;
  }
  const stands = (emoji: string) => [...held].some(([key, present]) => present && key.endsWith(` ${emoji}`));
  return {
    active: EMOJI.some(stands),
    text,
    gone: all.some((one) => one.kind === 'deletion'),
    marks: [
      ...(stands('satellite_antenna') ? ['detected'] : []),
      ...(stands('dart') ? ['root_cause_identified'] : []),
    ],
  };
}

const at = (n: number): string => slackTs('2026-03-10T14:00:00Z', n + 1);

async function arrive(
  { channelId }: Incident & { channelId: string },
  one: Happening,
  n: number,
): Promise<void> {
  if (one.kind === 'reaction') {
    const { emoji, present } = one;
    const state = { channelId, messageTs: MESSAGE, emoji, userId: one.user, present, eventTs: at(n) };
    return people[one.user]((scope) => react(scope, state));
  }
  const text = one.kind === 'edit' ? one.text : null;
  await people.U1ANA((scope) => followMessage(scope, { channelId, ts: MESSAGE, text, changedTs: at(n) }));
}

it('whatever arrives when and how often, what happened last counts', async () => {
  await fc.assert(
    fc.asyncProperty(told, async ({ all, arrivals }) => {
      const incident = await opened(people.U1ANA);
      // The line is there, with its words.
      await arrive(incident, { kind: 'reaction', user: 'U1ANA', emoji: 'pushpin', present: true }, 0);
      await database.sql('UPDATE "Entry" SET text = $2 WHERE "incidentId" = $1', [incident.id, 'Said']);
      for (const index of arrivals) await arrive(incident, all[index] as Happening, index + 1);
      const [entry] = await database.sql<{
        text: string;
        retractedAt: Date | null;
        messageGoneAt: Date | null;
      }>('SELECT text, "retractedAt", "messageGoneAt" FROM "Entry" WHERE "incidentId" = $1', [incident.id]);
      const record = await world.record(incident.id);
      expect({
        active: entry?.retractedAt === null,
        text: entry?.text,
        gone: entry?.messageGoneAt !== null,
        marks: Object.keys(marksOf(record)).sort(),
      }).toEqual(endOf(all));
    }),
    { numRuns: 40 },
  );
});

const OTHER = slackTs('2026-03-10T13:53:07Z', 200);
const MESSAGES = [MESSAGE, OTHER];
const rival = fc.record({
  user,
  message: fc.constantFrom(...MESSAGES),
  // Both say the same.
  emoji: fc.constantFrom('dart', 'dart', 'pushpin'),
  present: fc.boolean(),
});
const rivals = fc.array(rival, { minLength: 2, maxLength: 9 }).chain((all) =>
  fc.record({
    all: fc.constant(all),
    arrivals: fc.shuffledSubarray(
      all.map((_, index) => index),
      { minLength: all.length },
    ),
  }),
);

it('of two messages with the same milestone, the one that got it first of those that have it', async () => {
  await fc.assert(
    fc.asyncProperty(rivals, async ({ all, arrivals }) => {
      const incident = await opened(people.U1ANA);
      const { channelId } = incident;
      const held = new Map<string, { message: string; emoji: string; since: number }>();
      const tell = async (one: (typeof all)[number], n: number) => {
        const { message: messageTs, emoji, user: userId, present } = one;
        const state = { channelId, messageTs, emoji, userId, present, eventTs: at(n) };
        await people[one.user]((scope) => react(scope, state));
      };
      all.forEach(({ user: who, message, emoji, present }, since) => {
        const key = `${who} ${message} ${emoji}`;
        if (present) held.set(key, { message, emoji, since });
        else held.delete(key);
      });
      for (const index of arrivals) await tell(all[index] as (typeof all)[number], index);
      const first = [...held.values()]
        .filter(({ emoji }) => emoji === 'dart')
        .sort((a, b) => a.since - b.since)[0];
      const marks = await database.sql<{ messageTs: string }>(
        `SELECT e."messageTs" FROM "Mark" m JOIN "Entry" e ON e.id = m."entryId"
         WHERE m."incidentId" = $1 AND m.milestone = 'root_cause_identified' AND m."retiredAt" IS NULL`,
        [incident.id],
      );
      expect(marks.map(({ messageTs }) => messageTs)).toEqual(first ? [first.message] : []);
    }),
    { numRuns: 30 },
  );
});
