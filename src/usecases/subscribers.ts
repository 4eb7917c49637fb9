import { severityNamed } from '../incident/arguments.ts';
import type { Incident } from '../incident/types.ts';
import { SEVERITIES } from '../incident/types.ts';
import { limitedTo, mustBeInside } from './outsiders.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { nameFor, severitySaid } from './texts.ts';
import type { PublishedTo, Subscription } from './types.ts';

/** What of an incident people may be subscribed to: its services, its severity and those less severe. */
const subjectsOf = ({ services, severity }: Incident): Subscription[] => [
  ...services.map((name) => ({ kind: 'service' as const, value: name.toLowerCase() })),
  ...SEVERITIES.filter((one) => one >= severity).map((value) => ({ kind: 'severity' as const, value })),
];

/** Whether anybody outside is told of it. */
export const isOpenToAll = ({ private: closed, test }: Incident): boolean => !closed && !test;

/** Where something of it that everybody may know goes, if there is a channel for that. */
export function toldIn(
  { private: closed, test }: Pick<Incident, 'private' | 'test'>,
  channelId: string | null,
): PublishedTo {
  if (closed) return { kind: 'private' };
  if (test) return { kind: 'test' };
  return channelId ? { kind: 'channel', channelId } : { kind: 'nowhere' };
}

/** Where everybody is told of it: where it was announced, else in the channel of the settings. */
export async function announcedTo({ tx }: Pick<Scope, 'tx'>, incident: Incident): Promise<PublishedTo> {
  const channelId =
    (await tx.announced(incident.id))?.channelId ??
    (await tx.settings(incident.teamId)).settings.announceChannel;
  return toldIn(incident, channelId);
}

/**
 * Writes a direct message for each subscriber of the incident and each owner of its services, of its declaration or
 * of an update; private incidents and tests are told to nobody. `before`: those who were told of it as it was are
 * left out. Returns how many.
 */
export async function tellSubscribers(
  scope: Scope,
  incident: Incident,
  before: Incident | null = null,
  updateId: string | null = null,
): Promise<number> {
  if (!isOpenToAll(incident)) return 0;
  const known = before ? await listenersTo(scope, before) : [];
  const told = (await listenersTo(scope, incident)).filter((id) => !known.includes(id));
  for (const userId of told) await scope.send(incident.id, { kind: 'subscriber', userId, updateId });
  return told.length;
}

/** Who subscribed to something of it, and who owns one of its services by the settings. */
async function listenersTo({ tx }: Scope, incident: Incident): Promise<string[]> {
  const { serviceOwners } = (await tx.settings(incident.teamId)).settings;
  const names = incident.services.map((name) => name.toLowerCase());
  const owners = Object.entries(serviceOwners)
    .filter(([service]) => names.includes(service.toLowerCase()))
    .flatMap(([, ids]) => ids);
  const listeners: string[] = [];
  const subscribers = await tx.subscribers(incident.teamId, subjectsOf(incident));
  for (const userId of new Set([...subscribers, ...owners])) {
    // They may have become a guest since.
    const may = await limitedTo({ tx, who: { teamId: incident.teamId, userId, zone: null } });
    if (may === null) listeners.push(userId);
  }
  return listeners;
}

/** Subscribes the person; without a word it changes nothing. Returns what they are subscribed to now. */
export async function subscribe(scope: Scope, input: { text: string }): Promise<Subscription[]> {
  const { teamId, userId } = scope.who;
  await mustBeInside(scope, 'subscriptions');
  if (input.text.trim() !== '') {
    const subscription = read(scope, input.text);
    if (!(await scope.tx.subscribe(teamId, userId, subscription, scope.now)))
      throw new Refusal({ code: 'already', what: `You are subscribed to ${subscription.value}` });
  }
  return scope.tx.subscriptions(teamId, userId);
}

/** Ends one subscription of the person's, or `all`. Returns those that are left. */
export async function unsubscribe(scope: Scope, input: { text: string }): Promise<Subscription[]> {
  const { teamId, userId } = scope.who;
  const all = await scope.tx.subscriptions(teamId, userId);
  const word = input.text.trim().toLowerCase();
  // A service called "Service Desk" goes by the name that the list shows.
  const shown = all.filter(({ kind, value }) => kind === 'service' && value === word);
  const named = shown.length > 0 ? shown : [read(scope, input.text)];
  const ended = word === 'all' ? all : named;
  for (const one of ended) {
    if (await scope.tx.unsubscribe(teamId, userId, one)) continue;
    const known = all.map(({ value }) => value);
    throw new Refusal({ code: 'unknown', what: 'subscription of yours', word: input.text.trim(), known });
  }
  return scope.tx.subscriptions(teamId, userId);
}

/**
 * `sev1` or the workspace's name for it; anything else, or in quotes, is a service. A number alone is one too. Which of
 * the two it is may stand before it, as in the filter of a list: `service Checkout`.
 */
function read({ names }: Scope, typed: string): Subscription {
  const text = typed.trim();
  const [, kind = '', rest = ''] = /^(service|severity)(?:\s+(.*))?$/is.exec(text) ?? ['', '', text];
  // First the whole: a severity may be called "Service down".
  const whole = /^-?\d+$/.test(text) ? undefined : severityNamed(text, names.severities);
  const asSaid = kind.toLowerCase() === 'severity';
  const severity = whole ?? (asSaid ? severityNamed(rest, names.severities) : undefined);
  if (severity) return { kind: 'severity', value: severity };
  if (asSaid) {
    const known = SEVERITIES.map((one) => severitySaid(one, names));
    throw new Refusal({ code: 'unknown', what: 'severity', word: rest, known });
  }
  const name = nameFor('service', rest.replace(/^["“](.*)["”]$/, '$1'), '/incident subscribe Checkout');
  return { kind: 'service', value: name.toLowerCase() };
}
