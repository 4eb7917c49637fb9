import { MILESTONES } from '../../../src/incident/milestones.ts';
import type { IncidentRecord, Names } from '../../../src/incident/types.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import type { Facts } from '../../../src/postmortem/types.ts';
import type { Asked } from '../../../src/usecases/times.ts';
import type { StoredEntry } from '../../../src/usecases/types.ts';
import { makeEntry, makeIncident, makeMark, makeRecord } from '../../postmortem/makers.ts';

/** What views are made from, once as on an ordinary day and once as bad as it gets. */
export interface World {
  name: string;
  /** Any text that a person may have typed, as Slack sends it. */
  text: string;
  record: IncidentRecord;
  facts: Facts;
  entry: StoredEntry;
  asked: Asked;
  /** How many incidents, held milestones, open questions. */
  many: number;
}

export const NOW = Date.parse('2026-03-10T23:30:00Z');

/** Texts of 3,000 characters and more, each bad in its own way. */
const MONSTERS: Record<string, string> = {
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(190),
  'right to left': `${'שלום '.repeat(300)}\u202e${'مرحبا '.repeat(300)}`,
  'zero width': 'a\u200b\u200d\ufeff'.repeat(800),
  'code fences': `\`\`\`${'x = 1\n'.repeat(500)}`,
  'calls to everybody': '<!channel> <!here|here> <!everyone> <!subteam^S012AB|@ops> '.repeat(60),
  'dates and people':
    '<!date^1392734382^Posted {date_num}|Posted 2014-02-18> <@U012AB|ana> <@U012AB> '.repeat(50),
  entities: 'R&amp;D &lt;b&gt; '.repeat(200),
  'raw signs': '<b>&</b> a < b > c && d '.repeat(150),
  'a long link': `<https://example.com/${'a'.repeat(2900)}|${'label '.repeat(40)}>`,
  'links that are none':
    '<javascript:alert(1)|x> <|> <> <@> <!> << >> <https://a.example|<!channel>> '.repeat(40),
  lines: 'a\n'.repeat(1500),
  'one word': 'W'.repeat(4000),
  'halves of pairs': '\ud83d\ude00x\ud83d y\ude00'.repeat(600),
};

/** As long as the settings allow, with signs that Slack reads. */
const LONG_NAMES: Names = {
  milestones: Object.fromEntries(
    MILESTONES.map((key) => [key, `<${'&'.repeat(38)}>`]),
  ) as Names['milestones'],
  severities: {
    SEV1: 'W'.repeat(60),
    SEV2: `<!here>${'&'.repeat(53)}`,
    SEV3: 'Minor',
    SEV4: '',
  },
};

const stored = (entry: ReturnType<typeof makeEntry>): StoredEntry => ({
  ...entry,
  incidentId: ID,
  kept: true,
  textEdited: false,
  messageChange: '',
  messageGoneAt: null,
});

const ID = '5f0c2a3e-7f0b-4f4e-9a53-0d1a51a3c0de';
const MESSAGE = { channelId: 'C0123456789', ts: '1773143111.000200' };

function ordinary(): World {
  const entries = [
    makeEntry(1, '22:05', { text: 'Errors rise' }),
    makeEntry(2, '22:31', { text: 'Rolled back' }),
  ];
  const record = makeRecord({
    incident: makeIncident({
      id: ID,
      status: 'monitoring',
      retrospective: false,
      closedAt: null,
      title: 'Sign-in fails for R&amp;D',
      tracker: 'https://jira.example.com/browse/OPS-7?view=detail&from=list',
    }),
    entries,
    marks: [makeMark('impact_started', 1, { provenance: 'inferred' }), makeMark('mitigated', 2)],
  });
  return world('an ordinary day', 'Rolled back, errors fall', record, 1);
}

/** An incident with 5,000 lines, 100 services and all milestones, where every text is the monster. */
function monstrous(name: string, text: string): World {
  const entries = Array.from({ length: 5000 }, (_, index) =>
    makeEntry(index + 1, NOW - (5000 - index) * 61_000, {
      id: `${ID}-${index + 1}`,
      text,
      precision: index % 2 ? 'about' : 'by',
      permalink: `https://acme.slack.com/archives/C0123456789/p${1773143111000200 + index}?thread_ts=1773143111.000100&cid=C0123456789`,
      retractedAt: index % 2 ? null : NOW,
      message: MESSAGE,
    }),
  );
  const record = makeRecord({
    incident: makeIncident({
      id: ID,
      number: 999_999_999,
      title: text,
      severity: 'SEV2',
      status: 'investigating',
      summary: text,
      services: Array.from({ length: 100 }, (_, index) => `${text.slice(0, 110)} ${index}`),
      regions: Array.from({ length: 100 }, (_, index) => `${text.slice(0, 110)} ${index}`),
      test: true,
      private: true,
      leadId: 'U0123456789',
      tracker: `https://jira.example.com/?${'&a'.repeat(329)}`,
      declaredBy: 'U0123456789',
    }),
    entries,
    marks: MILESTONES.map((key, index) =>
      makeMark(key, index, {
        entryId: `${ID}-${4980 + 2 * (index % 3)}`,
        provenance: 'inferred',
        markedBy: 'U0123456789',
      }),
    ),
    roles: Array.from({ length: 20 }, (_, index) => ({
      role: `${text.slice(0, 37)}${index}`,
      userId: 'U0123456789',
    })),
    names: LONG_NAMES,
    related: Array.from({ length: 20 }, (_, number) => neighbour(number, text)),
    mergedInto: neighbour(999_999_999, text),
    customers: Array.from({ length: 100 }, (_, index) => ({
      service: `${text.slice(0, 110)} ${index}`,
      text: text.slice(0, 400),
    })),
  });
  return world(name, text, record, 30);
}

const neighbour = (number: number, title: string) => ({
  id: ID,
  number,
  title,
  status: 'resolved' as const,
  private: false,
  channelId: 'C0123456789',
});

/** Nothing was said yet: everything that may be empty is. */
function empty(): World {
  const incident = makeIncident({ id: ID, services: [], leadId: null, channelId: null, status: 'canceled' });
  return { ...world('nothing said yet', '', makeRecord({ incident }), 0) };
}

function world(name: string, text: string, record: IncidentRecord, many: number): World {
  const readings = Array.from({ length: Math.max(1, many) }, (_, index) => ({
    instant: NOW - index * 3_600_000,
    zone: 'America/Argentina/ComodRivadavia',
    precision: 'exact' as const,
  }));
  const asked: Asked = {
    kind: 'asked',
    choiceId: ID,
    reason: 'older-than-12h',
    readings,
    anotherTime: true,
    typed: text,
  };
  const entry = stored(record.entries.at(-1) ?? makeEntry(1, '22:05', { text: '' }));
  return { name, text, record, facts: computeFacts(record, NOW), entry, asked, many };
}

export const WORLDS: World[] = [
  ordinary(),
  empty(),
  ...Object.entries(MONSTERS).map(([name, text]) => monstrous(name, text)),
];
