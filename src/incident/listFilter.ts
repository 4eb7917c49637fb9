import { severityNamed, severityNameFirst } from './arguments.ts';
import { severityWords } from './settings.ts';
import type { Names, Severity } from './types.ts';

/** Which incidents are listed. */
export interface ListFilter {
  state: 'open' | 'all';
  /** Those that the asker declared, leads or has a role in. */
  mine: boolean;
  severity: Severity | null;
  /** As it was typed; capitals do not matter. */
  service: string | null;
}

/**
 * Reads `all`, `mine`, `sev1` (or the workspace's name for it), `service NAME`, in any order, the service last; the word
 * that is none of them.
 */
export function parseListFilter(text: string, names: Names): ListFilter | { unknown: string } {
  const filter: ListFilter = { state: 'open', mine: false, severity: null, service: null };
  const [before = '', service] = text.trim().split(/(?:^|\s)service\s+(.*)$/is);
  if (service !== undefined) filter.service = service.trim();
  let rest = before;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, '');
    const word = /^[^\s,]+/.exec(rest)?.[0];
    if (word === undefined) return filter;
    const key = severityNamed(word);
    const own = severityNameFirst(rest, names.severities);
    let typed = word;
    if (/^all$/i.test(word)) filter.state = 'all';
    else if (/^mine$/i.test(word)) filter.mine = true;
    else if (key) filter.severity = key;
    else if (own) ({ severity: filter.severity, typed } = own);
    else if (!/^open$/i.test(word)) return { unknown: word };
    rest = rest.slice(typed.length);
  }
}

/** `open`, `mine · SEV1 Critical`: what a list shows, in words. */
export const filterWords = ({ state, mine, severity, service }: ListFilter, names: Names): string =>
  [
    state === 'open' ? 'open' : 'all',
    mine && 'mine',
    severity && severityWords(severity, names),
    service && `service ${service}`,
  ]
    .filter(Boolean)
    .join(' · ');
