import type { InputBlock, InputBlockElement, KnownBlock } from '@slack/types';
import { orderedSections, SECTION_TITLES } from '../../incident/draftSections.ts';
import { MILESTONE_NAMES, MILESTONE_WORDS, MILESTONES } from '../../incident/milestones.ts';
import { isPerson } from '../../incident/people.ts';
import { namesOf, OUTSIDERS_MAY, type Settings } from '../../incident/settings.ts';
import { policyLines } from '../../incident/settingsChanges.ts';
import { emojiFields, type SettingsSection } from '../../incident/settingsForm.ts';
import { LONGEST_MILESTONE_NAME, LONGEST_SEVERITY_NAME } from '../../incident/settingsNames.ts';
import { SEVERITIES } from '../../incident/types.ts';
import { GUIDANCE, GUIDANCE_KEYS } from '../../postmortem/document-guidance.ts';
import { clip, safe } from '../mrkdwn.ts';
import { LIMITS, section } from './blocks.ts';
import { option, textInput, words } from './inputs.ts';

export interface SettingsForm {
  section: SettingsSection;
  settings: Settings;
  /** Version that the form shows. */
  seen: number;
}

const isChannel = (id: string): boolean => /^[CG]/.test(id);

/** The fields of each form, filled with what is set. Block ids are the names that the reader of the form knows. */
export const SETTINGS_FIELDS: Record<SettingsSection, (settings: Settings) => KnownBlock[]> = {
  channels: ({ announceChannel, postmortemChannel, managers, escalation }) => [
    picker('announceChannel', 'Announcements', 'Incidents are announced here. Empty: nowhere.', {
      type: 'conversations_select',
      action_id: 'announceChannel',
      filter: CHANNELS,
      placeholder: words('No channel'),
      ...(announceChannel && { initial_conversation: announceChannel }),
    }),
    picker(
      'postmortemChannel',
      'Published postmortems',
      'Postmortems are posted here once published. Empty: where incidents are announced.',
      {
        type: 'conversations_select',
        action_id: 'postmortemChannel',
        filter: CHANNELS,
        placeholder: words('Same as announcements'),
        ...(postmortemChannel && { initial_conversation: postmortemChannel }),
      },
    ),
    picker('managerChannels', 'Channels that get drafts', 'Each draft is posted there for review.', {
      type: 'multi_conversations_select',
      action_id: 'managerChannels',
      filter: CHANNELS,
      placeholder: words('None'),
      ...some('initial_conversations', managers.filter(isChannel)),
    }),
    people('managerPeople', 'People who get drafts', undefined, managers.filter(isPerson)),
    people(
      'escalationPeople',
      'Escalation contacts',
      'Called after the lead when something expected is late: invited to the channel, and told by direct message.',
      escalation.filter(isPerson),
    ),
    textInput({
      id: 'escalationGroups',
      label: 'Escalation user groups',
      hint: 'Their ids, such as S012ABCDEF. Their members are called like the people above, 30 at most together.',
      optional: true,
      initial: escalation.filter((id) => id.startsWith('S')).join(' '),
      longest: 500,
    }),
  ],
  severities: (settings) =>
    SEVERITIES.flatMap((key) => [
      textInput({
        id: `name_${key}`,
        label: `${key} is called`,
        initial: settings.severities[key].name,
        longest: LONGEST_SEVERITY_NAME,
      }),
      textInput({
        id: `expected_${key}`,
        label: `Expected of ${key}, in minutes after it was declared`,
        hint: 'One a line: lead 5, root-cause 60, mitigated 2h. “update 30” is every 30 minutes. Empty: nothing.',
        optional: true,
        multiline: true,
        initial: policyLines(settings.severities[key].policy, namesOf(settings).milestones).join('\n'),
        longest: 1000,
      }),
    ]),
  milestones: (settings) => [
    section(
      'People read these names everywhere. The commands under the fields work as well as the new names.',
    ),
    ...MILESTONES.map((key) =>
      textInput({
        id: `name_${key}`,
        label: MILESTONE_NAMES[key],
        hint: `/incident ${MILESTONE_WORDS[key].command}`,
        initial: namesOf(settings).milestones[key],
        longest: LONGEST_MILESTONE_NAME,
      }),
    ),
  ],
  roles: ({ roles }) => [
    textInput({
      id: 'roles',
      label: 'Roles beside the lead',
      hint: 'One a line.',
      optional: true,
      multiline: true,
      initial: roles.join('\n'),
      longest: 1000,
    }),
  ],
  emoji: (settings) => [
    section('What a reaction does. Several emoji may do the same, but one emoji does one thing.'),
    ...emojiFields(settings.emoji, namesOf(settings)).map(({ field, label, names }) =>
      textInput({
        id: field,
        label,
        optional: true,
        initial: names.map((name) => `:${name}:`).join(' '),
        longest: 500,
      }),
    ),
  ],
  display: ({ zone, archiveAfterDays, deleteAfterDays, draftRestDays }) => [
    textInput({
      id: 'zone',
      label: 'Zone shown beside UTC in drafts',
      hint: 'Europe/Berlin, New York. Empty: the zone of whoever declared.',
      optional: true,
      initial: zone ?? '',
      longest: 80,
    }),
    textInput({
      id: 'draftRestDays',
      label: 'Days that a draft may rest until somebody is reminded',
      hint: 'The lead, or the reviewers who have not answered; three times at most. Empty: never.',
      optional: true,
      initial: draftRestDays === null ? '' : String(draftRestDays),
      longest: 3,
    }),
    textInput({
      id: 'archiveAfterDays',
      label: 'Days after closing until the channel is archived',
      hint: 'The channel is told a day before. Incidents that are closed already follow, too. Empty: never.',
      optional: true,
      initial: archiveAfterDays === null ? '' : String(archiveAfterDays),
      longest: 4,
    }),
    textInput({
      id: 'deleteAfterDays',
      label: 'Delete an incident so many days after closing',
      hint: 'Timeline, postmortem and history, for good; its channel is told a week before. Empty: never.',
      optional: true,
      initial: deleteAfterDays === null ? '' : String(deleteAfterDays),
      longest: 4,
    }),
  ],
  access: ({ outsiders }) => {
    const options = OUTSIDERS_MAY.map((one) => option(one, OUTSIDERS_WORDS[one]));
    const initial = options.find(({ value }) => value === outsiders);
    return [
      picker(
        'outsiders',
        'Guests and people of other workspaces may',
        'In channels that they are in. They never change settings, nor see private incidents of other channels.',
        {
          type: 'static_select',
          action_id: 'outsiders',
          options,
          ...(initial && { initial_option: initial }),
        },
      ),
    ];
  },
  template: ({ template }) => {
    const ordered = orderedSections(template.order);
    const titles = (shown: boolean) =>
      ordered.filter((key) => template.hidden.includes(key) !== shown).map((key) => SECTION_TITLES[key]);
    return [
      textInput({
        id: 'sections',
        label: 'Sections of the draft, one a line, in their order',
        hint: 'A section without a line is left out. What people wrote there is kept, and shows again with its line.',
        multiline: true,
        initial: titles(true).join('\n'),
        longest: 1500,
      }),
      section(`*Left out now*: ${titles(false).join(', ') || 'nothing'}`),
      section('*Guidance* for parts that nobody filled. Empty: the words shown in grey.'),
      ...GUIDANCE_KEYS.map((key) =>
        textInput({
          id: `guidance_${key}`,
          label: guidanceLabel(key),
          placeholder: clip(GUIDANCE[key].says, LIMITS.placeholder),
          optional: true,
          multiline: true,
          initial: template.guidance[key] ?? '',
          longest: 1000,
        }),
      ),
    ];
  },
  owners: ({ serviceOwners }) => {
    const set = Object.entries(serviceOwners).map(
      ([service, ids]) => `• ${clip(safe(service), 120)}: ${ids.map((id) => `<@${id}>`).join(', ')}`,
    );
    return [
      section(`*Set now*\n${set.join('\n') || 'No service has owners yet.'}`),
      textInput({
        id: 'service',
        label: 'Service',
        hint: 'One at a time, spelt as in incidents.',
        longest: 120,
      }),
      people('owners', 'Owners', 'Told of the service’s incidents. Nobody: the service is removed.', []),
    ];
  },
};

const OUTSIDERS_WORDS: Record<Settings['outsiders'], string> = {
  nothing: 'do nothing',
  notes: 'read, and add notes and reactions',
  everything: 'do what members do',
};

/** `root-cause` as a label: Root cause. */
const guidanceLabel = (key: string): string =>
  `${key.charAt(0).toUpperCase()}${key.slice(1).replaceAll('-', ' ')}`;

const CHANNELS = { include: ['public' as const, 'private' as const] };

/** Slack refuses an empty list of initial values. */
const some = <Key extends string, One>(key: Key, list: One[]) =>
  (list.length > 0 ? { [key]: list } : {}) as Partial<Record<Key, One[]>>;

const picker = (
  id: string,
  label: string,
  hint: string | undefined,
  element: InputBlockElement,
): InputBlock => ({
  type: 'input',
  block_id: id,
  optional: true,
  label: words(label),
  element,
  ...(hint && { hint: { type: 'plain_text', text: hint } }),
});

const people = (id: string, label: string, hint: string | undefined, ids: string[]): InputBlock =>
  picker(id, label, hint, {
    type: 'multi_users_select',
    action_id: id,
    placeholder: words('Nobody'),
    ...some('initial_users', ids),
  });
