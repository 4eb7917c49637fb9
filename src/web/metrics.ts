import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Backlog } from '../usecases/edges.ts';
import { at, type Route } from './server.ts';

/** `/metrics` in Prometheus' text format. */
export function metricsRoute(read: () => Promise<Backlog>, readFailedJobs: () => Promise<number>): Route {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `debrief_${name}`, help, labelNames, registers: [registry] });
  const outbox = gauge('outbox_open', 'Steps in Slack that are still to be done');
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest of them');
  const givenUp = gauge('outbox_given_up', 'Steps that ended with an error');
  const inbox = gauge('inbox_open', 'Requests stored and not finished');
  const parked = gauge('inbox_parked', 'Requests stored that failed until they were parked');
  const failedJobs = gauge('jobs_failed', 'Jobs that Redis keeps as failed; NaN while it is out of reach');
  const incidents = gauge('incidents', 'Incidents, tests left out', ['severity', 'status']);
  return at('GET', '/metrics', async (_, response) => {
    const now = await read();
    outbox.set(now.outboxOpen);
    oldest.set(now.outboxOldestSeconds);
    givenUp.set(now.outboxGivenUp);
    inbox.set(now.inboxOpen);
    parked.set(now.inboxParked);
    await readFailedJobs().then(
      (count) => failedJobs.set(count),
      () => failedJobs.set(Number.NaN),
    );
    incidents.reset();
    for (const { severity, status, count } of now.incidents) incidents.set({ severity, status }, count);
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  });
}
