import type { RootContent } from 'mdast';
import { SECTION_KEYS, type SectionKey } from '../incident/draftSections.ts';
import type { ActionItem, Severity, Status } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import type { Conflict } from './merge.ts';
import type { Facts } from './types.ts';

export { SECTION_KEYS, type SectionKey };

/** Whether editing is offered. Who changed what state is a record, and not written by anybody. */
export const isEditable = ({ key }: { key: SectionKey }): boolean => key !== 'activity';

/** Whether the section names the draft's zone and shows its clock in a line or column of its own. */
export const showsZone = ({ key }: { key: SectionKey }): boolean => key === 'date' || key === 'timeline';

/** `generated`: from facts. `human`: at least partly a person's words. `empty`: guidance only, a gap to fill. */
export type Origin = 'generated' | 'human' | 'empty';

export interface DraftSection {
  key: SectionKey;
  title: string;
  origin: Origin;
  nodes: RootContent[];
  /** The Markdown of an edited section to the letter, later facts merged in; `nodes` are its safe reading. */
  text?: string;
  /** Who edited the generated text last, when; absent when nobody did. */
  edited?: { by: string; at: Instant };
  /** Places where a person's edit and the newly generated text differ; the text shows the person's. */
  conflicts?: Conflict[];
}

export const FLAGS = ['private', 'test', 'retrospective'] as const;
export type Flag = (typeof FLAGS)[number];

/** A postmortem as one tree that every renderer prints. */
export interface Draft {
  /** `INC-42`. */
  reference: string;
  title: string;
  severity: Severity;
  /** With what the workspace calls it: `SEV1 Critical`. */
  severityText: string;
  status: Status;
  /** What is special about the incident. */
  flags: Flag[];
  /** Address of the draft's page, null where it has none. */
  url: string | null;
  /** Address of the ticket in the team's own tracker. Absent in pages frozen before there was one. */
  tracker?: string | null;
  /** What stands over a published postmortem: which version, since when, what was corrected since. Absent: a draft. */
  note?: RootContent[];
  /** IANA zone whose wall clock stands beside UTC. */
  zone: string;
  sections: DraftSection[];
  /** Sections that the template leaves out and that hold people's words: kept, shown again with the section. */
  leftOut: SectionKey[];
}

/** A person's edit of a section: its `editableMarkdown` when they began, and what they made of it. */
export interface SectionEdit {
  base: string;
  text: string;
  /** Display name. */
  by: string;
  at: Instant;
}

/** What a version of the draft says: its figures, and the Markdown of each section. */
export interface Said {
  facts: Facts;
  sections: readonly { key: SectionKey; markdown: string }[];
}

/** Something that a person wrote. `section` null: on the timeline, from which figures follow. */
export interface Write {
  section: SectionKey | null;
  /** Slack user id. */
  by: string;
  at: Instant;
}

/** When a postmortem was published, with the action items that were neither done nor dropped at that moment. */
export interface Publication {
  at: Instant;
  /** Slack user id. */
  by: string;
  unfinished: Pick<ActionItem, 'number' | 'text' | 'ownerId' | 'due'>[];
  /** The version that it froze; null: of a time when that was not kept. */
  version: number | null;
  /** What that version says, to tell what was corrected since; null: this is that very version. */
  frozen: Said | null;
  /** What people wrote since. */
  since: Write[];
}

/** How a workspace wants its drafts. */
export interface Template {
  /** IANA zone shown beside UTC; null: that of who declared. */
  zone: string | null;
  /** Sections in the workspace's order; empty: ours. Those that it does not name follow the one before them in ours. */
  order: readonly string[];
  /** Sections that are left out. */
  hidden: readonly string[];
  /** What belongs in an empty part, in place of ours, by the name of the part. */
  guidance: Readonly<Record<string, string>>;
}

export interface DraftOptions {
  zone: string;
  template?: Template;
  url?: string;
  edits?: Partial<Record<SectionKey, SectionEdit>>;
  publication?: Publication | null;
}
