import type { IncidentRecord } from '../../incident/types.ts';
import type { Instant } from '../../time/types.ts';
import type { Facts } from '../types.ts';
import { claims } from './claim.ts';
import { dates } from './date.ts';
import { endBeforeStart } from './end-before-start.ts';
import { farOutsideImpact } from './far-outside-impact.ts';
import { figures } from './figure.ts';
import { milestoneOrder } from './milestone-order.ts';
import { missingMilestones, unconfirmedMilestones } from './milestones.ts';
import { incompleteActions, missingCustomerCount } from './people.ts';
import { resolvedWithout } from './resolved-without.ts';
import { sameMomentTwice } from './same-moment-twice.ts';
import { silentGap } from './silent-gap.ts';
import { CHECK_SEVERITIES, type Check, type CheckInput, type CheckName, type ProseText } from './types.ts';

const CHECKS: readonly ((input: CheckInput) => Check[])[] = [
  claims,
  figures,
  dates,
  endBeforeStart,
  milestoneOrder,
  resolvedWithout,
  missingCustomerCount,
  incompleteActions,
  farOutsideImpact,
  silentGap,
  sameMomentTwice,
  unconfirmedMilestones,
  missingMilestones,
];

/** More of them nobody goes through: the gravest, and of these the first, are left. */
export const MOST_CHECKS = 500;

/**
 * Every contradiction and gap of a draft, at most MOST_CHECKS: errors first, then warnings, then notes. `texts` are the parts that
 * people wrote; `zone` is the incident's (IANA). Nothing is dismissed here: the caller leaves out dismissed keys.
 */
export function runChecks(
  record: IncidentRecord,
  facts: Facts,
  texts: readonly ProseText[],
  now: Instant,
  zone: string,
): Check[] {
  const input: CheckInput = { record, facts, texts, now, zone };
  const found = withoutDoubles(CHECKS.flatMap((check) => check(input)));
  return CHECK_SEVERITIES.flatMap((severity) => found.filter((check) => check.severity === severity)).slice(
    0,
    MOST_CHECKS,
  );
}

/** A claim says more of its figure than that nothing at all supports it, and then is as grave. */
function withoutDoubles(checks: readonly Check[]): Check[] {
  const placeOf = ({ section, index }: Check) => `${section}:${index}`;
  const placesOf = (wanted: CheckName) =>
    new Set(checks.filter(({ name }) => name === wanted).map((check) => placeOf(check)));
  const [claimed, unsupported] = [placesOf('claim'), placesOf('figure')];
  return checks
    .filter((check) => check.name !== 'figure' || !claimed.has(placeOf(check)))
    .map((check) =>
      check.name === 'claim' && unsupported.has(placeOf(check)) ? { ...check, severity: 'error' } : check,
    );
}
