import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { offerRun } from '../../src/slack/steps/run.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { makeIncident } from '../postmortem/makers.ts';

const CHOSEN = Date.parse('2026-03-10T12:00:00Z') / 1000;
const tsOf = (seconds: number): string => `${CHOSEN + seconds}.000100`;

/** Which messages are offered from the chosen one on, where people wrote so many seconds after it. */
async function offered(written: number[], threadTs: string | null = null): Promise<string[]> {
  const all = written.map((seconds) => ({ ts: tsOf(seconds), user: 'U1ANA', text: `said ${seconds}` }));
  const shown: string[] = [];
  // As Slack says: the newest of the range first; a thread from its beginning.
  const read = async (args: {
    oldest: string;
    latest?: string;
    limit: number;
    cursor?: string;
    ts?: string;
  }) => {
    const until = Number(args.latest ?? Number.POSITIVE_INFINITY);
    const range = all.filter(({ ts }) => Number(ts) >= Number(args.oldest) && Number(ts) <= until);
    if (args.ts === undefined) range.reverse();
    const start = Number(args.cursor ?? 0);
    const next = start + args.limit < range.length ? String(start + args.limit) : '';
    return { messages: range.slice(start, start + args.limit), response_metadata: { next_cursor: next } };
  };
  const tx = {
    incident: async () => makeIncident(),
    entryOf: async () => null,
    settings: async () => ({ settings: DEFAULT_SETTINGS }),
    zoneOf: async () => 'UTC',
  };
  const deps = {
    client: {
      conversations: { history: read, replies: read },
      views: {
        update: async ({ view }: { view: object }) => {
          const said = JSON.stringify(view).matchAll(/said (\d+)/g);
          shown.push(...new Set([...said].map((match) => match[1] ?? '')));
          return {};
        },
      },
    },
    self: { userId: 'UBOT', botId: 'B1' },
    people: { known: async () => null },
    store: { transaction: (work: (one: object) => unknown) => work(tx) },
    clock: { now: () => (CHOSEN + 90 * 86_400) * 1000 },
  } as unknown as StepDeps;
  const delivery = {
    kind: 'offer-run',
    viewId: 'V1',
    channelId: 'C1',
    userId: 'U1ANA',
    ts: tsOf(0),
    threadTs,
  };
  await offerRun(deps, { incidentId: 'incident-1', delivery } as unknown as Step<'offer-run'>);
  return shown;
}

const every = (seconds: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n * seconds);
const first = (written: number[]) => written.slice(0, 10).map(String);

it.each<[string, number[]]>([
  ['a few', every(60, 3)],
  ['a quiet channel, over days', every(40_000, 12)],
  ['three thousand, close together', every(120, 3000)],
])('the ten messages from the chosen one on are offered: %s', async (_, written) => {
  expect(await offered(written)).toEqual(first(written));
});

it('the few that were said at once are offered where thousands came later', async () => {
  const atOnce = every(60, 4);
  const later = every(30, 3000, 30 * 86_400);
  expect(await offered([...atOnce, ...later])).toEqual(first(atOnce));
});

it('a thread is read from the chosen one on, however long', async () => {
  const written = every(60, 3000);
  expect(await offered(written, tsOf(0))).toEqual(first(written));
});
