import type { Incident } from './types.ts';

/** Whether a Slack id is a person's, and not a channel's or a user group's. */
export const isPerson = (id: string): boolean => /^[UW]/.test(id);

/** Who leads an incident; who declared it, where nobody does. */
export const leadOf = ({ leadId, declaredBy }: Pick<Incident, 'leadId' | 'declaredBy'>): string =>
  leadId ?? declaredBy;
