import type { PostmortemSource } from '../postmortem.ts';
import { cleanLine } from '../text/clean.ts';

/** Words of prose that are somebody's name, too: only a capital at their beginning makes them one. */
const ORDINARY = new Set(
  `admin amber angel app april art august autumn bill bot case chance charity chase chip cliff crystal dawn dean dev
  drew eve even faith forest frank gene grace grant guy hope hunter incident jack jade jean josh joy june lance lane
  major mark marshal max may miles misty nick norm oncall ops page pat pearl penny piper ray rich river rob robin
  rocky rod root rose sage skip star sterling stone sue summer sunny support team test the trace user victor ward web
  will`.split(/\s+/),
);

/** Words of two letters that begin a sentence oftener than they are a name. */
const SHORT = new Set(
  'ai am an as at be by do ex go ha he hi id if in is it km me my no of oh ok on or so to up us we'.split(
    ' ',
  ),
);

export interface Roles {
  /** What a person is called instead of their name. */
  role(id: string): string;
  /** All that were given so far. */
  roles(): string[];
}

/** Calls people by what they were to the incident: the lead, the declarer, others by a number as they come up. */
export function createRoles({ incident }: PostmortemSource['record']): Roles {
  const given = new Map([[incident.declaredBy, 'the declarer']]);
  if (incident.leadId !== null) given.set(incident.leadId, 'the lead');
  let others = 0;
  return {
    role(id) {
      // Whatever acts and is nobody of Slack's is the bot.
      const role = given.get(id) ?? (/^[UW][A-Z0-9]+$/.test(id) ? `Responder ${++others}` : 'the bot');
      given.set(id, role);
      return role;
    },
    roles: () => [...new Set(given.values())],
  };
}

/**
 * Every name by which the record's people may stand in a text, with whose it is; null: several people's. Names are
 * whole, their first part, and the last of a name that is nothing but words. `words`: those that occur at all.
 */
export function namesWithin(
  people: Readonly<Record<string, string>>,
  words: ReadonlySet<string>,
): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const [id, name] of Object.entries(people)) {
    for (const form of formsOf(cleanLine(name).normalize('NFC'))) {
      const first = /[\p{L}\p{N}]+/u.exec(form)?.[0];
      if (first === undefined || !words.has(first)) continue;
      names.set(form, names.has(form) && names.get(form) !== id ? null : id);
    }
  }
  return names;
}

function formsOf(name: string): Set<string> {
  const parts = name.split(/[\s._]+/);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  const account = /\s/.test(name) ? ['.', '_', '-'].map((between) => parts.join(between)) : [];
  const isWords = /^[\p{L}\p{M}’'.\s_-]+$/u.test(name);
  return new Set([
    ...[name, ...account].filter((whole) => letters(whole) >= 2).flatMap(spelled),
    ...(letters(first) >= 3 ? spelled(first) : short(first)),
    // A last name in small letters is too often a word.
    ...(isWords && letters(last) >= 3
      ? spelled(last).filter((form) => form !== form.toLowerCase() || form === last)
      : []),
  ]);
}

/** As people type it: with and without its accents, in small and in large letters; an ordinary word only with a capital. */
function spelled(form: string): string[] {
  return [form, form.normalize('NFD').replace(/\p{M}/gu, '')].flatMap((one) =>
    ORDINARY.has(one.toLowerCase())
      ? [capital(one)]
      : [one, capital(one), one.toLowerCase(), one.toUpperCase()],
  );
}

const short = (first: string): string[] =>
  letters(first) === 2 && !SHORT.has(first.toLowerCase()) ? [capital(first.toLowerCase())] : [];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
