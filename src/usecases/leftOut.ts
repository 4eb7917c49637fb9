import type { SectionKey } from '../incident/draftSections.ts';
import type { Scope } from './scope.ts';

/** Whether the workspace's drafts leave the section out: what is written there is kept, but not shown. */
export async function leftOut({ tx, who }: Scope, section: SectionKey): Promise<boolean> {
  return (await tx.settings(who.teamId)).settings.template.hidden.includes(section);
}
