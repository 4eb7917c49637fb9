import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { isPerson } from '../../incident/people.ts';
import { namesOf } from '../../incident/settings.ts';
import type { Incident, Names } from '../../incident/types.ts';
import type { Instant } from '../../time/types.ts';
import type { Looked } from '../../usecases/edges.ts';
import type { Clock, Store, Tx } from '../../usecases/ports.ts';
import { ITSELF, mayHear, type Runner } from '../../usecases/scope.ts';
import type { Actor, Delivery } from '../../usecases/types.ts';
import type { Connection } from '../connections.ts';
import type { People } from '../people.ts';

/** What a step works with. It re-reads the state; its row carries ids only. */
export interface StepDeps {
  client: WebClient;
  /** Who we are in that workspace. */
  self: Connection['self'];
  store: Store;
  runner: Runner;
  clock: Clock;
  logger: Logger;
  people: People;
  /** The page with which that person may edit. */
  personalUrl(postmortemId: string, userId: string): string;
  /** The page for reading; null for a private incident, whose draft opens by own links only. */
  pageUrl(postmortemId: string, of: { private: boolean }, form?: 'md' | 'html' | 'json'): string | null;
  /** The page for reading as long as the postmortem is published; null for a private incident. */
  publishedUrl(postmortemId: string, of: { private: boolean }): string | null;
  /** Posts to the response_url of a signed request. */
  respond(url: string, reply: object): Promise<void>;
}

/** An outbox row being worked off. */
export interface Step<Kind extends Delivery['kind'] = Delivery['kind']> {
  id: bigint;
  incidentId: string;
  delivery: Extract<Delivery, { kind: Kind }>;
  /** Since when an earlier try may have taken effect: then it is looked for first. Null: none has. */
  unsureSince: Instant | null;
  /** How far that look has come, in this try or an earlier one. Written by the look. */
  looked: Looked | null;
  /**
   * Runs a call that changes something in Slack, unless another worker has taken the step over meanwhile. `channel`: a
   * message is posted there, at the pace that Slack allows. Throws what ends the try.
   */
  write<T>(call: () => Promise<T>, channel?: string): Promise<T>;
}

export type StepHandler<Kind extends Delivery['kind']> = (
  deps: StepDeps,
  step: Step<Kind>,
) => Promise<object>;

/** What the workspace calls things. */
export const namesFor = async (tx: Tx, teamId: string): Promise<Names> =>
  namesOf((await tx.settings(teamId)).settings);

/** Reads in a transaction of its own. */
export const reading = <T>(deps: StepDeps, work: (tx: Tx) => Promise<T>): Promise<T> =>
  deps.store.transaction(work);

/** The incident as it is now, and its channel; null where it has none (Slack refused to make one). */
export async function incidentAndChannel(
  deps: StepDeps,
  incidentId: string,
): Promise<{ incident: Incident; channel: string | null }> {
  const incident = await reading(deps, (tx) => tx.incident(incidentId));
  return { incident, channel: incident.channelId };
}

/** The incident's postmortem, and whether it is published; null before its first draft. */
export async function standingDraft(
  tx: Tx,
  incidentId: string,
): Promise<{ id: string; published: boolean } | null> {
  const draft = await tx.draft(incidentId);
  return draft && { id: draft.id, published: (await tx.post(draft.id)).state === 'published' };
}

/** The page for reading: by a link without an end while it is published; null for a private incident. */
export const readingUrl = (
  deps: StepDeps,
  { id, published }: { id: string; published: boolean },
  of: { private: boolean },
): string | null => (published ? deps.publishedUrl : deps.pageUrl)(id, of);

/** The bot as the one who acts. */
export const itself = (teamId: string): Actor => ({ teamId, userId: ITSELF, zone: null });

/**
 * Whether to tell that person, asked when the step is taken: since it was written they may have left. Whoever was only
 * named may be a guest, which Slack knows: it is asked before, unless it said so in the last day. Channels always.
 */
export async function hears(deps: StepDeps, incident: Incident, to: string): Promise<boolean> {
  if (!isPerson(to)) return true;
  await deps.people.actor(deps.client, incident.teamId, to);
  return reading(deps, (tx) => mayHear(tx, incident, to));
}

export const NOT_TOLD = { skipped: 'they may not see the incident' };

export const NO_CHANNEL = { skipped: 'the incident has no channel' };
