import { readFileSync } from 'node:fs';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { MILESTONES } from '../incident/milestones.ts';
import { SEVERITIES } from '../incident/types.ts';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const words = z.string().refine((text) => text.trim() !== '', 'must not be empty');
const list = z.array(words).default([]);
const instant = z
  .string()
  .refine(
    (text) => WITH_OFFSET.test(text),
    'must be a time with its UTC offset, such as 2025-09-23T17:18:00+00:00',
  )
  .refine((text) => !WITH_OFFSET.test(text) || DateTime.fromISO(text).isValid, 'is no time that exists')
  .transform((text) => DateTime.fromISO(text).toMillis());

const entrySchema = z.object({
  /** Milliseconds since 1970. */
  at: instant,
  text: words,
  milestones: z
    .array(z.enum(MILESTONES, `must be one of ${MILESTONES.join(', ')}`))
    .default([])
    .transform((keys) => [...new Set(keys)]),
  via: z.enum(['command', 'reaction', 'shortcut'], 'must be command, reaction or shortcut'),
});

const scenarioSchema = z
  .object({
    title: words,
    severity: z.enum(SEVERITIES, `must be one of ${SEVERITIES.join(', ')}`),
    services: list,
    regions: list,
    affectedCustomers: words.nullable().default(null),
    timezone: z
      .string()
      .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA zone, such as Europe/Berlin'),
    summary: words.nullish(),
    impact: z
      .array(
        z
          .object({ from: instant, to: instant })
          .refine(({ from, to }) => from <= to, { message: 'must not end before it begins', path: ['to'] }),
      )
      .default([]),
    entries: z.array(entrySchema).min(1, 'must have at least one entry'),
    contributingFactors: list,
    actionItems: list,
  })
  .superRefine(({ entries }, context) => {
    const marked = new Map<string, number>();
    entries.forEach(({ at, milestones }, index) => {
      const before = entries[index - 1];
      if (before && at < before.at) {
        const message = 'is earlier than the entry before: entries stand in time order';
        context.addIssue({ code: 'custom', path: ['entries', index, 'at'], message });
      }
      for (const milestone of milestones) {
        const first = marked.get(milestone);
        marked.set(milestone, first ?? index);
        if (first === undefined) continue;
        const message = `${milestone} stands at entries[${first}] already, and only one entry can carry it`;
        context.addIssue({ code: 'custom', path: ['entries', index, 'milestones'], message });
      }
    });
  });

/** A public incident to replay; times in milliseconds since 1970. */
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioEntry = Scenario['entries'][number];

/** A scenario file that cannot be replayed: every fault with its place. */
export class ScenarioError extends Error {
  constructor(file: string, faults: string[]) {
    super(
      `${file} is no scenario that can be replayed:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'ScenarioError';
  }
}

/** Reads a scenario file. Throws a ScenarioError that names the file and every fault. Unknown fields are ignored. */
export function loadScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(file, [`it cannot be read: ${(error as Error).message}`]);
  }
  return parseScenario(file, text);
}

/** Reads the text of a scenario file; `file` is for the message of a ScenarioError. */
export function parseScenario(file: string, text: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ScenarioError(file, [`it is not JSON: ${(error as Error).message}`]);
  }
  const result = scenarioSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ScenarioError(
    file,
    result.error.issues.map((issue) => `${pathOf(issue.path)}: ${issue.message}`),
  );
}

/** `entries[2].at`; the file as a whole is `(file)`. */
function pathOf(path: PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || '(file)';
}
