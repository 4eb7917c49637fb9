/** What was typed after `/incident action`. */
export type ActionCommand =
  | { kind: 'done' | 'undo'; number: number }
  | { kind: 'drop'; number: number; reason: string }
  | { kind: 'owner'; number: number; ownerId: string | null }
  | { kind: 'due'; number: number; date: string }
  | { kind: 'add' };

/**
 * Reads `done N`, `undo N` (or `N done`, `N undo`), `drop N REASON`, `N owner @u` and `N due DATE`; everything else is a
 * new item. A word counts only beside a number: "done is better than perfect" is a text.
 */
export function parseActionCommand(text: string): ActionCommand {
  const typed = text.trim();
  const ended = /^(?:(done|undo)\s+)?#?(\d{1,9})(?:\s+(done|undo))?$/i.exec(typed);
  const [, before, which, after] = ended ?? [];
  const verb = (before ?? after)?.toLowerCase();
  if (verb && !(before && after)) return { kind: verb === 'undo' ? 'undo' : 'done', number: Number(which) };
  const drop = /^drop\s+#?(\d{1,9})(?:\s+([\s\S]+))?$/i.exec(typed);
  if (drop) return { kind: 'drop', number: Number(drop[1]), reason: drop[2] ?? '' };
  const change = /^#?(\d{1,9})\s+(owner|due)(?:\s+([\s\S]+))?$/i.exec(typed);
  const [, digits, word = '', rest = ''] = change ?? [];
  if (!change) return { kind: 'add' };
  const number = Number(digits);
  if (word.toLowerCase() === 'due') return { kind: 'due', number, date: rest.trim() };
  return {
    kind: 'owner',
    number,
    ownerId: /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(rest.trim())?.[1] ?? null,
  };
}
