import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openProducer } from '../../src/jobs/queue.ts';
import { createTimerQueue } from '../../src/jobs/timerQueue.ts';
import { declare, type } from '../e2e/incident.ts';
import { keptLog } from '../slack/fakes.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';

const WANTED = Number(process.env.FAULTS_TIMERS ?? 10_000);
const WINDOW_MS = 10_000;
// A sweep fires those of fifty incidents, and comes two seconds after the last one; of jobs fifty are taken a second.
const MOST_IN_WINDOW = 6 * 50 + 11 * 50;
// Who the lead is, their conversation, the message, the headline.
const MOST_CALLS_IN_WINDOW = 4 * MOST_IN_WINDOW;

const space = useWorkspace({ process: true, people: { ana: 'UTC', ben: 'UTC' } });
const rows = useDatabaseOf(space);

const OVERDUE = `FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
  WHERE i.title LIKE 'Copy %' AND t."firedAt" IS NULL AND t."canceledAt" IS NULL AND t."dueAt" <= now()`;

/** As many timers as are wanted, an hour overdue, of copies of an incident; gives how many there are of both. */
async function overdue(title: string): Promise<{ incidents: number; timers: number }> {
  const active = await rows.sql(
    `SELECT 1 FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId"
     WHERE i.title = $1 AND t."firedAt" IS NULL AND t."canceledAt" IS NULL`,
    [title],
  );
  const incidents = Math.ceil(WANTED / active.length);
  await rows.sql(
    `INSERT INTO "Incident" SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(),
       'number', i.number + n, 'title', 'Copy ' || n, 'channelId', 'C0COPY' || n, 'headlineTs', NULL,
       'watchedFrom', now() - interval '1 day'))).*
     FROM "Incident" i, generate_series(1, $2::int) n WHERE i.title = $1`,
    [title, incidents],
  );
  await rows.sql(
    `INSERT INTO "Timer" SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(),
       'incidentId', c.id, 'dueAt', now() - interval '1 hour'))).*
     FROM "Timer" t JOIN "Incident" i ON i.id = t."incidentId", "Incident" c
     WHERE i.title = $1 AND c.title LIKE 'Copy %' AND t."firedAt" IS NULL AND t."canceledAt" IS NULL`,
    [title],
  );
  return { incidents, timers: incidents * active.length };
}

/** A job in Redis for each of them, overdue too: there was no worker to take it. Those of one incident lie apart. */
async function queued(): Promise<number> {
  const redis = openProducer(space.redisUrl);
  await once(redis, 'ready');
  const queue = createTimerQueue(redis, space.redisPrefix, keptLog().logger);
  const due = await rows.sql<{ incidentId: string }>(`SELECT t."incidentId" ${OVERDUE} ORDER BY t.id`);
  for (const { incidentId } of due) await queue.add(incidentId, 1);
  await queue.close();
  redis.disconnect();
  return due.length;
}

test(`${WANTED} timers, overdue at the start, fire without a storm while people type`, async () => {
  const { ana } = space.people;
  const title = 'Long before';
  const channel = await declare(space, ana, `sev1 ${title}`);
  await rows.laneIdle(title);
  await space.bot.stop();
  const made = { ...(await overdue(title)), jobs: await queued() };
  await space.restart();
  const began = Date.now();
  const waiting = async () => Number((await rows.sql(`SELECT count(DISTINCT i.id) AS n ${OVERDUE}`))[0]?.n);
  const samples: { at: number; left: number; calls: number }[] = [];
  const tookMs: number[] = [];
  let left = await waiting();
  for (let n = 0; left > 0; n++) {
    const at = Date.now();
    const reply = await type(ana, channel, `/incident note Meanwhile ${n}`);
    expect(reply.text).toContain(`Meanwhile ${n}`);
    tookMs.push(Date.now() - at);
    left = await waiting();
    if (n % 20 === 0)
      console.log(`${Math.round((at - began) / 1000)} s: ${left} of ${made.incidents} incidents left`);
    samples.push({ at: Date.now(), left, calls: space.gateway.calls.length });
    await sleep(500);
  }
  const most = (of: (one: (typeof samples)[number]) => number) =>
    Math.max(
      ...samples.map((first) => {
        const within = samples.filter(({ at }) => at >= first.at && at <= first.at + WINDOW_MS);
        return Math.abs(of(within.at(-1) ?? first) - of(first));
      }),
    );
  const figures = {
    ...made,
    seconds: Math.round((Date.now() - began) / 1000),
    mostIncidentsIn10s: most((one) => one.left),
    mostCallsToSlackIn10s: most((one) => one.calls),
    commands: tookMs.length,
    slowestCommandMs: Math.max(...tookMs),
  };
  console.log(JSON.stringify(figures));
  expect(made.timers).toBeGreaterThanOrEqual(WANTED);
  expect(made.jobs).toBe(made.timers);
  expect(figures.mostIncidentsIn10s).toBeLessThanOrEqual(MOST_IN_WINDOW);
  expect(figures.mostCallsToSlackIn10s).toBeLessThanOrEqual(MOST_CALLS_IN_WINDOW);
}, 3_600_000);
