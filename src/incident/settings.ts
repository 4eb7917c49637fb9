import { z } from 'zod';
import { MILESTONE_NAMES, MILESTONE_WORDS, MILESTONES, type Milestone } from './milestones.ts';
import { type Names, SEVERITIES, type Severity } from './types.ts';

const emojiName = z.string().regex(/^[a-z0-9_+'-]+$/, 'An emoji is its name without colons, such as pushpin');
const slackUser = z.string().regex(/^[UW][A-Z0-9]+$/);
const slackChannel = z.string().regex(/^[CG][A-Z0-9]+$/);
const userGroup = z.string().regex(/^S[A-Z0-9]+$/);
const minutes = z
  .number()
  .int()
  .min(1)
  .max(7 * 24 * 60);

/** What is expected of an incident of one severity, in minutes after it was declared; absent: nothing. */
const policy = z.object({
  leadWithin: minutes.nullable(),
  updateEvery: minutes.nullable(),
  milestones: z.partialRecord(z.enum(MILESTONES), minutes),
});
export type Policy = z.infer<typeof policy>;

export const OUTSIDERS_MAY = ['nothing', 'notes', 'everything'] as const;

/** A workspace's settings. Each save is a version of its own; what is not set has the default below. */
export const settingsSchema = z.object({
  announceChannel: slackChannel.nullable(),
  /** Where published postmortems are posted; null: where incidents are announced. */
  postmortemChannel: slackChannel.nullable(),
  /** Who gets drafts: a channel, or people. */
  managers: z.array(z.union([slackChannel, slackUser])).max(20),
  /** Whom a late milestone goes to after the lead. */
  escalation: z.array(z.union([slackUser, userGroup])).max(20),
  severities: z.record(z.enum(SEVERITIES), z.object({ name: z.string().max(60), policy })),
  /** Milestones that are called otherwise than by us. */
  milestoneNames: z.partialRecord(z.enum(MILESTONES), z.string().min(1).max(40)),
  roles: z.array(z.string().min(1).max(40)).max(20),
  /** Reactions by what they do; no emoji may do two things. */
  emoji: z.object({
    timeline: z.array(emojiName).max(10),
    action: z.array(emojiName).max(10),
    factor: z.array(emojiName).max(10),
    milestones: z.record(z.enum(MILESTONES), z.array(emojiName).max(10)),
  }),
  /** IANA zone shown beside UTC in drafts; null: the zone of who declared. */
  zone: z.string().nullable(),
  /** Days after closing until the channel is archived; null: never. */
  archiveAfterDays: z.number().int().min(1).max(3650).nullable(),
  /** Days that a draft may rest before somebody is reminded of it; null: nobody ever is. */
  draftRestDays: z.number().int().min(1).max(365).nullable().default(3),
  /** Days after closing until an incident is deleted, its people told a week before; null: never. */
  deleteAfterDays: z.number().int().min(30).max(3650).nullable(),
  /** What guests and people of other workspaces may do in channels that they are in: nothing, read and note, or all. */
  outsiders: z.enum(OUTSIDERS_MAY),
  /** Owners of a service, told of its incidents. */
  serviceOwners: z.record(z.string().max(120), z.array(slackUser).max(20)),
  /** Sections of the postmortem in their order (empty: ours), those that are left out, guidance in place of ours. */
  template: z.object({
    order: z.array(z.string()).max(20).default([]),
    hidden: z.array(z.string()).max(20),
    guidance: z.record(z.string(), z.string().max(1000)),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

const NOTHING_EXPECTED: Policy = { leadWithin: null, updateEvery: null, milestones: {} };

export const DEFAULT_SETTINGS: Settings = {
  announceChannel: null,
  postmortemChannel: null,
  managers: [],
  escalation: [],
  severities: {
    SEV1: {
      name: 'Critical',
      policy: { leadWithin: 5, updateEvery: 30, milestones: { root_cause_identified: 60, mitigated: 120 } },
    },
    SEV2: {
      name: 'Major',
      policy: { leadWithin: 15, updateEvery: 60, milestones: { root_cause_identified: 120 } },
    },
    SEV3: { name: 'Minor', policy: NOTHING_EXPECTED },
    SEV4: { name: 'Low', policy: NOTHING_EXPECTED },
  },
  milestoneNames: {},
  roles: ['communications', 'scribe'],
  emoji: {
    timeline: ['pushpin'],
    action: ['ballot_box_with_check'],
    factor: ['mag'],
    milestones: Object.fromEntries(MILESTONES.map((key) => [key, [MILESTONE_WORDS[key].emoji]])) as Record<
      Milestone,
      string[]
    >,
  },
  zone: null,
  archiveAfterDays: null,
  draftRestDays: 3,
  deleteAfterDays: null,
  outsiders: 'notes',
  serviceOwners: {},
  template: { order: [], hidden: [], guidance: {} },
};

/** What the workspace calls milestones and severities. */
export const namesOf = ({
  severities,
  milestoneNames,
}: Pick<Settings, 'severities' | 'milestoneNames'>): Names => ({
  milestones: { ...MILESTONE_NAMES, ...milestoneNames },
  severities: {
    SEV1: severities.SEV1.name,
    SEV2: severities.SEV2.name,
    SEV3: severities.SEV3.name,
    SEV4: severities.SEV4.name,
  },
});

export const DEFAULT_NAMES = namesOf(DEFAULT_SETTINGS);

/** `SEV1 Critical`: the key that one types, and what the workspace calls it, unless that says the key already. */
export function severityWords(severity: Severity, { severities }: Pick<Names, 'severities'>): string {
  const name = severities[severity];
  return new RegExp(`^${severity}\\b`, 'i').test(name) ? name : `${severity} ${name}`.trim();
}

/** What drafts are made with: the zone beside UTC, order of sections, those left out, guidance of the workspace's own. */
export const templateOf = ({ zone, template }: Settings) => ({ zone, ...template });

/** Emoji that would do two things; empty when every emoji does one. */
export function overlappingEmoji({ emoji }: Pick<Settings, 'emoji'>): string[] {
  const all = [
    ...emoji.timeline,
    ...emoji.action,
    ...emoji.factor,
    ...Object.values(emoji.milestones).flat(),
  ];
  return [...new Set(all.filter((name, index) => all.indexOf(name) !== index))];
}
