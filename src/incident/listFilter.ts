import { severityNamed } from './arguments.ts';
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

/** Reads `all`, `mine`, `sev1`, `service NAME`, in any order, the service last; the word that is none of them. */
export function parseListFilter(text: string): ListFilter | { unknown: string } {
  const filter: ListFilter = { state: 'open', mine: false, severity: null, service: null };
  const [before = '', service] = text.trim().split(/(?:^|\s+)service\s+(.*)$/is);
  if (service !== undefined) filter.service = service.trim();
  for (const word of before.split(/[\s,]+/).filter(Boolean)) {
    const severity = severityNamed(word);
    if (severity) filter.severity = severity;
    else if (/^all$/i.test(word)) filter.state = 'all';
    else if (/^mine$/i.test(word)) filter.mine = true;
    else if (!/^open$/i.test(word)) return { unknown: word };
  }
  return filter;
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
