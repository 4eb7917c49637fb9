import { z } from 'zod';
import { MILESTONES } from '../../incident/milestones.ts';
import { SEVERITIES, SOURCES, STATUSES } from '../../incident/types.ts';
import { CHECK_NAMES, CHECK_SEVERITIES } from '../checks/types.ts';
import { SECTION_KEYS } from '../document-types.ts';

/** Of the JSON's form. It grows when a field goes or changes its meaning; fields may be added without. */
export const SCHEMA_VERSION = 1;

const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/)
  .meta({ id: 'instant', description: 'UTC, ISO 8601, cut to the minute: 2025-09-23T17:18Z.' });

const minutes = z
  .int()
  .meta({ id: 'minutes', description: 'Whole minutes between instants cut to the minute.' });

const lineNumber = z.int().positive();
const milestone = z.enum(MILESTONES).meta({ id: 'milestone' });

const precision = z
  .enum(['exact', 'about', 'by'])
  .describe('At that moment, near it, or at the latest then.');

const moment = z
  .strictObject({
    at: instant,
    precision,
    label: z.string(),
    line: lineNumber
      .nullable()
      .describe('The line of the timeline that proves it; null: a time that a person gave.'),
  })
  .meta({ id: 'moment' });

const figure = z
  .strictObject({
    name: z.string().describe('Stays the same whatever the workspace calls things.'),
    label: z.string(),
    minutes,
    from: moment,
    to: moment.nullable().describe('Null: still running.'),
  })
  .meta({ id: 'figure', description: 'A duration with its two named ends.' });

const provenance = z.enum(['observed', 'asserted', 'inferred']).meta({
  id: 'provenance',
  description: 'How the time is known: its message’s own, given by a person, or by a rule.',
});

const line = z
  .strictObject({
    number: lineNumber.describe('What people type: #4. The order of capture.'),
    at: instant.describe('When it happened.'),
    recordedAt: instant.describe('When it was written down.'),
    precision,
    minutesSincePrevious: minutes.nullable().describe('Null on the first line.'),
    text: z.string(),
    milestones: z.array(z.strictObject({ milestone, provenance })),
    source: z.enum(SOURCES).describe('How it was captured.'),
    permalink: z.string().nullable().describe('Its message in Slack.'),
    author: z.string().nullable().describe('Who wrote it; null: not known.'),
    capturedBy: z.string().nullable().describe('Who put it on the timeline.'),
    movedFrom: z.string().nullable().describe('INC-7 #3: the line that it was before a merge.'),
  })
  .meta({ id: 'line', description: 'A line of the timeline.' });

const unfinished = z.strictObject({
  number: z.int().positive(),
  text: z.string(),
  owner: z.string().nullable(),
  due: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable()
    .describe('Calendar date.'),
});

const figureChange = z.strictObject({
  name: z.string(),
  label: z.string(),
  from: z.string().nullable().describe('As printed; null: it was not there.'),
  to: z.string().nullable().describe('As printed; null: it is not there any more.'),
});

const corrected = z.strictObject({
  figures: z.array(figureChange),
  by: z.array(z.string()).describe('Who corrected the timeline since.'),
  sections: z.array(
    z.strictObject({ key: z.enum(SECTION_KEYS), title: z.string(), by: z.array(z.string()) }),
  ),
});

const published = z.strictObject({
  version: z
    .int()
    .positive()
    .nullable()
    .describe('The version that was published; it stays as it was. Null: not kept at that time.'),
  at: instant,
  by: z.string().nullable(),
  unfinished: z.array(unfinished).describe('Action items that were neither done nor dropped at that moment.'),
  corrected: corrected.describe('What differs by now from the version as published.'),
});

const check = z
  .strictObject({
    key: z.string().describe('Stays the same while the thing complained of does.'),
    name: z.enum(CHECK_NAMES),
    severity: z.enum(CHECK_SEVERITIES),
    message: z.string(),
    lines: z.array(lineNumber).describe('Lines of the timeline that it speaks of.'),
    section: z.string().nullable(),
    excerpt: z.string().nullable().describe('The exact words in that section.'),
  })
  .meta({ id: 'check', description: 'A contradiction or a gap that the bot found.' });

const section = z.strictObject({
  key: z.enum(SECTION_KEYS),
  title: z.string(),
  origin: z
    .enum(['generated', 'human', 'empty'])
    .describe('From facts; at least partly a person’s words; or only guidance about what belongs there.'),
  markdown: z.string(),
  conflicts: z
    .array(z.strictObject({ base: z.string(), generated: z.string(), theirs: z.string() }))
    .describe('Places where a person’s edit and the newest figures differ; the Markdown has the person’s.'),
});

/** The postmortem as data: the one description that the exports, their type and the published schema follow. */
export const postmortemJsonSchema = z
  .strictObject({
    schema: z.literal(SCHEMA_VERSION).describe('Version of this form.'),
    reference: z.string().describe('INC-42'),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    severityName: z.string().describe('What the workspace calls that severity.'),
    status: z.enum(STATUSES),
    services: z.array(z.string()),
    regions: z.array(z.string()),
    zone: z
      .string()
      .describe('IANA time zone of who declared: clock times in prose are read in it and in UTC.'),
    url: z.string().nullable().describe('The draft’s page; null: it has none that may be passed on.'),
    tracker: z.string().nullable().describe('Address of the ticket in the team’s own tracker; null: none.'),
    impactStart: instant.nullable().describe('Start of the first window; null: not known.'),
    impactEnd: instant.nullable().describe('End of the last window; null while the impact is open.'),
    impactMinutes: minutes.nullable().describe('Length of the windows’ union; null: not known.'),
    impactWindows: z.array(figure),
    relapses: z.array(figure).describe('The gaps between separate windows.'),
    timeline: z.array(instant).describe('One instant a line, in order.'),
    minutesSincePrevious: z.array(minutes.nullable()).describe('One a line; null first.'),
    milestones: z
      .partialRecord(
        milestone,
        z.strictObject({
          at: instant,
          minutesFromStart: minutes
            .nullable()
            .describe('From the impact’s start, negative before it; null: no impact is known.'),
        }),
      )
      .describe('By key. One that nobody marked is absent.'),
    milestoneSources: z
      .array(z.strictObject({ milestone, label: z.string(), line: lineNumber, provenance }))
      .describe('Which line carries each milestone. In order of time.'),
    durations: z
      .array(figure)
      .describe('Time to detect, call, root cause, mitigate, fix, resolve, where known.'),
    lines: z.array(line),
    published: published.nullable().describe('Null: not published.'),
    contradictedFigures: z
      .array(z.string())
      .describe('Durations and clock times of the summary, as written, that the timeline does not support.'),
    checks: z.array(check),
    sections: z.array(section),
  })
  .meta({ title: 'Debrief postmortem', description: 'One incident’s postmortem as it stands.' });

export type PostmortemJson = z.infer<typeof postmortemJsonSchema>;

/** The same as JSON Schema, draft 2020-12: what `docs/postmortem.schema.json` holds. */
export const publishedSchema = (): object => ({
  $id: `urn:debrief:postmortem:${SCHEMA_VERSION}`,
  ...z.toJSONSchema(postmortemJsonSchema, { target: 'draft-2020-12', override: withoutBounds }),
});

/** Zod bounds every integer by what a double can hold, which tells a reader nothing. */
function withoutBounds({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
