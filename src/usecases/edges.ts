import type { Severity, Status } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';

/** What the edges need of storage beside transactions. Instants are of our own clock, in milliseconds. */

export interface InboxRow {
  id: bigint;
  kind: string;
  body: Record<string, unknown>;
  receivedAt: Instant;
  attempts: number;
}

/** A stored request is taken up so often. Then it is parked: it stays, and waits for an operator. */
export const INBOX_ATTEMPTS = 5;

/** What Slack sent, kept before it is handled. */
export interface Inbox {
  /** The workspace whose incident has that channel; null: no incident has it. */
  ownerOf(channelId: string): Promise<string | null>;
  /** Stores the request and returns its row's id; null when its key is known: a duplicate. */
  receive(key: string, kind: string, body: object, at: Instant): Promise<bigint | null>;
  /** Ends the row; false when it had ended already. */
  done(id: bigint, at: Instant, error?: string): Promise<boolean>;
  /** Makes sure that a request of which people were told that it is not stored is not taken up, also if it comes late. */
  forgo(key: string, kind: string, at: Instant): Promise<void>;
  /** What comes with the row's key is no duplicate any more. */
  free(id: bigint): Promise<void>;
  /** Notes a failure; the row is taken up again. One that does not count leaves the attempt that it was. */
  failed(id: bigint, error: string, how?: { counts: boolean }): Promise<void>;
  /**
   * The oldest row that is not finished and not touched for `olderThanMs`, or that failed at the first try. It counts as
   * one of its INBOX_ATTEMPTS: one row at a time, since whoever dies at it must not use up those of others.
   */
  takeUp(now: Instant, olderThanMs: number): Promise<InboxRow | null>;
  /** Deletes rows that were done before `before`; returns how many. */
  prune(before: Instant): Promise<number>;
}

export interface OutboxRow {
  id: bigint;
  lane: string;
  /** Null where the lane's incident or Home is gone. */
  teamId: string | null;
  /** The workspace stood still before: whether it goes on, this row's step shows. */
  rested: boolean;
  kind: string;
  payload: Record<string, unknown>;
  /** Counts the claims: a row is that worker's as long as nobody claimed it after it. */
  attempts: number;
  /** How often it failed at something else than Slack. */
  faults: number;
  /** Since when an earlier try may have had its effect in Slack; null: none has. */
  unsureSince: Date | null;
  looked: Looked | null;
  /** Since when it has been tried, this try included, without an hour in which nobody did; null: Slack turned us away. */
  triedSince: Date | null;
}

/** How far the look for the effect of an earlier try has come, so that it ends where Slack gives a page a minute. */
export interface Looked {
  /** What is looked for. */
  for: string;
  /** Slack's, of the next page. */
  cursor: string;
  /** Ts of a message that only reads like it. */
  alike: string | null;
}

type Claim = Pick<OutboxRow, 'id' | 'attempts' | 'faults' | 'unsureSince' | 'looked' | 'triedSince'>;

/**
 * Steps to take in Slack. A lane is an incident: its rows are done in order, by one worker at a time. False: the row was
 * claimed by another meanwhile, and nothing is written.
 */
export interface Outbox {
  /** The lane's first open row, claimed for `leaseMs`; null when there is none, another worker has it, or it rests. */
  claim(lane: string, now: number, leaseMs: number): Promise<OutboxRow | null>;
  done(row: Claim, now: number, result: object): Promise<boolean>;
  /** Ends a row that cannot be done: the error stays on record, the lane goes on. */
  giveUp(row: Claim, now: number, error: string): Promise<boolean>;
  /** Lets go of a row until `runAfter`, with the faults, the look and the beginning that it says. `unsure`: the try may have had its effect. `error` null: it only waited. */
  retryAt(row: Claim, runAfter: number, error: string | null, unsure: boolean): Promise<boolean>;
  /** Ends the lane's open rows of that kind up to `upTo`: one rendering serves them all. */
  doneLike(lane: string, kind: string, upTo: bigint, now: number): Promise<void>;
  newest(lane: string, kind: string): Promise<bigint | null>;
  /** Keeps a claim while its step is under way. */
  extend(row: Claim, until: number): Promise<boolean>;
  /** Lanes whose first open row could be claimed at `now`. */
  lanesWaiting(now: number, limit: number): Promise<string[]>;
}

/** `refreshToken` and `expiresAt` are null where the app does not rotate its tokens. */
export interface Tokens {
  token: string;
  refreshToken: string | null;
  expiresAt: Instant | null;
}

/** A workspace that installed the app by OAuth. */
export interface Installation extends Tokens {
  teamId: string;
  botId: string;
  botUserId: string;
}

/** A token that no key of ours opens: TOKEN_KEY is another than when it was sealed. */
export class TokenKeyError extends Error {
  constructor(teamId: string) {
    super(`TOKEN_KEY does not open the token of ${teamId}`);
    this.name = 'TokenKeyError';
  }
}

/** Who installed the app. Tokens are sealed at rest; what reads them throws a TokenKeyError where no key fits. */
export interface Installations {
  get(teamId: string): Promise<Installation | null>;
  /** Installs, or installs again: the new token replaces the old one, and a workspace that stood still goes on. */
  put(one: Installation & { teamName: string; installedBy: string }, now: Instant): Promise<void>;
  /** Forgets the tokens; the workspace stands still until it installs again. False: installed anew since `asOf`. */
  end(teamId: string, code: string, asOf: Instant, now: Instant): Promise<boolean>;
  /**
   * Exchanges the refresh token, one process at a time, unless the token is good until `until` by now. Null: not
   * installed, or (without `wait`) another process is at it.
   */
  renew(
    teamId: string,
    how: { until: Instant; wait: boolean },
    exchange: (refreshToken: string) => Promise<Tokens>,
  ): Promise<Installation | null>;
  /** Seals anew, with the first key, what another one sealed. Returns the workspaces whose tokens no key opens. */
  sealAnew(): Promise<string[]>;
  /** False: the state has come back before. It is remembered until `expiresAt`. */
  useState(id: string, expiresAt: Instant, now: Instant): Promise<boolean>;
}

/** Workspaces in which nothing can be done for now: their lanes, timers and comparisons rest, their data stays. */
export interface Standstills {
  /** `until` null: until the app is installed again. False: it rested already. */
  begin(teamId: string, code: string, now: Instant, until: Instant | null): Promise<boolean>;
  /** Ends a rest that had an end, or any. False: there was none. */
  end(teamId: string, any?: 'any'): Promise<boolean>;
  resting(now: Instant): Promise<{ teamId: string; code: string }[]>;
}

/** Where the comparison of an incident's channel stands. `passTs`: Slack's time at the pass's beginning. */
export interface Pass {
  incidentId: string;
  teamId: string;
  channelId: string;
  sinceTs: string;
  passTs: string | null;
  /** The channel's messages; then its threads; then entries whose message was in neither, and the pins. */
  phase: 'history' | 'threads' | 'gone';
  cursor: string | null;
  todo: string[];
  /** When it was due: when that has changed meanwhile, it was asked for anew. */
  dueAt: number;
  /** Until when it is claimed: with another end, it is another worker's. */
  claimedUntil: number;
}

/** What is known of messages: entries that stand for one, and reactions. */
export interface KnownMessages {
  entries: { ts: string; messageChange: string; gone: boolean }[];
  reactions: { ts: string; emoji: string; userId: string; present: boolean; eventTs: string }[];
  /** Of the whole channel, but for messages that are known to be deleted. */
  pins: KnownPin[];
}

export interface KnownPin {
  ts: string;
  /** Whether a timeline has a line of its message: those of our own messages may have none. */
  line: boolean;
  present: boolean;
  eventTs: string;
}

export interface ReconcilingStore {
  /** An open incident, or one merged into it, whose next comparison is due, claimed for `leaseMs`; null: there is none. */
  claim(now: number, leaseMs: number): Promise<Pass | null>;
  /** Keeps where the pass stands and lets go of it until `nextAt`, unless it was asked for anew meanwhile. */
  save(pass: Pass, nextAt: number, now: number): Promise<void>;
  /**
   * Every channel (of that workspace) is compared anew, from its first message on: reactions may have been missed on
   * any. The members of private ones are asked for, too.
   */
  dueNow(now: number, teamId?: string): Promise<void>;
  /**
   * Slack left out that workspace's events of the minute that began at `minuteS` (its time, in seconds): its channels are
   * compared anew. A comparison of everything that is under way goes on; one that began before is followed by another.
   */
  missed(teamId: string, minuteS: number, now: number): Promise<void>;
  /** Slack is asked who is in each private incident's channel, closed ones too: that somebody left may have been missed. */
  membersDue(now: number, teamId?: string): Promise<void>;
  known(incidentId: string, teamId: string, channelId: string, sinceTs: string): Promise<KnownMessages>;
}

/** An incident that the settings keep until a moment that has come or comes soon. */
export interface Ending {
  id: string;
  teamId: string;
  keptUntil: Instant;
  /** When people were told that it is deleted; null: they were not told yet. */
  deleteAt: Instant | null;
}

/** What is deleted because it is old. */
export interface Retention {
  /**
   * Closed incidents whose time ends before `before`, the longest over first, workspaces in turn; those of which people
   * were told that they are deleted later than `now`, or were not told yet, or that are kept longer than they were told,
   * are left out.
   */
  ending(now: Instant, before: Instant, limit: number): Promise<Ending[]>;
  /** Takes back what was announced of incidents whose time does not end before `before` any more, or not taken by Slack. */
  keep(before: Instant): Promise<number>;
  /** False, with nothing deleted: it is open again, or to be kept longer by now, or people were not told. */
  erase(incidentId: string, now: Instant): Promise<boolean>;
  /** Deletes steps that are done and questions that were asked before. */
  pruneDone(limits: { outboxBefore: Instant; choicesBefore: Instant }): Promise<void>;
}

/** What an operator watches: numbers only, no names and no texts. */
export interface Backlog {
  /** Rows of the outbox that are not done, and the age of the oldest in seconds. */
  outboxOpen: number;
  outboxOldestSeconds: number;
  /** Steps that ended with an error. */
  outboxGivenUp: number;
  /** Requests that were stored and not finished; parked ones apart. */
  inboxOpen: number;
  inboxParked: number;
  /** Incidents by severity and status, tests left out. */
  incidents: { severity: Severity; status: Status; count: number }[];
}
