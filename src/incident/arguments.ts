import { type Milestone, type MilestoneNames, milestoneNamed } from './milestones.ts';
import { slackText } from './slackText.ts';
import { type Names, SEVERITIES, type Severity } from './types.ts';

type SeverityNames = Names['severities'];

/** `sev2`, `SEV-2`, `2`, or the workspace's name for one, perhaps with a colon; undefined for anything else. */
export function severityNamed(text: string, names?: SeverityNames): Severity | undefined {
  const word = text.trim().replace(/[:,]$/, '');
  const digit = /^(?:sev)?[\s-]?([1-4])$/i.exec(word)?.[1];
  const own = names && severityNameFirst(word, names);
  return SEVERITIES.find((one) => one === `SEV${digit}`) ?? (own?.typed === word ? own.severity : undefined);
}

/** The workspace's name for a severity where a text begins with one, plain or as Slack sends it: the longest that fits. */
export function severityNameFirst(
  text: string,
  names: SeverityNames,
): { severity: Severity; typed: string } | undefined {
  return SEVERITIES.flatMap((severity) =>
    [names[severity], slackText(names[severity])]
      .filter((name) => text.slice(0, name.length).toLowerCase() === name.toLowerCase())
      .map((name) => ({ severity, typed: text.slice(0, name.length) })),
  )
    .filter(({ typed }) => /^(?:[\s:,]|$)/.test(text.slice(typed.length)))
    .sort((a, b) => b.typed.length - a.typed.length)[0];
}

/** Reads `INC-7` or `7`, and nothing else; null for anything else. */
export function parseReference(text: string): number | null {
  const digits = /^(?:INC-)?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Reads `sev1 REASON`, `critical REASON`; the severity is undefined where none stands first. */
export function parseSeverity(
  text: string,
  names: SeverityNames,
): { severity: Severity | undefined; reason: string } {
  const rest = text.trim();
  const word = /^(?:sev)?[\s-]?[1-4](?=[\s:,]|$)/i.exec(rest)?.[0];
  const own = word === undefined ? severityNameFirst(rest, names) : undefined;
  const typed = word ?? own?.typed ?? '';
  return {
    severity: own?.severity ?? severityNamed(typed),
    reason: rest.slice(typed.length).replace(/^[\s:,]+/, ''),
  };
}

/** The flags that may stand before a title, in any order, each at most once. */
export type DeclareFlag = 'severity' | 'private' | 'test' | 'retrospective';

export interface DeclareArguments {
  severity: Severity | null;
  private: boolean;
  test: boolean;
  retrospective: boolean;
  /** Each flag as it was typed, in order, so that an undo can give the word back to the title. */
  flags: { flag: DeclareFlag; typed: string }[];
  /** Title, perhaps with `at TIME` at its end. */
  rest: string;
}

/** Reads `[sev2] [private] [test] [retrospective] TITLE [at TIME]` without reading the time. */
export function parseDeclare(text: string, names: SeverityNames): DeclareArguments {
  const read: DeclareArguments = {
    severity: null,
    private: false,
    test: false,
    retrospective: false,
    flags: [],
    rest: text.trim(),
  };
  for (;;) {
    const severity = severityFlag(read.rest, names);
    const typed = severity ?? /^\S+/.exec(read.rest)?.[0] ?? '';
    const flag = severity === undefined ? flagNamed(typed) : 'severity';
    if (!flag || read.flags.some((one) => one.flag === flag)) return read;
    if (flag === 'severity') read.severity = severityNamed(typed, names) ?? null;
    else read[flag] = true;
    read.flags.push({ flag, typed });
    read.rest = read.rest.slice(typed.length).trimStart();
  }
}

/** `sev2`, or the workspace's name for it where it can hardly be a title's word: with a digit, or set off by a colon. */
function severityFlag(text: string, names: SeverityNames): string | undefined {
  const key = /^sev-?[1-4]:?(?=\s|$)/i.exec(text)?.[0];
  const own = severityNameFirst(text, names)?.typed;
  if (key !== undefined || own === undefined) return key;
  const after = /^:?(?=\s|$)/.exec(text.slice(own.length))?.[0];
  return after === ':' || (after === '' && /\d/.test(own)) ? own + after : undefined;
}

function flagNamed(word: string): DeclareFlag | undefined {
  const lower = word.toLowerCase();
  if (lower === 'drill') return 'test';
  return (['private', 'test', 'retrospective'] as const).find((one) => one === lower);
}

/** Reads `#12` or `12` at the start: the entry's number and what follows it. `14:05` is a time, not entry 14. */
export function parseEntryNumber(text: string): { number: number; rest: string } | null {
  const found = /^#?(\d{1,9})(?=[:,]?(?:\s|$))[:,]?\s*/.exec(text.trim());
  return found ? { number: Number(found[1]), rest: text.trim().slice(found[0].length) } : null;
}

export interface MilestoneArguments {
  milestones: Milestone[];
  /** Words in the list of names that name no milestone. */
  unknown: string[];
  /** `#N` alone: mark that entry. (`#N + 5m` is a time and stays in `rest`.) */
  entry: number | null;
  rest: string;
}

/** Reads `NAME[,NAME…] [TIME or #N] [TEXT]`; `given`: the milestone whose own word was typed; `names`: the workspace's. */
export function parseMilestone(text: string, given?: Milestone, names?: MilestoneNames): MilestoneArguments {
  let rest = text.trim();
  const milestones: Milestone[] = given ? [given] : [];
  const unknown: string[] = [];
  if (!given || rest.startsWith(',')) {
    const list = /^,?\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)\s*/.exec(rest);
    rest = rest.slice(list?.[0].length ?? 0);
    for (const name of list?.[1]?.split(/\s*,\s*/) ?? []) {
      const milestone = milestoneNamed(name, names);
      if (!milestone) unknown.push(name);
      else if (!milestones.includes(milestone)) milestones.push(milestone);
    }
  }
  const entry = /^#(\d{1,9})(?=\s|$)(?!\s*[+\-–−]\s*\d)\s*/.exec(rest);
  if (entry) rest = rest.slice(entry[0].length);
  return { milestones, unknown, entry: entry ? Number(entry[1]) : null, rest };
}

/** Names separated by commas; double quotes (straight or curly) protect a comma. Empty ones and repeats fall out. */
export function parseNames(text: string): string[] {
  const names = [...text.matchAll(/["“”]([^"“”]*)["“”]|([^,"“”]+)/g)]
    .map((found) => (found[1] ?? found[2] ?? '').trim().replace(/\s+/g, ' '))
    .filter((name) => name !== '');
  return [...new Set(names)];
}

/** Slack's escaped user reference, `<@U123>` or `<@U123|name>`. */
const USER = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/;
const LEADING_USER = new RegExp(`^${USER.source}[\\s,]*(?:and\\s+(?=<@))?`);

export const parseUser = (text: string): string | null => USER.exec(text)?.[1] ?? null;

/** Reads `[@people] [TEXT]`: who is mentioned before the text. A mention inside the text is a word of it. */
export function parsePeople(text: string): { people: string[]; rest: string } {
  const people: string[] = [];
  let rest = text.trim();
  for (;;) {
    const found = LEADING_USER.exec(rest);
    if (!found) return { people: [...new Set(people)], rest };
    people.push(found[1] ?? '');
    rest = rest.slice(found[0].length);
  }
}

export interface ActionArguments {
  text: string;
  ownerId: string | null;
  /** As typed after `due`; null when absent. */
  due: string | null;
}

/** Reads `TEXT [@owner] [due DATE]`. An owner or a date counts only at the end; inside the text they are words. */
export function parseAction(text: string): ActionArguments {
  let rest = text.trim();
  let ownerId: string | null = null;
  let due: string | null = null;
  for (;;) {
    const owner = /(?:\b[Oo]wner:\s*)?<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(rest);
    const date = /(?:^|\s)due:?\s+(\d{4}-\d{2}-\d{2}|today|tomorrow)$/i.exec(rest);
    if (owner && !ownerId) {
      ownerId = owner[1] ?? null;
      rest = rest.slice(0, owner.index).trimEnd();
    } else if (date && !due) {
      due = date[1] ?? null;
      rest = rest.slice(0, date.index).trimEnd();
    } else
      return rest === '' ? { text: text.trim(), ownerId: null, due: null } : { text: rest, ownerId, due };
  }
}

/** Reads `SERVICE: TEXT`; the service counts only when it is one of the incident's, or stands in quotes. */
export function parseCustomers(text: string, services: readonly string[]): { service: string; text: string } {
  const found = /^(?:["“]([^"”]+)["”]|([^:\n]{1,120})):\s+([\s\S]+)$/.exec(text.trim());
  const name = found?.[1] ?? services.find((one) => one.toLowerCase() === found?.[2]?.trim().toLowerCase());
  return name && found?.[3] ? { service: name, text: found[3].trim() } : { service: '', text: text.trim() };
}
