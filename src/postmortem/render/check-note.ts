/** What renderers need of a check; the checks' own type has more. */
export interface CheckNote {
  key: string;
  severity: string;
  message: string;
  entryNumbers: readonly number[];
  /** Key of the section it speaks of. */
  section?: string | undefined;
  /** The exact words of that section which it speaks of. */
  excerpt?: string | undefined;
}

/** Anchor of the check at this place of the list. */
export function checkId(index: number): string {
  return `check-${index + 1}`;
}
