import type { Fix } from '../postmortem/checks/types.ts';
import { fixedText } from '../postmortem/fixed-text.ts';
import { buildPostmortem } from '../postmortem/postmortem.ts';
import { draftSection } from '../postmortem/render/check-note.ts';
import { confirmMark } from './confirmMark.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { editSection } from './editSection.ts';
import { Refusal } from './refusal.ts';
import { retract } from './retract.ts';
import type { Scope } from './scope.ts';

/** Fixes that need nothing but a click; the others ask for something and have a command of their own. */
export const ONE_CLICK: readonly Fix['kind'][] = ['replace-text', 'confirm-milestone', 'retract-entry'];

/** Does what a check offers, if the check still stands. */
export async function fixCheck(scope: Scope, input: { postmortemId: string; key: string }): Promise<void> {
  const source = await lockPostmortem(scope, input.postmortemId);
  const postmortem = buildPostmortem(source, scope.now);
  const fix = postmortem.checks.find((one) => one.key === input.key)?.fix;
  if (!fix || !ONE_CLICK.includes(fix.kind))
    throw new Refusal({ code: 'already', what: 'That check is settled' });
  const ref = { id: source.record.incident.id };
  if (fix.kind === 'confirm-milestone') await confirmMark(scope, { ref, milestone: fix.milestone });
  if (fix.kind === 'retract-entry') await retract(scope, { ref, number: fix.entryNumber });
  if (fix.kind === 'replace-text') {
    const section = draftSection(fix);
    if (!section) throw new Refusal({ code: 'already', what: 'That check is settled' });
    const text = fixedText(source, fix, scope.now);
    if (text === null) throw new Refusal({ code: 'not-there', words: fix.from });
    const seen = source.edits.find((one) => one.section === section)?.version ?? 0;
    await editSection(scope, { postmortemId: source.id, section, text, seen });
    return;
  }
  await keepChanged(scope, source.id, 'check fixed');
}
