import { SECTIONS, type SectionName } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** What is written by command: the summary and the sections. */
export const WRITTEN = ['summary', ...SECTIONS] as const;
export type WrittenName = (typeof WRITTEN)[number];

/** Writes the summary or another section of the draft. Earlier versions are kept. */
export async function writeSection(
  scope: Scope,
  input: { ref: IncidentRef; name: WrittenName; text: string },
): Promise<{ text: string }> {
  const incident = await goingOn(scope, input.ref);
  const example =
    input.name === 'summary' ? '/incident summary TEXT' : `/incident section ${input.name} TEXT`;
  const text = textFor(input.name, input.text, example);
  await scope.tx.writeSection(incident.id, scope.who.userId, scope.now, input.name, text);
  await showChange(scope, incident, `Section ${input.name} written`);
  return { text };
}

/** Reads a section's name: `root-cause`, `root cause`, `Root_Cause`. */
export const sectionNamed = (text: string): SectionName | undefined =>
  SECTIONS.find(
    (one) =>
      one ===
      text
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, '-'),
  );
