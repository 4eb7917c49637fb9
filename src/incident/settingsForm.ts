import { zoneNamed } from '../time/places.ts';
import { readSections } from './draftSections.ts';
import {
  MILESTONE_NAMES,
  MILESTONES,
  type Milestone,
  type MilestoneNames,
  milestoneNamed,
} from './milestones.ts';
import {
  namesOf,
  OUTSIDERS_MAY,
  overlappingEmoji,
  type Policy,
  type Settings,
  settingsSchema,
} from './settings.ts';
import { milestoneNameFaults, type NameFaults, severityNameFaults, tidyName } from './settingsNames.ts';
import { type Names, SEVERITIES } from './types.ts';

/** The forms that the settings are edited in. */
export const SETTINGS_SECTIONS = {
  channels: 'Channels and managers',
  severities: 'Severities and what is expected',
  milestones: 'Milestone names',
  roles: 'Roles',
  emoji: 'Emoji',
  display: 'Display zone, archive, deletion',
  access: 'Guests',
  template: 'Postmortem template',
  owners: 'Service owners',
} as const;
export type SettingsSection = keyof typeof SETTINGS_SECTIONS;

/** What a form was filled with, by field: text, or ids that were chosen. */
export type FormValues = Record<string, string | readonly string[] | undefined>;

/** The settings that come of a form, or for each field that is wrong the reason. */
export type SettingsRead =
  | { kind: 'read'; settings: Settings }
  | { kind: 'faults'; faults: Record<string, string> };

interface Form {
  fields: string[];
  text(field: string): string;
  chosen(field: string): string[];
  fault(field: string, reason: string): void;
}

/** Reads a form into the settings: what it does not show stays as it is. Pure; `current` is not changed. */
export function readSettingsForm(
  section: SettingsSection,
  values: FormValues,
  current: Settings,
): SettingsRead {
  const faults: Record<string, string> = {};
  const form: Form = {
    fields: Object.keys(values),
    text: (field) => String(values[field] ?? '').trim(),
    chosen: (field) => [values[field] ?? []].flat().filter((one) => one !== ''),
    fault: (field, reason) => {
      faults[field] ??= reason;
    },
  };
  const next = { ...current, ...READERS[section](form, current) };
  const parsed = settingsSchema.safeParse(next);
  // What the readers did not name: said beside the first field, so that it is never swallowed.
  if (!parsed.success && Object.keys(faults).length === 0)
    form.fault(Object.keys(values)[0] ?? section, parsed.error.issues[0]?.message ?? 'This cannot be kept.');
  if (!parsed.success || Object.keys(faults).length > 0) return { kind: 'faults', faults };
  return { kind: 'read', settings: parsed.data };
}

const READERS: Record<SettingsSection, (form: Form, current: Settings) => Partial<Settings>> = {
  channels: (form) => {
    const groups = words(form.text('escalationGroups')).map((one) => one.toUpperCase());
    const strange = groups.find((one) => !/^S[A-Z0-9]{2,}$/.test(one));
    if (strange) form.fault('escalationGroups', `“${strange}” is no id of a user group, such as S012ABCDEF.`);
    const managers = [...form.chosen('managerChannels'), ...form.chosen('managerPeople')];
    if (managers.length > 20) form.fault('managerPeople', 'At most 20 channels and people together.');
    const escalation = [...form.chosen('escalationPeople'), ...groups];
    if (escalation.length > 20) form.fault('escalationPeople', 'At most 20 people and groups together.');
    const [announceChannel = null] = form.chosen('announceChannel');
    const [postmortemChannel = null] = form.chosen('postmortemChannel');
    return { announceChannel, postmortemChannel, managers, escalation };
  },
  severities: (form, current) => {
    const names = readNames(form, SEVERITIES);
    putFaults(form, severityNameFaults(names));
    const { milestones } = namesOf(current);
    const severities = SEVERITIES.map((key) => [
      key,
      { name: names[key], policy: readPolicy(form, `expected_${key}`, milestones) },
    ]);
    return { severities: Object.fromEntries(severities) as Settings['severities'] };
  },
  milestones: (form) => {
    const names = readNames(form, MILESTONES);
    putFaults(form, milestoneNameFaults(names));
    const own = MILESTONES.filter((key) => names[key] !== MILESTONE_NAMES[key]);
    return { milestoneNames: Object.fromEntries(own.map((key) => [key, names[key]])) };
  },
  roles: (form) => {
    const roles = [...new Map(lines(form.text('roles')).map((role) => [role.toLowerCase(), role])).values()];
    const long = roles.find((role) => role.length > 40);
    if (long) form.fault('roles', `“${long.slice(0, 40)}…” is too long: 40 characters at most.`);
    if (roles.length > 20) form.fault('roles', 'At most 20 roles.');
    if (roles.some((role) => role.toLowerCase() === 'lead'))
      form.fault('roles', 'The lead is always there. List the other roles only.');
    return { roles };
  },
  emoji: (form, current) => {
    const read = (field: string) => readEmoji(form, field);
    const emoji = {
      timeline: read('emoji_timeline'),
      action: read('emoji_action'),
      factor: read('emoji_factor'),
      milestones: Object.fromEntries(MILESTONES.map((key) => [key, read(`emoji_${key}`)])) as Record<
        Milestone,
        string[]
      >,
    };
    const fields = emojiFields(emoji, namesOf(current));
    for (const name of overlappingEmoji({ emoji })) {
      const users = fields.filter(({ names }) => names.includes(name));
      for (const { field } of users) {
        const others = users.filter((one) => one.field !== field).map((one) => one.label);
        const where = others.length > 0 ? `is also set for ${others.join(', ')}` : 'stands here twice';
        form.fault(field, `:${name}: ${where}. One emoji does one thing.`);
      }
    }
    return { emoji };
  },
  display: (form, current) => {
    const typed = form.text('zone');
    const zone = typed === '' ? null : (zoneNamed(typed) ?? null);
    if (typed !== '' && zone === null)
      form.fault('zone', `I know no zone “${typed.slice(0, 60)}”. Type for example Europe/Berlin or Tokyo.`);
    const days = form.text('archiveAfterDays');
    const archiveAfterDays = days === '' ? null : Number(days);
    const whole = archiveAfterDays === null || (Number.isInteger(archiveAfterDays) && archiveAfterDays >= 1);
    if (!whole || (archiveAfterDays ?? 0) > 3650)
      form.fault('archiveAfterDays', 'A whole number of days from 1 to 3650, or nothing for never.');
    const kept = form.text('deleteAfterDays');
    const deleteAfterDays = kept === '' ? null : Number(kept);
    const inDays = deleteAfterDays ?? 30;
    if (!Number.isInteger(inDays) || inDays < 30 || inDays > 3650)
      form.fault('deleteAfterDays', 'A whole number of days from 30 to 3650, or nothing for never.');
    const rest = form.text('draftRestDays');
    const asked = form.fields.includes('draftRestDays');
    const draftRestDays = asked ? (rest === '' ? null : Number(rest)) : current.draftRestDays;
    const restDays = draftRestDays ?? 1;
    if (!Number.isInteger(restDays) || restDays < 1 || restDays > 365)
      form.fault('draftRestDays', 'A whole number of days from 1 to 365, or nothing for never.');
    return { zone, archiveAfterDays, deleteAfterDays, draftRestDays };
  },
  access: (form, { outsiders }) => ({
    outsiders: OUTSIDERS_MAY.find((one) => one === form.chosen('outsiders')[0]) ?? outsiders,
  }),
  template: (form, { template }) => {
    const guidance = { ...template.guidance };
    // The form shows the parts that it knows; a part that it does not show keeps its words.
    for (const field of form.fields.filter((one) => one.startsWith('guidance_'))) {
      const key = field.slice('guidance_'.length);
      const own = form.text(field);
      if (own.length > 1000) form.fault(field, 'At most 1000 characters.');
      if (own === '') delete guidance[key];
      else guidance[key] = own;
    }
    const sections = readSections(lines(form.text('sections')));
    if (sections.kind === 'fault') {
      form.fault('sections', sections.reason);
      return {};
    }
    return { template: { order: sections.order, hidden: sections.hidden, guidance } };
  },
  owners: (form, { serviceOwners }) => {
    const service = form.text('service').replace(/\s+/g, ' ');
    if (service === '') form.fault('service', 'The service’s name, as it is typed in incidents.');
    if (service.length > 120) form.fault('service', 'At most 120 characters.');
    const owners = form.chosen('owners');
    if (owners.length > 20) form.fault('owners', 'At most 20 people.');
    const others = Object.entries(serviceOwners).filter(([name]) => !same(name, service));
    if (owners.length === 0 && others.length === Object.keys(serviceOwners).length)
      form.fault('owners', 'Choose at least one person. To remove a service, name one that has owners.');
    return {
      serviceOwners: Object.fromEntries([...others, ...(owners.length > 0 ? [[service, owners]] : [])]),
    };
  },
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const readNames = <Key extends string>(form: Form, keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, tidyName(form.text(`name_${key}`))])) as Record<Key, string>;

function putFaults(form: Form, faults: NameFaults<string>): void {
  for (const [key, reason = ''] of Object.entries(faults)) form.fault(`name_${key}`, reason);
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** Every field of the emoji form with what it holds. */
export const emojiFields = (
  { timeline, action, factor, milestones }: Settings['emoji'],
  { milestones: labels }: Names,
) => [
  { field: 'emoji_timeline', label: 'Timeline', names: timeline },
  { field: 'emoji_action', label: 'Action item', names: action },
  { field: 'emoji_factor', label: 'Contributing factor', names: factor },
  ...MILESTONES.map((key) => ({
    field: `emoji_${key}`,
    label: labels[key],
    names: milestones[key],
  })),
];

function readEmoji(form: Form, field: string): string[] {
  const names = form
    .text(field)
    .toLowerCase()
    .split(/[\s,:]+/)
    .filter(Boolean);
  const strange = names.find((one) => !/^[a-z0-9_+'-]+$/.test(one));
  if (strange) form.fault(field, `“${strange.slice(0, 40)}” is no emoji’s name. Type for example :pushpin:.`);
  if (names.length > 10) form.fault(field, 'At most 10 emoji.');
  return names;
}

const EXPECTED = /^(.*?)[\s:]+(\d{1,6})\s*(m|min|minutes?|h|hours?|d|days?)?$/i;

function readPolicy(form: Form, field: string, names: MilestoneNames): Policy {
  const policy: Policy = { leadWithin: null, updateEvery: null, milestones: {} };
  for (const line of lines(form.text(field))) {
    const [, what = '', number, unit = 'm'] = EXPECTED.exec(line) ?? [];
    const factor = /^d/i.test(unit) ? 1440 : /^h/i.test(unit) ? 60 : 1;
    const minutes = Number(number) * factor;
    const milestone = milestoneNamed(what, names);
    if (number === undefined || (!milestone && !/^(?:lead|update)s?$/i.test(what)))
      form.fault(field, `“${line.slice(0, 60)}” is not understood. Type for example: root-cause 60.`);
    else if (minutes < 1 || minutes > 7 * 1440)
      form.fault(field, `“${line.slice(0, 60)}”: from 1 minute to 7 days.`);
    else if (milestone) policy.milestones[milestone] = minutes;
    else if (/^lead/i.test(what)) policy.leadWithin = minutes;
    else policy.updateEvery = minutes;
  }
  return policy;
}
