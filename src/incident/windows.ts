import type { ImpactWindow } from './types.ts';

/** The one window of an incident to which nobody has given any. */
export const BY_RULE: ImpactWindow = {
  id: 'rule',
  from: null,
  fromPrecision: 'exact',
  fromEntryId: null,
  to: null,
  toPrecision: 'exact',
  toEntryId: null,
};

/** A window whose end nobody has given: it runs on, and ends by the rule once the incident is closed. */
export const openEnded = (window: ImpactWindow): boolean => window.to === null && window.toEntryId === null;
