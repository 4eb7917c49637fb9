import type { SectionKey } from '../postmortem/document-types.ts';
import { type Began, buildPostmortem, markdownOf, withEverySection } from '../postmortem/postmortem.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { beganNow } from './openSection.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { tangledAt } from './tangled.ts';
import { LONGEST_SECTION, textFor } from './texts.ts';

export interface SectionEditInput {
  postmortemId: string;
  section: SectionKey;
  /** Markdown. Null gives the section back to what is generated. */
  text: string | null;
  /** Version of the section that the person saw when they began; 0 when nobody had edited it. */
  seen: number;
  /** What they began with, or the key that `openSection` gave for it; without, what is generated now. */
  began?: Began | string;
}

export type SectionEdited =
  | { kind: 'saved'; version: number }
  /** Somebody saved in between: nothing is stored, both texts are handed back. */
  | { kind: 'stale'; version: number; by: string; theirs: string; yours: string };

/** A section's Markdown, not too long and not too tangled to be read. */
export function sectionText(typed: string): string {
  const text = textFor('text', typed, 'a paragraph', LONGEST_SECTION);
  const line = tangledAt(text);
  if (line !== null) throw new Refusal({ code: 'tangled', line });
  return text;
}

/** Saves a person's version of a section, unless somebody else saved since they began. Earlier versions stay. */
export async function editSection(scope: Scope, input: SectionEditInput): Promise<SectionEdited> {
  const { section } = input;
  // A section that the settings leave out meanwhile is saved all the same: it comes back with the section.
  const source = withEverySection(await lockPostmortem(scope, input.postmortemId));
  const incidentId = source.record.incident.id;
  const current = source.edits.find((one) => one.section === section);
  const standing = markdownOf(buildPostmortem(source, scope.now), section);
  const now = beganNow(source, section, scope.now);
  if (standing === null || now === null) {
    throw new Refusal({ code: 'unknown', what: 'section', word: section, known: [] });
  }
  if ((current?.version ?? 0) !== input.seen) {
    const { version = 0, by = '' } = current ?? {};
    return { kind: 'stale', version, by, theirs: standing, yours: input.text ?? '' };
  }
  const text = input.text === null ? null : sectionText(input.text);
  const { base, facts } = (await beganWith(scope, incidentId, input)) ?? now;
  const { userId: by } = scope.who;
  const version = await scope.tx.addSectionVersion(incidentId, {
    section,
    base,
    text,
    facts,
    by,
    at: scope.now,
  });
  const words = text === null ? `Section ${section} given back to the timeline` : `Section ${section} edited`;
  await scope.tx.addActivity(incidentId, by, scope.now, words);
  await keepChanged(scope, source.id, words);
  return { kind: 'saved', version };
}

const beganWith = async (scope: Scope, incidentId: string, { section, began }: SectionEditInput) =>
  typeof began === 'string' ? scope.tx.opened(incidentId, section, began) : began;

/**
 * Brings an earlier version of a section back, as a new version: nothing in between is lost. It goes on following the
 * timeline from where it began.
 */
export async function restoreSection(
  scope: Scope,
  input: { postmortemId: string; section: SectionKey; version: number; seen: number },
): Promise<SectionEdited> {
  const source = await lockPostmortem(scope, input.postmortemId);
  const old = await scope.tx.sectionVersion(source.record.incident.id, input.section, input.version);
  if (!old) throw new Refusal({ code: 'unknown', what: 'version', word: String(input.version), known: [] });
  return editSection(scope, { ...input, text: old.text, began: old });
}
