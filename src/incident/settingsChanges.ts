import { SECTION_TITLES } from './draftSections.ts';
import { MILESTONE_NAMES, MILESTONES, type MilestoneNames, milestoneWord } from './milestones.ts';
import { namesOf, type Policy, type Settings } from './settings.ts';
import { SEVERITIES } from './types.ts';

/** One setting that a save changed, as Slack text; empty: nothing is set. */
export interface SettingChange {
  what: string;
  from: string;
  to: string;
}

/** `C1` as Slack shows it: a channel, a person or a user group. */
const reference = (id: string): string =>
  /^[CG]/.test(id) ? `<#${id}>` : /^S/.test(id) ? `user group ${id}` : `<@${id}>`;

const references = (ids: readonly string[]): string => ids.map(reference).join(', ');

/** What is expected of an incident, one a line, as the form takes it: `root-cause 60`. Minutes. */
export function policyLines(
  { leadWithin, updateEvery, milestones }: Policy,
  names: MilestoneNames,
): string[] {
  return [
    ...(leadWithin === null ? [] : [`lead ${leadWithin}`]),
    ...(updateEvery === null ? [] : [`update ${updateEvery}`]),
    ...MILESTONES.flatMap((key) =>
      milestones[key] === undefined ? [] : [`${milestoneWord(key, names)} ${milestones[key]}`],
    ),
  ];
}

const titleOf = (key: string): string =>
  Object.entries(SECTION_TITLES).find(([one]) => one === key)?.[1] ?? key;

/** Every setting by its name, as text; milestones by the names given. */
function named(settings: Settings, labels: MilestoneNames): Map<string, string> {
  const { emoji, severities, template, serviceOwners } = settings;
  const emojiText = (names: readonly string[]) => names.map((name) => `:${name}:`).join(' ');
  return new Map([
    ['Announcements', settings.announceChannel ? reference(settings.announceChannel) : ''],
    ['Published postmortems', settings.postmortemChannel ? reference(settings.postmortemChannel) : ''],
    ['Managers', references(settings.managers)],
    ['Escalation', references(settings.escalation)],
    ...SEVERITIES.flatMap((key): [string, string][] => [
      [`Name of ${key}`, severities[key].name],
      [`Expected of ${key}`, policyLines(severities[key].policy, labels).join(', ')],
    ]),
    ...MILESTONES.map((key): [string, string] => [
      `Name of ${MILESTONE_NAMES[key]}`,
      namesOf(settings).milestones[key],
    ]),
    ['Roles', settings.roles.join(', ')],
    ['Emoji for the timeline', emojiText(emoji.timeline)],
    ['Emoji for action items', emojiText(emoji.action)],
    ['Emoji for factors', emojiText(emoji.factor)],
    ...MILESTONES.map((key): [string, string] => [
      `Emoji for ${labels[key]}`,
      emojiText(emoji.milestones[key]),
    ]),
    ['Zone in drafts', settings.zone ?? ''],
    ['Archive after', settings.archiveAfterDays === null ? '' : `${settings.archiveAfterDays} days`],
    ['Remind of a draft after', settings.draftRestDays === null ? '' : `${settings.draftRestDays} days`],
    ['Delete after', settings.deleteAfterDays === null ? '' : `${settings.deleteAfterDays} days`],
    ['Guests may do', settings.outsiders],
    ['Order of sections', template.order.map(titleOf).join(', ')],
    ['Sections left out', template.hidden.map(titleOf).join(', ')],
    ...Object.entries(template.guidance).map(([key, text]): [string, string] => [`Guidance of ${key}`, text]),
    ...Object.entries(serviceOwners).map(([service, ids]): [string, string] => [
      `Owners of ${service}`,
      references(ids),
    ]),
  ]);
}

/** What a save changed, in the order of the forms. */
export function settingChanges(before: Settings, after: Settings): SettingChange[] {
  const { milestones } = namesOf(after);
  const [old, now] = [named(before, milestones), named(after, milestones)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((what) => ({ what, from: old.get(what) ?? '', to: now.get(what) ?? '' }))
    .filter(({ from, to }) => from !== to);
}
