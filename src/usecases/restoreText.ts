import { lockPostmortem } from './drafts.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { type WrittenName, writeSection } from './writeSection.ts';

/** Brings an earlier text that was written by command back, as a new version: nothing in between is lost. */
export async function restoreText(
  scope: Scope,
  { postmortemId, name, version }: { postmortemId: string; name: WrittenName; version: number },
): Promise<void> {
  const { id } = (await lockPostmortem(scope, postmortemId)).record.incident;
  const old = await scope.tx.sectionText(id, name, version);
  if (!old) throw new Refusal({ code: 'unknown', what: 'version', word: String(version), known: [] });
  await writeSection(scope, { ref: { id }, name, text: old.text });
}
