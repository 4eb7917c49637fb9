import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { IncidentRecord } from '../incident/types.ts';
import type { Clock } from '../usecases/ports.ts';
import type { Actor } from '../usecases/types.ts';

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
  /** Learns the names of everybody in a record whom we do not know yet. Never throws: an unknown name stays an id. */
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
  return {
    async actor(client, teamId, userId) {
      const known = await store.get(teamId, userId);
      const asked = [known?.admin, known?.outsider, known?.bot].every((one) => typeof one === 'boolean');
      if (known && asked && clock.now() - known.asOf < FRESH_MS)
        return { teamId, userId, zone: known.zone, admin: known.admin, outsider: known.outsider };
      const asOf = clock.now() - TOLERANCE_MS;
      const person = await ask(client, teamId, userId).catch((err) => {
        logger.warn({ err, userId }, 'users.info did not answer');
        return null;
      });
      // They may have changed while we asked: then what Slack told of that stands.
      const kept = person && (await store.put(teamId, userId, person, asOf));
      const stands = kept ? person : await store.get(teamId, userId);
      return {
        teamId,
        userId,
        zone: stands?.zone ?? null,
        admin: stands?.admin ?? null,
        outsider: stands?.outsider ?? null,
      };
    },

    known: (teamId, userId) => store.get(teamId, userId),

    async learn(client, record) {
      for (const userId of peopleIn(record).filter((id) => !(id in record.people))) {
        await this.actor(client, record.incident.teamId, userId);
      }
    },
  };
}

/** Every user id that a record holds, in its fields and in its texts. */
function peopleIn(record: IncidentRecord): string[] {
  const { incident, entries, marks, actions, activity } = record;
  const named = [
    incident.declaredBy,
    incident.leadId,
    ...entries.flatMap((entry) => [entry.authorId, entry.capturedBy]),
    ...marks.map((mark) => mark.markedBy),
    ...actions.map((action) => action.ownerId),
    ...activity.map((line) => line.by),
  ];
  const mentioned = [...JSON.stringify(record).matchAll(/<@([UW][A-Z0-9]+)[|>]/g)].map(([, id]) => id);
  const isUser = (id: string | null | undefined): id is string => /^[UW][A-Z0-9]+$/.test(id ?? '');
  return [...new Set([...named, ...mentioned].filter(isUser))];
}

async function ask(client: WebClient, teamId: string, userId: string): Promise<Person> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within a second')), ASK_WITHIN_MS);
  });
  try {
    const { user } = await Promise.race([client.users.info({ user: userId }), late]);
    if (!user) throw new Error('no such user');
    return personOf(user as SlackProfile, teamId);
  } finally {
    clearTimeout(timer);
  }
}
