import { DEFAULT_NAMES, DEFAULT_SETTINGS } from '../../../src/incident/settings.ts';
import { SETTINGS_SECTIONS, type SettingsSection } from '../../../src/incident/settingsForm.ts';
import { GUIDANCE_KEYS } from '../../../src/postmortem/document-guidance.ts';
import { plain } from '../../../src/slack/mrkdwn.ts';
import { section } from '../../../src/slack/views/blocks.ts';
import * as home from '../../../src/slack/views/home.ts';
import * as lists from '../../../src/slack/views/lists.ts';
import * as run from '../../../src/slack/views/run.ts';
import * as settings from '../../../src/slack/views/settings.ts';
import type { HomeShown } from '../../../src/usecases/home.ts';
import type { SettingsShown } from '../../../src/usecases/settings.ts';
import { makeAction } from '../../postmortem/makers.ts';
import type { Case, Shown } from './everyView.ts';
import { REVIEW_VIEWS } from './reviewViews.ts';
import { NOW, type World } from './worlds.ts';

const nobody = { zone: null, now: NOW, names: DEFAULT_NAMES };
const shownIn = (text: string): Shown[] => [{ message: { text: 'part', blocks: [section(text)] } }];

/** Views of the workspace as a whole (settings, lists, Home), and of reviews. */
export const WORKSPACE_VIEWS: Record<string, Record<string, Case>> = {
  'home.ts': {
    homeView: (world) =>
      [null, 'Pacific/Kiritimati'].map((zone) => {
        const many = Math.min(10, world.many);
        const { incident } = world.record;
        const action = makeAction(1, { text: world.text, ownerId: 'U0123456789', due: '2026-03-10' });
        const shown: HomeShown = {
          mine: Array(many).fill(incident),
          actions: Array.from({ length: many }, (_, n) => ({ incident, action: { ...action, number: n } })),
          drafts: Array(many).fill({ postmortemId: 'id', askedBy: 'U0123456789', incident }),
          recent: Array(many).fill(incident),
          filter: 'all sev1',
        };
        const url = () => `https://debrief.example.com/postmortems/5f0c2a3e?sig=${'a'.repeat(64)}&v=1`;
        return { view: home.homeView(shown, { zone, now: NOW, names: world.record.names }, url) };
      }),
  },
  'lists.ts': {
    listReply: (world) =>
      [0, 1].map((page) => {
        const items = Array(Math.min(10, world.many)).fill(world.record.incident);
        const filter = { state: 'all', mine: true, severity: 'SEV1', service: 'x'.repeat(120) } as const;
        return { message: lists.listReply({ items, total: world.many, page, filter }, world.record.names) };
      }),
    findReply: (world) => {
      const line = world.text ? { number: 999_999, text: world.text } : null;
      const items = Array(Math.min(10, world.many)).fill({ incident: world.record.incident, line });
      return ['a', world.text.slice(0, 200) || 'x'].map((text) => ({
        message: lists.findReply({ items, total: world.many, page: 1, text }, world.record.names),
      }));
    },
    incidentLine: ({ record }) => shownIn(lists.incidentLine(record.incident, record.names)),
  },
  'review.ts': REVIEW_VIEWS,
  'run.ts': {
    runWaitingModal: () => [{ view: run.runWaitingModal() }],
    runModal: ({ text, many }) =>
      [null, 7].map((number) => {
        const options = Array.from({ length: Math.min(10, many) }, (_, n) => ({
          ts: `1773143111.00000${n}`,
          authorId: n % 2 ? 'U0123456789' : null,
          author: plain(text).slice(0, 80),
          text,
          number,
        }));
        return { view: run.runModal('C0123456789', options, nobody) };
      }),
  },
  'settings.ts': {
    settingsModal: (world) =>
      [world, { ...world, many: 0 }].map((one) => ({
        view: settings.settingsModal(shownSettings(one), one.many ? 'Saved.' : undefined),
      })),
    settingsFormModal: (world) => {
      const { settings: own, saves } = shownSettings(world);
      const above = settings.staleSettingsText(saves);
      return SETTINGS_NAMES.flatMap((section) =>
        [own, DEFAULT_SETTINGS].map((set) => ({
          view: settings.settingsFormModal(
            { section, settings: set, seen: 3 },
            set === own ? above : undefined,
          ),
        })),
      );
    },
    savedText: (world) => shownIn(settings.savedText(changes(world))),
    staleSettingsText: (world) => shownIn(settings.staleSettingsText(shownSettings(world).saves)),
  },
  'settingsFields.ts': {},
};

const SETTINGS_NAMES = Object.keys(SETTINGS_SECTIONS) as SettingsSection[];

/** Settings as full as they may be, and changes of any text. */
const shownSettings = (world: World): SettingsShown => ({
  settings: {
    ...DEFAULT_SETTINGS,
    announceChannel: 'C0123456789',
    managers: [...Array(10).fill('C0123456789'), ...Array(10).fill('U0123456789')],
    escalation: [...Array(10).fill('S0123456789'), ...Array(10).fill('U0123456789')],
    roles: Array(20).fill(plain(world.text).slice(0, 40)),
    template: {
      order: ['timeline', 'summary'],
      hidden: ['date', 'factors'],
      guidance: Object.fromEntries(GUIDANCE_KEYS.map((key) => [key, plain(world.text).slice(0, 1000)])),
    },
    serviceOwners: Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [
        `${plain(world.text).slice(0, 110)} ${n}`,
        Array(20).fill('U0123456789'),
      ]),
    ),
  },
  version: 3,
  saves: Array.from({ length: Math.min(10, world.many) }, (_, n) => ({
    version: n,
    by: 'U0123456789',
    at: NOW,
    changes: changes(world),
  })),
});

const changes = ({ text, many }: World) =>
  Array.from({ length: many }, () => ({ what: 'Guidance of factors', from: '', to: plain(text) }));
