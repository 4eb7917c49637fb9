import type { ListFilter } from '../incident/listFilter.ts';
import type { Milestone } from '../incident/milestones.ts';
import type { Watched } from '../incident/reminders.ts';
import type { Settings } from '../incident/settings.ts';
import type { Timer, TimerPurpose } from '../incident/timers.ts';
import type {
  ActionItem,
  Entry,
  ImpactWindow,
  Incident,
  IncidentRecord,
  Mark,
  Provenance,
  RoleHolder,
  Severity,
  SourceMessage,
} from '../incident/types.ts';
import type { Publication, Said, SectionKey, Write } from '../postmortem/document-types.ts';
import type { Began, Dismissal, FrozenPage, SectionVersion } from '../postmortem/postmortem.ts';
import type { ReviewAnswer, ReviewEnd, ReviewRequest } from '../postmortem/review.ts';
import type { Facts } from '../postmortem/types.ts';
import type { Instant } from '../time/types.ts';

import type {
  ActionPatch,
  Actor,
  Canvas,
  Choice,
  Delivery,
  EntryPatch,
  HeldBy,
  Home,
  IncidentPatch,
  IncidentRef,
  Membership,
  NewEntry,
  NewIncident,
  Nudge,
  NudgeAnswer,
  Post,
  PostmortemState,
  PostmortemVersion,
  ReactionState,
  ReviewDraft,
  SettingsVersion,
  StakeholderUpdate,
  StoredEntry,
  StoredPostmortem,
  Subscription,
  VersionListed,
} from './types.ts';

/** The only source of "now". */
export interface Clock {
  now(): Instant;
}

/** Incidents and what is on record of them. */
export interface IncidentTx {
  declareIncident(who: Actor, incident: NewIncident, at: Instant): Promise<Incident>;
  /** The number that the next incident gets, unless somebody declares before. */
  nextNumber(teamId: string): Promise<number>;
  /** Reads and locks the incident's row until the transaction ends: changes of one incident happen one by one. */
  lockIncident(ref: IncidentRef): Promise<Incident | null>;
  /** Reads without locking. */
  incident(id: string): Promise<Incident>;
  updateIncident(id: string, patch: IncidentPatch): Promise<void>;
  /** Notes when the incident is deleted, as people are told. False: that was noted before. */
  setDeletion(id: string, at: Instant): Promise<boolean>;
  /** Open incidents that the viewer may see, the gravest first. */
  openIncidents(teamId: string, viewer: string): Promise<Incident[]>;
  /** All open incidents, private ones too: for the bot's own work, never to be shown. */
  allOpen(teamId: string): Promise<{ id: string; severity: Severity }[]>;
  record(incidentId: string): Promise<IncidentRecord>;
  /** `subject`: what changed (`lead`, `status`, `severity`, `role:scribe`), for `lastChange`. */
  addActivity(incidentId: string, by: string, at: Instant, text: string, subject?: string): Promise<void>;
}

/** Who has which role, and who changed what last. */
export interface RoleTx {
  /** Who changed that last, and when; null when nobody has. */
  lastChange(incidentId: string, subject: string): Promise<{ by: string; at: Instant } | null>;
  roleHolder(incidentId: string, role: string): Promise<RoleHolder | null>;
  /** Gives the role to a person, in place of whoever has it. */
  setRole(incidentId: string, holder: RoleHolder, by: string, at: Instant): Promise<void>;
}

/** Two incidents at once. */
export interface MergeTx {
  /** Locks several incidents, in an order that is the same for everybody. What is not there is left out. */
  lockIncidents(refs: IncidentRef[]): Promise<void>;
  /**
   * Moves lines (numbered anew after the last, with a revision each), their active marks, factors, customers and
   * action items. Gives the number of active lines that moved.
   */
  moveParts(from: Incident, into: Incident, by: string, at: Instant): Promise<number>;
  /** False when they are related already. */
  relate(oneId: string, otherId: string, by: string, at: Instant): Promise<boolean>;
}

/** Lists, as far as the viewer may see. */
export interface SearchTx {
  /** Incidents that the viewer may see: open ones the gravest first, all the newest first. */
  listIncidents(
    teamId: string,
    viewer: string,
    filter: ListFilter,
    page: { limit: number; offset: number },
  ): Promise<{ items: Incident[]; total: number }>;
  /** Incidents that the viewer may see which have every word somewhere, each with the first line that has one. */
  findIncidents(
    teamId: string,
    viewer: string,
    words: string[],
    page: { limit: number; offset: number },
  ): Promise<{
    items: { incident: Incident; line: { number: number; text: string } | null }[];
    total: number;
  }>;
}

/** Lines of the timeline, their revisions, marks and reactions. */
export interface EntryTx {
  addEntry(incidentId: string, by: string, at: Instant, entry: NewEntry): Promise<StoredEntry>;
  entry(id: string): Promise<StoredEntry | null>;
  entryNumbered(incidentId: string, number: number): Promise<StoredEntry | null>;
  /** The entry of that message, an active one before a retracted one. */
  entryOf(incidentId: string, message: SourceMessage): Promise<StoredEntry | null>;
  /** When the active entry captured last (before number `before`) happened, among those whose time came so. */
  latestTime(
    incidentId: string,
    timeFrom: readonly Entry['timeFrom'][],
    before?: number,
  ): Promise<Instant | null>;
  /** The latest active entry with that author and text that happened and was recorded within `ms` before or after `entry`. */
  twin(incidentId: string, entry: StoredEntry, ms: number): Promise<StoredEntry | null>;
  updateEntry(id: string, patch: EntryPatch): Promise<void>;
  /** Notes an edit of the entry's message, by Slack's time (`messageChange`). False when one as late is known already. */
  advanceMessage(id: string, messageChange: string): Promise<boolean>;
  addRevision(
    entryId: string,
    by: string,
    at: Instant,
    change: string,
    before: object,
    after: object,
  ): Promise<void>;
  activeMarks(incidentId: string): Promise<(Mark & HeldBy)[]>;
  addMark(
    incidentId: string,
    mark: { entryId: string; milestone: Milestone; provenance: Provenance; by: string } & Partial<HeldBy>,
    at: Instant,
  ): Promise<void>;
  /** Retires the active mark of that milestone, if there is one. */
  retireMark(incidentId: string, milestone: Milestone, by: string, at: Instant): Promise<void>;
  /** From now on the active mark is held by more than reactions. */
  holdMark(incidentId: string, milestone: Milestone): Promise<void>;
  /** The inferred mark that gave way when `mark` was set. */
  replacedMark(incidentId: string, mark: Mark): Promise<Mark | null>;
  setProvenance(entryId: string, provenance: Provenance): Promise<void>;
  /** Keeps the later state by `eventTs`. False when what is known is as new: then nothing changed. */
  setReaction(teamId: string, state: ReactionState): Promise<boolean>;
  reactionsOn(teamId: string, message: SourceMessage): Promise<{ emoji: string; userId: string }[]>;
  /** Entries whose line or check mark in the channel Slack refused to show when that was last tried. */
  linesRefused(incidentId: string): Promise<string[]>;
  /** Those that stand on messages of the incident's active entries, in the order in which people put them there. */
  reactionsOf(incidentId: string): Promise<{ entryId: string; emoji: string; userId: string }[]>;
}

export interface KnownMember {
  userId: string;
  eventTs: string;
}

/** Who is in a channel. */
export interface MemberTx {
  /** Whether the person is in the channel; null while nothing is known of its members. */
  isMember(teamId: string, channelId: string, userId: string): Promise<boolean | null>;
  /** Keeps the later state by `eventTs`. */
  setMember(teamId: string, member: Membership): Promise<void>;
  /** The person is in no channel any more. */
  leaveAll(teamId: string, userId: string, eventTs: string): Promise<void>;
  /** Everybody of whom something is known there, with Slack's time of it. */
  membersKnown(teamId: string, channelId: string): Promise<KnownMember[]>;
  /**
   * Who is in the channel as of Slack's time `asOfTs`; what is known from later events stays. `before`: what was known
   * before Slack was asked, and so is older than its answer, however the clocks differ.
   */
  setMembers(
    teamId: string,
    channelId: string,
    userIds: string[],
    asOfTs: string,
    before?: KnownMember[],
  ): Promise<void>;
  /** Whether the person is a guest or of another workspace; null while Slack has not said. */
  isOutsider(teamId: string, userId: string): Promise<boolean | null>;
  /** Whether the person's account has ended, as far as Slack has said. */
  isGone(teamId: string, userId: string): Promise<boolean>;
  /** Whether the user is an app's; null while Slack has not said. */
  isBot(teamId: string, userId: string): Promise<boolean | null>;
}

/** Who read a private incident. */
export interface ReadTx {
  /** `after`: not where the same is on record since then. */
  addRead(incidentId: string, userId: string, what: string, at: Instant, after?: Instant): Promise<void>;
  /** The latest first. */
  reads(incidentId: string, limit: number): Promise<{ userId: string; what: string; at: Instant }[]>;
}

/** What people say of an incident: windows, customers, factors, action items, texts; and open choices. */
export interface PartsTx {
  addWindow(incidentId: string, by: string, at: Instant, window: Omit<ImpactWindow, 'id'>): Promise<void>;
  clearWindows(incidentId: string, at: Instant): Promise<void>;
  setCustomers(incidentId: string, by: string, at: Instant, service: string, text: string): Promise<void>;
  addFactor(incidentId: string, by: string, at: Instant, text: string): Promise<void>;
  addAction(
    incidentId: string,
    by: string,
    at: Instant,
    action: { text: string; ownerId: string | null; due: string | null },
  ): Promise<number>;
  /** A new version of what people wrote for a section of the draft (`summary` among them). */
  writeSection(incidentId: string, by: string, at: Instant, name: string, text: string): Promise<void>;
  /** What was written by command: the `most` latest versions of each section, the latest first. */
  sectionTexts(incidentId: string, most: number): Promise<VersionListed[]>;
  /** One of them, whole; null: there is no such version. */
  sectionText(
    incidentId: string,
    name: string,
    version: number,
  ): Promise<{ text: string; by: string; at: Instant } | null>;
  addChoice(choice: Omit<Choice, 'id' | 'answeredAt'>, at: Instant): Promise<string>;
  /** Marks it answered and returns it as it was before; null when there is none. */
  answerChoice(id: string, at: Instant): Promise<Choice | null>;
  /** The standing action item or factor that a reaction on the message made; `kept`: a person has changed it. */
  partOf(
    incidentId: string,
    kind: 'action' | 'factor',
    message: SourceMessage,
  ): Promise<{ id: string; kept: boolean } | null>;
  /** Without words until they are fetched. */
  addPart(
    incidentId: string,
    by: string,
    at: Instant,
    kind: 'action' | 'factor',
    message: SourceMessage,
  ): Promise<string>;
  removePart(kind: 'action' | 'factor', id: string, by: string, at: Instant): Promise<void>;
  /** Returns an action item's number; a factor has none. */
  describePart(
    kind: 'action' | 'factor',
    id: string,
    words: { text: string; permalink: string | null },
  ): Promise<number | null>;
  /** The item of that number, unless it was dropped. */
  actionNumbered(incidentId: string, number: number): Promise<ActionItem | null>;
  /** The item of that number where it was dropped; `instead`: the item that its message has become since. */
  droppedAction(incidentId: string, number: number): Promise<{ instead: number | null } | null>;
  updateAction(incidentId: string, number: number, patch: ActionPatch): Promise<ActionItem>;
  /** Neither done nor dropped, the earliest due first; `ownerId` null: everybody's. */
  openActions(teamId: string, ownerId: string | null): Promise<{ incident: Incident; action: ActionItem }[]>;
  /** IANA zone of a person, as far as it is known. */
  zoneOf(teamId: string, userId: string): Promise<string | null>;
}

/** Postmortems: versions of the draft, people's versions of its sections, checks put aside. */
export interface DraftTx {
  /** A new version of the draft; the postmortem itself comes with the first. */
  addDraft(
    incidentId: string,
    at: Instant,
    version: { markdown: string; data: object; facts: Facts; reason: string },
  ): Promise<PostmortemVersion>;
  /** The latest version of the incident's draft, or the one asked for. */
  draft(incidentId: string, number?: number): Promise<PostmortemVersion | null>;
  /** Every version, the latest first, without its text. */
  drafts(incidentId: string): Promise<Pick<PostmortemVersion, 'number' | 'at' | 'reason'>[]>;
  /** A postmortem by its own id or its incident's; null before the first draft. */
  postmortem(by: { id: string } | { incidentId: string }): Promise<StoredPostmortem | null>;
  /** Which canvas shows the draft; null: none (any more). */
  setCanvas(id: string, canvas: Canvas | null): Promise<void>;
  setPostmortemState(id: string, state: PostmortemState): Promise<void>;
  /** Keeps what a section's editor begins with and gives its key; the same is kept once. */
  keepOpened(incidentId: string, section: SectionKey, began: Began, at: Instant): Promise<string>;
  /** What an editor began with; null after a month. */
  opened(incidentId: string, section: SectionKey, key: string): Promise<Began | null>;
  addSectionVersion(incidentId: string, version: Omit<SectionVersion, 'version'>): Promise<number>;
  /** Of each section that people edited the `most` latest versions, the latest first. */
  sectionVersions(incidentId: string, most: number): Promise<VersionListed[]>;
  /** One of them, whole; null: there is no such version. */
  sectionVersion(incidentId: string, section: SectionKey, version: number): Promise<SectionVersion | null>;
  dismissCheck(incidentId: string, dismissal: Dismissal): Promise<void>;
  /** False where no such check is put aside. */
  undoDismissal(incidentId: string, key: string, by: string, at: Instant): Promise<boolean>;
}

/** What was published, and where it was posted. */
export interface PublicationTx {
  /** Freezes a version that is there by the end of the transaction. */
  addPublication(
    postmortemId: string,
    publication: Pick<Publication, 'at' | 'by' | 'unfinished'> & { version: number; page: FrozenPage },
  ): Promise<void>;
  /** Every version that was published, the latest first, each with its latest publishing. */
  publishedVersions(postmortemId: string): Promise<{ version: number; at: Instant; by: string }[]>;
  /** A version as it was published; null: it was not, or what its page showed was not kept. */
  frozenPage(postmortemId: string, version: number): Promise<(FrozenPage & { facts: Facts }) | null>;
  /** What a version says, and since when. */
  versionSaid(postmortemId: string, version: number): Promise<(Said & { at: Instant }) | null>;
  /** What people wrote after `since`, in no order. */
  writesSince(incidentId: string, since: Instant): Promise<Write[]>;
  /** Its state, its message in the postmortem channel, and the version last told there. */
  post(postmortemId: string): Promise<Post>;
  setPost(postmortemId: string, post: Partial<Omit<Post, 'state'>>): Promise<void>;
}

/** Who is asked to review a draft, and what they answered. */
export interface ReviewTx {
  askReview(
    postmortemId: string,
    request: Pick<ReviewRequest, 'round' | 'reviewerId' | 'askedBy' | 'askedAt' | 'message' | 'version'>,
  ): Promise<string>;
  reviewRequest(id: string): Promise<(ReviewRequest & { postmortemId: string; incidentId: string }) | null>;
  reviewPosted(id: string, message: SourceMessage): Promise<void>;
  /** False when the request is over already. */
  answerReview(id: string, answer: ReviewAnswer, comment: string, at: Instant): Promise<boolean>;
  /** False when the request is over already. */
  endReview(id: string, why: ReviewEnd, by: string, at: Instant): Promise<boolean>;
  /** Drafts that wait for that person's review, the one asked for last first. */
  draftsToReview(teamId: string, reviewerId: string): Promise<ReviewDraft[]>;
}

/** A workspace's settings. */
export interface SettingsTx {
  /** The workspace's settings and their version; the defaults, with version 0, before the first save. */
  settings(teamId: string): Promise<{ settings: Settings; version: number }>;
  /**
   * Saves as the version after `seen`. False when somebody saved meanwhile. Whoever declares until the transaction
   * ends waits for it, so that no incident is planned by settings that are gone.
   */
  saveSettings(teamId: string, by: string, at: Instant, settings: Settings, seen: number): Promise<boolean>;
  /** The latest versions, the latest first, each with what it replaced. */
  settingsHistory(teamId: string, limit: number): Promise<SettingsVersion[]>;
  /** Admins and owners of the workspace, as far as we know people. */
  admins(teamId: string): Promise<string[]>;
}

/** Timers and the nudges they bring. */
export interface TimerTx {
  /** Sets a timer, or moves the active one of the same key. */
  setTimer(
    incident: Pick<Incident, 'id' | 'teamId'>,
    dueAt: Instant,
    purpose: TimerPurpose,
    at: Instant,
  ): Promise<void>;
  activeTimers(incidentId: string): Promise<Timer[]>;
  /** Cancels the active timers of that key. */
  cancelTimer(incidentId: string, key: string, at: Instant): Promise<void>;
  /**
   * Sets when the workspace's closed incidents tell of their archiving, as of that many days after closing; null: never,
   * and what was announced is off. An incident that told of it since it closed keeps its time.
   */
  planArchives(teamId: string, days: number | null, at: Instant): Promise<void>;
  /** Ends the incident's active timers that are due and returns them, the earliest first: each of them once. */
  fireTimers(incidentId: string, now: Instant): Promise<Timer[]>;
  /** Moves the incident's overdue timers: what they meant to do failed. */
  postponeTimers(incidentId: string, now: Instant, until: Instant): Promise<void>;
  /** Reminders of resting drafts of a workspace that are set fall due by so many days. */
  moveRests(teamId: string, days: number): Promise<void>;
  watch(incidentId: string): Promise<Pick<Watched, 'from' | 'updatedAt' | 'nextUpdateBy'>>;
  watchFrom(incidentId: string, from: Instant): Promise<void>;
  addNudge(nudge: Omit<Nudge, 'id' | 'message' | 'answer'>): Promise<string>;
  nudge(id: string): Promise<Nudge | null>;
  /** The incident's nudges, the earliest first. */
  nudges(incidentId: string): Promise<Nudge[]>;
  nudgePosted(id: string, message: SourceMessage): Promise<void>;
  /** False when somebody has answered it already. */
  answerNudge(id: string, answer: NudgeAnswer, by: string, at: Instant): Promise<boolean>;
}

/** Updates for stakeholders, and who wants them. */
export interface UpdateTx {
  addUpdate(
    incidentId: string,
    update: Omit<StakeholderUpdate, 'id' | 'number'> & { entryId: string },
  ): Promise<StakeholderUpdate>;
  update(id: string): Promise<StakeholderUpdate | null>;
  /** Its message in the announcement channel. */
  announced(incidentId: string): Promise<SourceMessage | null>;
  setAnnounced(incidentId: string, message: SourceMessage): Promise<void>;
  subscriptions(teamId: string, userId: string): Promise<Subscription[]>;
  /** False when that was so already. */
  subscribe(teamId: string, userId: string, subscription: Subscription, at: Instant): Promise<boolean>;
  unsubscribe(teamId: string, userId: string, subscription: Subscription): Promise<boolean>;
  /** Who is subscribed to any of these, each once. */
  subscribers(teamId: string, to: Subscription[]): Promise<string[]>;
}

/** People's Home tabs. */
export interface HomeTx {
  /** Notes that the person looked at their Home, and gives its id. */
  openHome(teamId: string, userId: string, at: Instant, filter?: string): Promise<string>;
  home(id: string): Promise<Home | null>;
  /** Writes an outbox row for each Home that was opened after `openedAfter` and has none waiting. */
  refreshHomes(
    teamId: string,
    times: { openedAfter: Instant; at: Instant; runAfter: Instant },
  ): Promise<number>;
}

/** One transaction on the truth. Instants go in and out with millisecond resolution. */
export interface Tx
  extends IncidentTx,
    RoleTx,
    MergeTx,
    SearchTx,
    EntryTx,
    MemberTx,
    ReadTx,
    PartsTx,
    DraftTx,
    PublicationTx,
    ReviewTx,
    SettingsTx,
    TimerTx,
    UpdateTx,
    HomeTx {
  /** Writes outbox rows, in this order. */
  send(steps: { incidentId: string; delivery: Delivery }[], at: Instant): Promise<void>;
  /** Ends an outbox row together with what it caused. Throws when it is ended already: another worker did it. */
  outboxDone(id: bigint, at: Instant): Promise<void>;
  /** Ends the inbox row together with its effects. Throws when it is ended already: somebody else handled it. */
  inboxDone(id: bigint, at: Instant): Promise<void>;
}

/** The truth, one transaction at a time. */
export interface Store {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
