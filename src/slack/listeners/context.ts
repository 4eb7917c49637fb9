import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { DEFAULT_NAMES } from '../../incident/settings.ts';
import type { Instant } from '../../time/types.ts';
import type { Clock } from '../../usecases/ports.ts';
import { act, type Runner, type Scope } from '../../usecases/scope.ts';
import type { IncidentRef } from '../../usecases/types.ts';
import type { People } from '../people.ts';
import type { PublicLinks } from '../views/publicForm.ts';
import type { Reader } from '../views/words.ts';

/** What listeners work with, beside what Bolt hands them. */
export interface ListenerDeps {
  runner: Runner;
  clock: Clock;
  people: People;
  /** Address of a draft's page with which that person may edit. */
  personalUrl(postmortemId: string, userId: string): string;
  /** Where that person, and others, read the draft without names. */
  publicLinks(postmortemId: string, userId: string, of: { private: boolean }): PublicLinks;
  /** Posts to the response_url of a signed request of Slack's, and to no other address. */
  respond(url: string, reply: object): Promise<void>;
  /** For how many days such an address is good. */
  ownLinkDays: number;
}

/** One request's person and transaction. */
export interface Asking {
  reader: Reader;
  run<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
}

export async function asking(
  deps: ListenerDeps,
  request: {
    client: WebClient;
    teamId: string;
    userId: string;
    /** Whose member the request itself says that they are. */
    homeTeamId?: string | undefined;
    context: Context;
    channelId?: string;
  },
): Promise<Asking> {
  const { channelId, teamId, homeTeamId } = request;
  const known = await deps.people.actor(request.client, teamId, request.userId);
  // Slack did not answer in time what it says here: not a member of ours.
  const foreign = known.outsider == null && homeTeamId !== undefined && homeTeamId !== teamId;
  const who = { ...known, ...(foreign && { outsider: true }), ...(channelId !== undefined && { channelId }) };
  const origin = { who, ...storedAs(request.context) };
  // As of the last transaction: what is shown follows one.
  let names = DEFAULT_NAMES;
  return {
    reader: {
      zone: who.zone,
      get names() {
        return names;
      },
      // Read when the reply is made, after the use case: what happened "now" is then not in the future.
      get now() {
        return deps.clock.now();
      },
    },
    run: (work) =>
      act(deps.runner, origin, (scope) => {
        names = scope.names;
        return work(scope);
      }),
  };
}

// The intake puts them there: of these kinds by construction.
function storedAs({ inboxId, receivedAt }: Context): { inboxId?: bigint; receivedAt?: Instant } {
  return {
    ...(inboxId !== undefined && { inboxId: inboxId as bigint }),
    ...(receivedAt !== undefined && { receivedAt: receivedAt as Instant }),
  };
}

/** The same for a press, a form or a shortcut, whose body says whose it is. */
export const askingOf = (
  deps: ListenerDeps,
  { body, client, context }: Sent,
  channelId?: string,
): Promise<Asking> => {
  const { user, team } = body;
  return asking(deps, {
    client,
    teamId: team?.id ?? user.team_id ?? '',
    userId: user.id,
    homeTeamId: user.team_id,
    context,
    ...(channelId !== undefined && { channelId }),
  });
};

interface Sent {
  body: { user: { id: string; team_id?: string | undefined }; team?: { id: string } | null };
  client: WebClient;
  context: Context;
}

/** The incident that a command speaks of: the one named, else the channel's. */
export const refFor = (named: number | null, teamId: string, channelId: string): IncidentRef =>
  named === null ? { teamId, channelId } : { teamId, number: named };
