import { type ListFilter, parseListFilter } from '../incident/listFilter.ts';
import type { Incident } from '../incident/types.ts';
import { mustBeInside } from './outsiders.ts';
import { recordRead } from './reads.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { textFor } from './texts.ts';

/** How many incidents one answer shows. */
export const PAGE_SIZE = 10;

/** A page of incidents; `page` counts from 0. */
export interface Page<One> {
  items: One[];
  total: number;
  page: number;
}

export type Listed = Page<Incident> & { filter: ListFilter };

/** The filter that was typed; refuses a word that is none. */
export const filterFor = ({ names }: Pick<Scope, 'names'>, text: string): ListFilter => {
  const filter = parseListFilter(text, names);
  if (!('unknown' in filter)) return filter;
  const known = ['open', 'all', 'mine', 'sev1', 'service NAME'];
  throw new Refusal({ code: 'unknown', what: 'list', word: filter.unknown, known });
};

/** A list that somebody asked for: the private incidents on it are on record as read. */
export async function listIncidents(
  scope: Scope,
  wanted: { filter: ListFilter; page: number },
): Promise<Listed> {
  await mustBeInside(scope, 'a list of incidents');
  const listed = await incidentsFor(scope, wanted);
  for (const incident of listed.items) await recordRead(scope, incident, 'list');
  return listed;
}

/** Incidents that the asker, no outsider, may see. A page past the end, as after some were closed, is the last one. */
export async function incidentsFor(
  scope: Scope,
  { filter, page }: { filter: ListFilter; page: number },
): Promise<Listed> {
  const { tx, who } = scope;
  const read = (at: number) =>
    tx.listIncidents(who.teamId, who.userId, filter, { limit: PAGE_SIZE, offset: at * PAGE_SIZE });
  return { ...(await pageOf(read, page)), filter };
}

/** An incident that a search found, and the first line that has one of the words. */
export interface Found {
  incident: Incident;
  line: { number: number; text: string } | null;
}

export type FoundPage = Page<Found> & { text: string };

const MOST_WORDS = 8;

/** Incidents whose title, services and timeline have every word, the newest first. */
export async function findIncidents(scope: Scope, input: { text: string; page: number }): Promise<FoundPage> {
  const { tx, who } = scope;
  await mustBeInside(scope, 'a search of incidents');
  const text = textFor('text', input.text, '/incident find certificate expired', 200);
  const words = text.split(/\s+/).slice(0, MOST_WORDS);
  const read = (at: number) =>
    tx.findIncidents(who.teamId, who.userId, words, { limit: PAGE_SIZE, offset: at * PAGE_SIZE });
  const found = await pageOf(read, input.page);
  for (const { incident } of found.items) await recordRead(scope, incident, 'find');
  return { ...found, text };
}

async function pageOf<One>(
  read: (page: number) => Promise<{ items: One[]; total: number }>,
  wanted: number,
): Promise<Page<One>> {
  const first = await read(wanted);
  const last = Math.max(0, Math.ceil(first.total / PAGE_SIZE) - 1);
  return wanted <= last ? { ...first, page: wanted } : { ...(await read(last)), page: last };
}
