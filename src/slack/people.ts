import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { IncidentRecord } from '../incident/types.ts';
import type { Clock } from '../usecases/ports.ts';
import type { Actor } from '../usecases/types.ts';
import { createLearning, type LookUp } from './learning.ts';

export interface Person {
  name: string;
  zone: string | null;
  /** Admin or owner of the workspace; null: not asked yet. */
  admin?: boolean | null;
  /** A guest, or of another workspace; null: not asked yet. */
  outsider?: boolean | null;
  /** An app's user; null: not asked yet. */
  bot?: boolean | null;
  /** Their account has ended; null: not asked yet. */
  gone?: boolean | null;
}

export interface PeopleStore {
  /** `asOf`: when the profile was so, in milliseconds. */
  get(teamId: string, userId: string): Promise<(Person & { asOf: number }) | null>;
  /** Keeps the profile of the latest `asOf`. False: what is known is as new, and nothing changed. */
  put(teamId: string, userId: string, person: Person, asOf: number): Promise<boolean>;
}

/** Looks people up: their IANA zone for reading times, their name for showing them. */
export interface People {
  /** Asks Slack for at most a second when nothing fresh is known. Never throws: the zone is null then. */
  actor(client: WebClient, teamId: string, userId: string): Promise<Actor>;
  known(teamId: string, userId: string): Promise<Person | null>;
  /** Learns the names of those in a record whom we do not know yet, as many as ten seconds allow. Never throws. */
  learn(client: WebClient, record: IncidentRecord): Promise<void>;
}

const FRESH_MS = 24 * 3_600_000;
const ASK_WITHIN_MS = 1000;
// Clocks differ, and Slack's times of changes are whole seconds: a change of the last minute counts more.
const TOLERANCE_MS = 60_000;

/** Slack's user object, as far as we need it. */
export interface SlackProfile {
  id?: string;
  name?: string;
  tz?: string;
  real_name?: string;
  is_admin?: boolean;
  is_owner?: boolean;
  is_bot?: boolean;
  /** Of a guest: one of several channels, and of a single one. */
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  /** Of another workspace, seen through a shared channel. */
  is_stranger?: boolean;
  /** Of somebody whose account has been deactivated. */
  deleted?: boolean;
  team_id?: string;
  /** Of Enterprise Grid: the workspaces of their organization that they are in. */
  enterprise_user?: { teams?: string[] };
  profile?: { display_name?: string; real_name?: string };
}

/** What we keep of a profile, as the workspace `teamId` sees it. */
export function personOf(user: SlackProfile, teamId: string): Person {
  const outsider =
    user.deleted === true ||
    user.is_restricted === true ||
    user.is_ultra_restricted === true ||
    isStranger(user, teamId);
  return {
    name:
      user.profile?.display_name ||
      user.profile?.real_name ||
      user.real_name ||
      user.name ||
      user.id ||
      'somebody',
    zone: user.tz && isZone(user.tz) ? user.tz : null,
    // An admin elsewhere is none here.
    admin: !outsider && (user.is_admin === true || user.is_owner === true),
    outsider,
    // Slack's own helper is none by its profile.
    bot: user.is_bot === true || user.id === 'USLACKBOT',
    gone: user.deleted === true,
  };
}

const isStranger = ({ is_stranger, team_id, enterprise_user }: SlackProfile, teamId: string): boolean =>
  is_stranger === true ||
  (team_id !== undefined && team_id !== teamId && !enterprise_user?.teams?.includes(teamId));

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function createPeople(store: PeopleStore, clock: Clock, logger: Logger): People {
  const lookUp: LookUp = (client, teamId, userId) => {
    const asOf = clock.now() - TOLERANCE_MS;
    // An answer that comes too late for this request is kept for the next one.
    return inTime(ask(client, teamId, userId).then((person) => store.put(teamId, userId, person, asOf)));
  };
  return {
    async actor(client, teamId, userId) {
      const known = await store.get(teamId, userId);
      const asked = [known?.admin, known?.outsider, known?.bot].every((one) => typeof one === 'boolean');
      if (known && asked && clock.now() - known.asOf < FRESH_MS)
        return { teamId, userId, zone: known.zone, admin: known.admin, outsider: known.outsider };
      await lookUp(client, teamId, userId).catch((err) => {
        logger.warn({ err, userId }, 'users.info did not answer');
      });
      // They may have changed while we asked: then what Slack told of that stands.
      const stands = await store.get(teamId, userId);
      return {
        teamId,
        userId,
        zone: stands?.zone ?? null,
        admin: stands?.admin ?? null,
        outsider: stands?.outsider ?? null,
      };
    },

    known: (teamId, userId) => store.get(teamId, userId),

    learn: createLearning(lookUp, clock, logger),
  };
}

async function ask(client: WebClient, teamId: string, userId: string): Promise<Person> {
  const { user } = await client.users.info({ user: userId });
  if (!user) throw new Error('no such user');
  return personOf(user as SlackProfile, teamId);
}

/** Throws when that takes longer than a second. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within a second')), ASK_WITHIN_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
