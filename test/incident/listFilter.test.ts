import { expect, it } from 'vitest';
import { filterWords, parseListFilter } from '../../src/incident/listFilter.ts';
import { DEFAULT_NAMES } from '../../src/incident/settings.ts';

// A name that begins like another word of a list.
const names = {
  ...DEFAULT_NAMES,
  severities: { ...DEFAULT_NAMES.severities, SEV2: 'Really bad', SEV3: 'All fine' },
};
const open = { state: 'open', mine: false, severity: null, service: null };

it.each<[string, object]>([
  ['', open],
  ['open', open],
  ['all', { ...open, state: 'all' }],
  ['mine SEV1', { ...open, mine: true, severity: 'SEV1' }],
  ['sev-2, all', { ...open, state: 'all', severity: 'SEV2' }],
  ['service Checkout API', { ...open, service: 'Checkout API' }],
  ['all mine service all', { ...open, state: 'all', mine: true, service: 'all' }],
  ['critical, mine', { ...open, mine: true, severity: 'SEV1' }],
  ['Really Bad all', { ...open, state: 'all', severity: 'SEV2' }],
  ['Really', { unknown: 'Really' }],
  ['service', { unknown: 'service' }],
  ['yesterday', { unknown: 'yesterday' }],
])('%j', (typed, filter) => {
  expect(parseListFilter(typed, names)).toEqual(filter);
});

it('takes no longer for much space', () => {
  // The square of the length would be minutes.
  expect(parseListFilter(`x${' '.repeat(500_000)}y`, names)).toEqual({ unknown: 'x' });
}, 60_000);

it('says what is shown', () => {
  expect(filterWords({ state: 'open', mine: false, severity: null, service: null }, DEFAULT_NAMES)).toBe(
    'open',
  );
  expect(filterWords({ state: 'all', mine: true, severity: 'SEV1', service: 'Search' }, DEFAULT_NAMES)).toBe(
    'all · mine · SEV1 Critical · service Search',
  );
});
