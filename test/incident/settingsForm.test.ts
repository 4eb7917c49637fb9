import { describe, expect, it } from 'vitest';
import { SECTION_TITLES } from '../../src/incident/draftSections.ts';
import { MILESTONE_NAMES, MILESTONES } from '../../src/incident/milestones.ts';
import { DEFAULT_NAMES, DEFAULT_SETTINGS, namesOf, type Settings } from '../../src/incident/settings.ts';
import { policyLines, settingChanges } from '../../src/incident/settingsChanges.ts';
import {
  emojiFields,
  type FormValues,
  readSettingsForm,
  type SettingsSection,
} from '../../src/incident/settingsForm.ts';
import { SEVERITIES } from '../../src/incident/types.ts';

const emojiForm = (over: FormValues = {}): FormValues => ({
  ...Object.fromEntries(
    emojiFields(DEFAULT_SETTINGS.emoji, DEFAULT_NAMES).map(({ field, names }) => [field, names.join(' ')]),
  ),
  ...over,
});

const severityForm = (over: FormValues = {}): FormValues => ({
  ...Object.fromEntries(
    SEVERITIES.flatMap((key) => [
      [`name_${key}`, DEFAULT_SETTINGS.severities[key].name],
      [
        `expected_${key}`,
        policyLines(DEFAULT_SETTINGS.severities[key].policy, DEFAULT_NAMES.milestones).join('\n'),
      ],
    ]),
  ),
  ...over,
});

const milestoneForm = (over: FormValues = {}): FormValues => ({
  ...Object.fromEntries(MILESTONES.map((key) => [`name_${key}`, MILESTONE_NAMES[key]])),
  ...over,
});

const sectionsForm = (over: FormValues = {}): FormValues => ({
  sections: Object.values(SECTION_TITLES).join('\n'),
  ...over,
});

function saved(section: SettingsSection, values: FormValues, current = DEFAULT_SETTINGS): Settings {
  const read = readSettingsForm(section, values, current);
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.settings;
}

function faults(section: SettingsSection, values: FormValues): Record<string, string> {
  const read = readSettingsForm(section, values, DEFAULT_SETTINGS);
  if (read.kind === 'read') throw new Error('It was read.');
  return read.faults;
}

describe('a form that shows what is set', () => {
  it.each<[SettingsSection, FormValues]>([
    ['emoji', emojiForm()],
    ['severities', severityForm()],
    ['milestones', milestoneForm()],
    ['roles', { roles: 'communications\nscribe' }],
    ['display', { zone: '', archiveAfterDays: '', deleteAfterDays: '' }],
    ['channels', { announceChannel: [], managerChannels: [], escalationGroups: '' }],
    ['template', sectionsForm({ guidance_factors: '' })],
  ])('changes nothing when it is sent as it came: %s', (section, values) => {
    expect(settingChanges(DEFAULT_SETTINGS, saved(section, values))).toEqual([]);
  });
});

describe('what is typed', () => {
  it('of emoji may have colons, commas and capitals', () => {
    const { emoji } = saved('emoji', emojiForm({ emoji_detected: ':Eyes:, :bell::mega: wave' }));
    expect(emoji.milestones.detected).toEqual(['eyes', 'bell', 'mega', 'wave']);
  });

  it('of what is expected may be in minutes, hours or days', () => {
    const { severities } = saved(
      'severities',
      severityForm({
        expected_SEV3: 'lead 90\nUpdate: 2h\nRoot cause identified 1 day\nfix-released 45 min',
      }),
    );
    expect(severities.SEV3.policy).toEqual({
      leadWithin: 90,
      updateEvery: 120,
      milestones: { root_cause_identified: 1440, fix_released: 45 },
    });
    expect(severities.SEV1).toEqual(DEFAULT_SETTINGS.severities.SEV1);
  });

  it('as a milestone’s name is kept where it is not ours, on one line', () => {
    const renamed = saved('milestones', milestoneForm({ name_fix_released: '  Fix   shipped ' }));
    expect(renamed.milestoneNames).toEqual({ fix_released: 'Fix shipped' });
    expect(settingChanges(DEFAULT_SETTINGS, renamed)).toEqual([
      { what: 'Name of Fix released', from: 'Fix released', to: 'Fix shipped' },
    ]);
    expect(saved('milestones', milestoneForm(), renamed).milestoneNames).toEqual({});
  });

  it('of what is expected may name a milestone by the workspace’s name, and by ours', () => {
    const renamed = saved('milestones', milestoneForm({ name_fix_released: 'Fix shipped' }));
    const form = severityForm({ expected_SEV3: 'Fix shipped 45', expected_SEV4: 'fix-released 45' });
    const { severities } = saved('severities', form, renamed);
    for (const key of ['SEV3', 'SEV4'] as const) {
      expect(severities[key].policy.milestones).toEqual({ fix_released: 45 });
      expect(policyLines(severities[key].policy, namesOf(renamed).milestones)).toEqual(['fix-shipped 45']);
    }
  });

  it('of a zone may be a city', () => {
    expect(saved('display', { zone: 'new york', archiveAfterDays: '30' })).toMatchObject({
      zone: 'America/New_York',
      archiveAfterDays: 30,
    });
    expect(saved('display', { zone: 'utc', archiveAfterDays: '' }).zone).toBe('UTC');
  });

  it('of sections is their order; those without a line are left out', () => {
    const form = sectionsForm({ sections: '1. Timeline\n- what happened\n• root-cause\nSummary' });
    const { template } = saved('template', form);
    expect(template.order).toEqual(['timeline', 'what-happened', 'root-cause', 'summary']);
    expect(template.hidden).toHaveLength(10);
    expect(settingChanges(DEFAULT_SETTINGS, saved('template', form))[0]).toEqual({
      what: 'Order of sections',
      from: '',
      to: 'Timeline, What happened, Root cause, Summary',
    });
    // Fewer in our order is no order of one's own.
    expect(saved('template', sectionsForm({ sections: 'Summary\nTimeline' })).template.order).toEqual([]);
  });

  it('of owners adds, replaces and removes one service', () => {
    const one = saved('owners', { service: 'Checkout', owners: ['U1'] });
    const two = saved('owners', { service: 'Search', owners: ['U2', 'U3'] }, one);
    expect(two.serviceOwners).toEqual({ Checkout: ['U1'], Search: ['U2', 'U3'] });
    expect(saved('owners', { service: 'CHECKOUT', owners: [] }, two).serviceOwners).toEqual({
      Search: ['U2', 'U3'],
    });
  });

  it('of guidance leaves the parts that the form does not show', () => {
    const current = {
      ...DEFAULT_SETTINGS,
      template: { order: [], hidden: [], guidance: { later: 'x', factors: 'y' } },
    };
    const { template } = saved('template', sectionsForm({ guidance_factors: ' ' }), current);
    expect(template).toEqual({ order: [], hidden: [], guidance: { later: 'x' } });
  });
});

describe('a reason stands beside the field that is wrong', () => {
  it('names the other use of an emoji, on both', () => {
    expect(faults('emoji', emojiForm({ emoji_detected: ':pushpin:' }))).toEqual({
      emoji_timeline: ':pushpin: is also set for Detected. One emoji does one thing.',
      emoji_detected: ':pushpin: is also set for Timeline. One emoji does one thing.',
    });
    expect(faults('emoji', emojiForm({ emoji_action: 'eyes eyes' }))).toEqual({
      emoji_action: ':eyes: stands here twice. One emoji does one thing.',
    });
  });

  it.each<[SettingsSection, FormValues, string, RegExp]>([
    ['emoji', emojiForm({ emoji_factor: 'a b!' }), 'emoji_factor', /“b!” is no emoji/],
    ['severities', severityForm({ name_SEV2: ' ' }), 'name_SEV2', /A name/],
    ['severities', severityForm({ expected_SEV1: 'leed 5' }), 'expected_SEV1', /“leed 5” is not understood/],
    ['severities', severityForm({ expected_SEV1: 'lead' }), 'expected_SEV1', /not understood/],
    ['severities', severityForm({ expected_SEV4: 'update 8d' }), 'expected_SEV4', /to 7 days/],
    ['severities', severityForm({ name_SEV3: 'Critical' }), 'name_SEV3', /^SEV1 is called that/],
    ['severities', severityForm({ name_SEV3: 'sev-2' }), 'name_SEV3', /^SEV2 is called that/],
    ['severities', severityForm({ name_SEV2: 'x'.repeat(61) }), 'name_SEV2', /60 characters/],
    ['severities', severityForm({ name_SEV2: '\u202eabc' }), 'name_SEV2', /cannot be seen/],
    ['milestones', milestoneForm({ name_detected: ' ' }), 'name_detected', /A name, such as Detected/],
    ['milestones', milestoneForm({ name_detected: '🔥' }), 'name_detected', /one letter or digit/],
    ['milestones', milestoneForm({ name_detected: 'x'.repeat(41) }), 'name_detected', /40 characters/],
    ['milestones', milestoneForm({ name_detected: 'Lead' }), 'name_detected', /something else/],
    ['milestones', milestoneForm({ name_detected: 'escalated!' }), 'name_escalated', /^Detected is called/],
    [
      'milestones',
      milestoneForm({ name_detected: 'Root cause', name_root_cause_identified: 'Why' }),
      'name_detected',
      /goes on to mean “Root cause identified”/,
    ],
    ['roles', { roles: 'Lead' }, 'roles', /always there/],
    ['roles', { roles: 'x'.repeat(41) }, 'roles', /too long/],
    ['display', { zone: 'Mars', archiveAfterDays: '' }, 'zone', /no zone “Mars”/],
    ['display', { zone: '', archiveAfterDays: '1.5' }, 'archiveAfterDays', /whole number/],
    ['display', { zone: '', archiveAfterDays: '', deleteAfterDays: '29' }, 'deleteAfterDays', /from 30 to/],
    ['display', { zone: '', archiveAfterDays: 'never' }, 'archiveAfterDays', /whole number/],
    ['display', { zone: '', archiveAfterDays: '', draftRestDays: '0' }, 'draftRestDays', /from 1 to 365/],
    ['channels', { escalationGroups: '@oncall' }, 'escalationGroups', /no id of a user group/],
    ['channels', { managerPeople: ['not an id'] }, 'managerPeople', /./],
    ['template', sectionsForm({ sections: 'Summary\nSumary' }), 'sections', /“Sumary” is no section/],
    ['template', sectionsForm({ sections: 'Summary\nsummary' }), 'sections', /“Summary” stands here twice/],
    ['template', sectionsForm({ sections: ' ' }), 'sections', /At least one section/],
    ['template', sectionsForm({ guidance_factors: 'x'.repeat(1001) }), 'guidance_factors', /1000 characters/],
    ['owners', { service: 'Nobody’s', owners: [] }, 'owners', /at least one person/],
  ])('%s %j', (section, values, field, reason) => {
    expect(faults(section, values)[field]).toMatch(reason);
  });
});

it('a change names what it was and what it is', () => {
  const after = saved('channels', {
    announceChannel: ['C1'],
    postmortemChannel: ['C2'],
    managerPeople: ['U1'],
    escalationGroups: 's012',
  });
  expect(settingChanges(DEFAULT_SETTINGS, after)).toEqual([
    { what: 'Announcements', from: '', to: '<#C1>' },
    { what: 'Published postmortems', from: '', to: '<#C2>' },
    { what: 'Managers', from: '', to: '<@U1>' },
    { what: 'Escalation', from: '', to: 'user group S012' },
  ]);
});
