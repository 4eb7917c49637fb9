import type { Rows } from '../support/rows.ts';
import type { Workspace } from '../support/workspace.ts';
import { type Life, storedTexts } from './life.ts';

/** What came of some runs. All but the first four must be 0. */
export interface Tally {
  runs: number;
  kills: number;
  /** In the midst of what: steps that the killed worker had, commands that the killed web process had stored. */
  hit: Record<string, number>;
  retyped: number;
  lost: number;
  doubled: number;
  doubledPosts: number;
  /** Incidents that have not exactly one channel, and drafts that are not there exactly once as a file. */
  otherChannels: number;
  otherFiles: number;
  otherDrafts: number;
}

export const NOTHING: Tally = {
  runs: 0,
  kills: 0,
  hit: {},
  retyped: 0,
  lost: 0,
  doubled: 0,
  doubledPosts: 0,
  otherChannels: 0,
  otherFiles: 0,
  otherDrafts: 0,
};

export const sum = (a: Tally, b: Tally): Tally => ({
  runs: a.runs + b.runs,
  kills: a.kills + b.kills,
  hit: counted(a.hit, b.hit),
  retyped: a.retyped + b.retyped,
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  doubledPosts: a.doubledPosts + b.doubledPosts,
  otherChannels: a.otherChannels + b.otherChannels,
  otherFiles: a.otherFiles + b.otherFiles,
  otherDrafts: a.otherDrafts + b.otherDrafts,
});

/** Both counts together. */
export function counted(a: Tally['hit'], b: Tally['hit']): Tally['hit'] {
  const all = { ...a };
  for (const [what, times] of Object.entries(b)) all[what] = (all[what] ?? 0) + times;
  return all;
}

/** What is wrong with one incident's life, against the draft of an undisturbed one. */
export async function judge(space: Workspace, rows: Rows, life: Life, expected: string): Promise<Tally> {
  const texts = await storedTexts(rows, life.title);
  const draft = await draftOf(rows, life.title);
  if (draft !== expected) process.stderr.write(`${difference(expected, draft)}\n`);
  return {
    ...NOTHING,
    runs: 1,
    retyped: life.retyped,
    lost: life.acknowledged.filter((text) => !texts.includes(text)).length,
    doubled: texts.length - new Set(texts).size,
    otherChannels: (await channelsOf(space, life.title)).length === 1 ? 0 : 1,
    otherFiles: (await filesOf(space, life.title)) === 1 ? 0 : 1,
    otherDrafts: draft === expected ? 0 : 1,
  };
}

/** Where two drafts part, for whoever reads the output. */
function difference(expected: string, draft: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === draft[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  return `A draft differs.\n  expected …${around(expected)}…\n  found    …${around(draft)}…`;
}

/** The channels that are named after the incident; titles are one word that no other has. */
const channelsOf = async (space: Workspace, title: string) =>
  (await space.gateway.channels()).filter(({ name }) => name.includes(title));

/** How many files Slack took for the incident's channels. */
async function filesOf(space: Workspace, title: string): Promise<number> {
  const channels = (await channelsOf(space, title)).map(({ id }) => id);
  return space.gateway.calls.filter(
    ({ method, args, ok }) =>
      method === 'files.completeUploadExternal' && ok && channels.includes(String(args.channel_id)),
  ).length;
}

/** Messages that Slack took more than once: each carries the mark of its outbox row, and says what no other says there. */
export function doubledPosts(space: Workspace, since: number): number {
  const posts = space.gateway.calls
    .slice(since)
    .filter((call) => call.method === 'chat.postMessage' && call.ok);
  const doubled = (of: (args: (typeof posts)[number]['args']) => unknown) =>
    posts.length - new Set(posts.map(({ args }) => JSON.stringify(of(args)))).size;
  return Math.max(
    doubled(({ metadata }) => metadata),
    doubled(({ channel, thread_ts, text }) => [channel, thread_ts, text]),
  );
}

/**
 * The latest draft as JSON and Markdown, without what differs from run to run: ids, links, numbers,
 * who typed it, and when we learnt of it.
 */
export async function draftOf(rows: Rows, title: string): Promise<string> {
  const found = await rows.sql<{ data: unknown; markdown: string; number: number }>(
    `SELECT v.data, v.markdown, i.number FROM "PostmortemVersion" v
     JOIN "Postmortem" p ON p.id = v."postmortemId" JOIN "Incident" i ON i.id = p."incidentId"
     WHERE i.title = $1 ORDER BY v.number DESC LIMIT 1`,
    [title],
  );
  const [draft] = found;
  if (!draft) return 'no draft';
  return (
    JSON.stringify([draft.data, draft.markdown])
      .replaceAll(title, 'TITLE')
      .replaceAll(title.toLowerCase(), 'TITLE')
      .replaceAll(new RegExp(`INC-${draft.number}\\b`, 'gi'), 'INC-N')
      .replaceAll(/https?:[^\s"<>)|\\]+/g, 'LINK')
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'ID')
      .replaceAll(/\b[CU][A-Z0-9]{8,}\b/g, 'SLACK')
      .replaceAll(/"number":\d+/g, '"number":N')
      .replaceAll(/\b\d{10}\.\d{6}\b/g, 'TS')
      // The incident is of March 10; other times say when something was typed.
      .replaceAll(/\b20(?!26-03-10)\d\d-\d\d-\d\d[ T]\d\d:\d\d[:.\dZ]*/g, 'THEN')
      .replaceAll(/\b(ana|ben|eva)\b/g, 'PERSON')
  );
}
