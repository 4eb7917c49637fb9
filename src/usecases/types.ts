import type { Milestone } from '../incident/milestones.ts';
import type { ExpectationKey } from '../incident/reminders.ts';
import type { Settings } from '../incident/settings.ts';
import type { Entry, Incident, Severity, Source, SourceMessage } from '../incident/types.ts';
import type { PostmortemSource } from '../postmortem/postmortem.ts';
import type { ReviewRequest } from '../postmortem/review.ts';
import type { Instant, Precision, Reading } from '../time/types.ts';

/** Who asks, and in which IANA zone they read a clock. `zone` null: Slack did not say, so nothing is guessed. */
export interface Actor {
  teamId: string;
  userId: string;
  zone: string | null;
  /** Admin or owner of the workspace; null or absent: Slack did not say. */
  admin?: boolean | null;
  /** A guest, or of another workspace; null: Slack did not say. Absent: by what is known of them. */
  outsider?: boolean | null;
  /** The channel in which they act, as Slack's own request says it: they are in it. */
  channelId?: string;
}

/** The bot as the one who acts. */
export const ITSELF = 'debrief';

export type IncidentRef =
  | { id: string }
  | { teamId: string; number: number }
  | { teamId: string; channelId: string };

export interface NewIncident {
  title: string;
  severity: Severity;
  private: boolean;
  test: boolean;
  retrospective: boolean;
  services: string[];
  leadId: string | null;
}

export interface NewEntry {
  occurredAt: Instant;
  precision: Precision;
  timeFrom: Entry['timeFrom'];
  text: string;
  source: Source;
  message: SourceMessage | null;
  authorId: string | null;
  /** Held by more than reactions. */
  kept: boolean;
}

export type EntryPatch = Partial<
  Pick<
    Entry,
    | 'occurredAt'
    | 'precision'
    | 'timeFrom'
    | 'text'
    | 'retractedAt'
    | 'permalink'
    | 'authorId'
    | 'message'
    | 'files'
  >
> & { kept?: boolean; textEdited?: boolean; messageGoneAt?: Instant; messageChange?: string };

/** An entry as storage keeps it, with what only the bot's own rules need. */
export interface StoredEntry extends Entry {
  incidentId: string;
  kept: boolean;
  textEdited: boolean;
  /** Slack's time of the latest known edit of the message, then that of its event where we had one; or empty. */
  messageChange: string;
}

export type IncidentPatch = Partial<
  Pick<
    Incident,
    | 'title'
    | 'severity'
    | 'status'
    | 'services'
    | 'regions'
    | 'leadId'
    | 'closedAt'
    | 'closeReason'
    | 'mergedIntoId'
    | 'tracker'
    | 'channelId'
    | 'channelName'
    | 'headlineTs'
    | 'retrospective'
    | 'test'
  >
>;

/** What Slack is to be told. A row is written with what causes it, and done in order within its incident. */
export type Delivery =
  | { kind: 'channel' }
  | { kind: 'topic' }
  | { kind: 'headline' }
  | { kind: 'pin' }
  | { kind: 'invite'; userId: string }
  | { kind: 'announce' }
  /** Learns who is in the channel. */
  | { kind: 'members' }
  /** Sets the channel's bookmarks; `tell`: a refusal of Slack's is said in the channel. */
  | { kind: 'bookmarks'; tell: boolean }
  /** Tells a channel of a merge: that its incident goes on in another, or (`here`) that another came in. */
  | { kind: 'merged'; otherId: string; moved: number; here: boolean }
  /** Tells the channel who has a role now. */
  | { kind: 'handover'; role: string; userId: string; before: string | null }
  /** Tells who declared where the channel is; `responseUrl` of the command, if there was one. */
  | { kind: 'channel-ready'; userId: string; responseUrl: string | null }
  /** The line in the channel that stands for an entry: posted once, then kept up to date. */
  | { kind: 'entry'; entryId: string }
  /** Learns text, author and permalink of the message that an entry stands for. */
  | { kind: 'fetch'; entryId: string }
  /** The bot's check mark on the entry's message: there while the entry is. */
  | { kind: 'react'; entryId: string }
  /** Says to the one who reacted what became of it. */
  | { kind: 'captured'; entryId: string; userId: string; held: Milestone[] }
  /** An update, in the thread of the announcement. */
  | { kind: 'update'; updateId: string }
  /** Tells a subscriber of an incident, or of an update of it. */
  | { kind: 'subscriber'; userId: string; updateId: string | null }
  /** Learns the words and the link of the message that an action item or a factor was made from. */
  | {
      kind: 'fetch-part';
      part: 'action' | 'factor';
      id: string;
      channelId: string;
      ts: string;
      userId: string;
    }
  | { kind: 'action-reminder'; number: number }
  /** What is left of the action items of that person (or of nobody, where they lead), weekly. */
  | { kind: 'follow-up'; to: string }
  /** A reminder of what is late: posted once, then rendered anew as it is answered. */
  | { kind: 'nudge'; nudgeId: string }
  /**
   * Brings an open incident in line with settings that this person saved; `topic`: the topic shows them too; `renamed`:
   * milestones whose lines have their old name.
   */
  | { kind: 'follow-settings'; by: string; topic: boolean; renamed?: Milestone[] }
  /** Says when the channel goes to the archive; and archives it. */
  | { kind: 'archive-notice'; at: Instant }
  | { kind: 'archive' }
  /** Takes the channel out of the archive, or tells the one who opened the incident again how. */
  | { kind: 'unarchive'; userId: string }
  /** Says when the incident is deleted. */
  | { kind: 'deletion-notice'; at: Instant }
  /** Makes a version of the draft and writes the rows that hand it out. */
  | { kind: 'draft'; reason: string }
  /** Shows the messages from one on in a form that waits. */
  | {
      kind: 'offer-run';
      viewId: string;
      channelId: string;
      ts: string;
      threadTs: string | null;
      userId: string;
    }
  /** Publishes a person's Home tab; its lane is the Home's id, not an incident's. */
  | { kind: 'home' }
  /** The channel's canvas with the draft, where the plan has one: made, or brought up to the version. */
  | { kind: 'canvas'; version: number }
  | { kind: 'draft-file'; version: number }
  /** Posts the published postmortem, or renders its post anew, and tells the incident's channel. */
  | { kind: 'publish' }
  /** Tells the thread of that post what was corrected since it was last told. */
  | { kind: 'correction' }
  /** A reviewer's direct message: posted once, then rendered anew as the request ends. */
  | { kind: 'review'; requestId: string }
  /** Reminds a reviewer, or (`requestId` null) the lead, of a draft that nobody touches. `last`: for the last time. */
  | { kind: 'draft-rests'; to: string; requestId: string | null; last: boolean }
  /** Tells who asked, or the channel, what a reviewer answered, or that they could not be asked. */
  | { kind: 'review-told'; requestId: string; to: string }
  /** The draft's link to a channel or a person; `note` says where else it did not go. */
  | { kind: 'draft-link'; version: number; to: string; note: string | null };

/** A choice of readings that waits for a press: the request is run with the reading that is chosen. */
export interface Choice {
  id: string;
  teamId: string;
  userId: string;
  request: unknown;
  readings: Reading[];
  answeredAt: Instant | null;
}

/** What a person's mark stands on. */
export interface HeldBy {
  /** Nothing but reactions: it goes with the last of them. */
  byReaction: boolean;
  /** A person said that it stands on this line: which reaction came first no longer counts. */
  chosen: boolean;
}

export interface ReactionState {
  channelId: string;
  messageTs: string;
  emoji: string;
  userId: string;
  present: boolean;
  eventTs: string;
  /** On a message of the bot's own: it leads to the line that the message stands for, or to nothing. */
  own?: boolean;
  /** Found by comparing with Slack's history: when it came is not known, `eventTs` is that of the comparison. */
  reconciled?: boolean;
}

/** Whether somebody is in a channel, by Slack's time of their joining or leaving. */
export interface Membership {
  channelId: string;
  userId: string;
  present: boolean;
  eventTs: string;
}

/** A draft as it was made. */
export interface PostmortemVersion {
  /** The postmortem's id. */
  id: string;
  number: number;
  incidentId: string;
  markdown: string;
  /** How many figures of its summary the timeline did not support. */
  contradictions: number;
  at: Instant;
  reason: string;
  /** Whether a canvas of the channel's shows the draft. */
  hasCanvas: boolean;
}

/** A version of a section as a list shows it: without its text, which may be long. */
export interface VersionListed {
  /** Which section. */
  name: string;
  /** From 1 on, without gaps. */
  version: number;
  at: Instant;
  by: string;
  /** The first 200 characters of its text; null: the section was given back to what is generated. */
  beginning: string | null;
}

/** A canvas in Slack; `url` null: Slack did not say where it opens. */
export interface Canvas {
  id: string;
  url: string | null;
}

export type PostmortemState = 'draft' | 'in_review' | 'published';

/** A postmortem with everything it is computed from. */
export interface StoredPostmortem extends PostmortemSource {
  id: string;
  state: PostmortemState;
  /** Everybody who was ever asked to review it, the earliest first. */
  reviews: ReviewRequest[];
  /** The latest version's number. */
  version: number;
  canvas: Canvas | null;
}

/** Where an incident or its published postmortem is posted besides its own channel; or why nowhere. */
export type PublishedTo =
  | { kind: 'channel'; channelId: string }
  | { kind: 'nowhere' }
  | { kind: 'private' }
  | { kind: 'test' };

/** A published postmortem's message in the postmortem channel, and the version that was last told there. */
export interface Post {
  state: PostmortemState;
  message: SourceMessage | null;
  toldVersion: number | null;
}

export interface ActionPatch {
  ownerId?: string;
  due?: string;
  doneAt?: Instant | null;
  doneBy?: string | null;
  droppedAt?: Instant | null;
  droppedBy?: string | null;
  dropReason?: string | null;
}

/** What stakeholders were told. */
export interface StakeholderUpdate {
  id: string;
  number: number;
  /** What is known. */
  text: string;
  /** Empty: not said. */
  impact: string;
  by: string;
  at: Instant;
  nextBy: Instant | null;
}

/** A service in small letters, or a severity: that one and worse. */
export interface Subscription {
  kind: 'service' | 'severity';
  value: string;
}

/** A reminder that something expected is late. */
export interface Nudge {
  id: string;
  incidentId: string;
  keys: ExpectationKey[];
  stage: 'lead' | 'channel' | 'escalation';
  /** Slack user or channel. */
  to: string;
  at: Instant;
  /** Its message, once it is posted. */
  message: SourceMessage | null;
  answer: { kind: NudgeAnswer; by: string; at: Instant } | null;
}

export type NudgeAnswer = 'snoozed' | 'dismissed' | 'done';

/** A save of the settings. */
export interface SettingsVersion {
  version: number;
  by: string;
  at: Instant;
  settings: Settings;
  before: Settings;
}

/** A person's Home tab. */
export interface Home {
  id: string;
  teamId: string;
  userId: string;
  filter: string;
}

/** Somebody who cannot be asked to review a draft, and why. */
export interface LeftOut {
  userId: string;
  why: 'yourself' | 'bot' | 'cannot-see' | 'outsider';
}

/** A draft that waits for somebody's review. */
export interface ReviewDraft {
  postmortemId: string;
  askedBy: string;
  incident: Incident;
}
