import type { PostmortemSource } from '../postmortem.ts';
import { cleanLine } from '../text/clean.ts';

/** Words of prose that are somebody's name, too: small letters alone do not make them one. */
const ORDINARY = new Set(
  `admin app art bill bot chase dawn dean dev drew even faith frank grace grant guy hope incident jack joy lane mark
  max may nick oncall ops page pat ray rich rob root rose sue support team test the user web will`.split(
    /\s+/,
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
      if (first === undefined || !words.has(first) || ORDINARY.has(form)) continue;
      names.set(form, names.has(form) && names.get(form) !== id ? null : id);
    }
  }
  return names;
}

function formsOf(name: string): Set<string> {
  const parts = name.split(/[\s._]+/);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  const short = [first, /^[\p{L}\p{M}’'.\s_-]+$/u.test(name) ? last : ''];
  const both = short.flatMap((part) => [part, part.charAt(0).toUpperCase() + part.slice(1)]);
  const letters = (text: string) => text.match(/\p{L}/gu)?.length ?? 0;
  return new Set([...(letters(name) >= 2 ? [name] : []), ...both.filter((part) => letters(part) >= 3)]);
}
