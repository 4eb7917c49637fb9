import type { DeclareArguments } from '../incident/arguments.ts';
import { slackText } from '../incident/slackText.ts';
import type { Incident, Severity, SourceMessage } from '../incident/types.ts';
import { readTime } from '../time/read.ts';
import { slackInstant } from '../time/slackTs.ts';
import { splitTime } from '../time/split.ts';
import type { Reading } from '../time/types.ts';
import { type Suspected, suspect } from './alike.ts';
import { infer, markEntry } from './marks.ts';
import { mustBeInside } from './outsiders.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import { maySee, type Scope } from './scope.ts';
import { showEntry } from './show.ts';
import { announcedTo, tellSubscribers } from './subscribers.ts';
import { mustBeFew, nameFor, severitySaid, textFor, titleFor } from './texts.ts';
import { type Asked, readWith, settle } from './times.ts';
import type { PublishedTo } from './types.ts';

/** Without a word on severity: serious enough to look at now, and easily raised. */
export const DEFAULT_SEVERITY: Severity = 'SEV3';

export interface DeclareInput extends Omit<DeclareArguments, 'rest'> {
  /** Title, with `at TIME` at its end unless `reading` says it. */
  title: string;
  services: string[];
  description: string;
  leadId: string | null;
  responseUrl: string | null;
  reading?: Reading;
  /** A time field of its own (the form): read instead of a tail of the title. */
  startedAt?: string;
  /** The message that it is declared from: the first line of its timeline. */
  message?: FirstMessage;
  /** The person knows of the open incidents that look the same. */
  anyway?: boolean;
}

export interface FirstMessage extends SourceMessage {
  authorId: string | null;
  /** As the shortcut gave it, perhaps cut: the whole one is fetched afterwards. */
  text: string;
  firstReport: boolean;
}

export interface Declared {
  kind: 'declared';
  incident: Incident;
  flags: DeclareArguments['flags'];
  startedAt: Reading | null;
  startEntryNumber: number | null;
  notes: string[];
  /** Where everybody is told of it. */
  announced: PublishedTo;
}

/**
 * Declares an incident: its number, its row, its first entries. The channel and everything in it follow from the
 * outbox. Live, it marks `incident_called` now (inferred); in a retrospective nothing is marked unasked. Where an open
 * incident looks the same, nothing is declared before the person says so.
 */
export async function declare(scope: Scope, input: DeclareInput): Promise<Declared | Asked | Suspected> {
  const { tx, now, who } = scope;
  await mustBeInside(scope, 'to declare');
  if (input.message) await maySeeMessage(scope, input.message);
  const read = await readStart(scope, input);
  const title = titleFor(read.title);
  const description =
    input.description.trim() && textFor('description', input.description, 'what is known so far');
  mustBeFew('services', input.services);
  const services = input.services.map((name) => nameFor('services', name, 'Checkout, Search'));
  const settled = await settle(scope, read.time, read.typed, { verb: 'declare', input: { ...input, title } });
  if (settled.kind === 'asked') return settled;
  const reading = input.reading ?? settled.reading;
  const suspected = await suspect(scope, { ...input, title, ...(reading && { reading }) });
  if (suspected) return suspected;
  const { retrospective, test, leadId } = input;
  const severity = input.severity ?? DEFAULT_SEVERITY;
  const incident = await tx.declareIncident(
    who,
    { title, severity, private: input.private, test, retrospective, services, leadId },
    now,
  );
  await tx.addActivity(
    incident.id,
    who.userId,
    now,
    `Declared by <@${who.userId}> as ${severitySaid(severity, scope.names)}`,
  );
  if (description) await tx.writeSection(incident.id, who.userId, now, 'summary', description);
  await tell(scope, incident, input);
  if (input.message) await addMessage(scope, incident, input.message);
  const startEntryNumber = reading ? await markStart(scope, incident, reading) : null;
  await infer(scope, incident, 'incident_called', 'Incident declared');
  await replan(scope, incident, { anew: true });
  return {
    kind: 'declared',
    incident,
    flags: input.flags,
    startedAt: reading,
    startEntryNumber,
    notes: settled.notes,
    announced: await announcedTo(scope, incident),
  };
}

/** What was said in another incident's channel is read by the bot, for those only who may see that incident. */
async function maySeeMessage(scope: Scope, { channelId }: FirstMessage): Promise<void> {
  const there = await scope.tx.lockIncident({ teamId: scope.who.teamId, channelId });
  if (there && !(await maySee(scope, there)))
    throw new Refusal({ code: 'no-incident-here' }, `incident ${there.id}, by a message of its channel`);
}

async function readStart(scope: Scope, input: DeclareInput) {
  const { retrospective, title, startedAt } = input;
  const nothing = { time: null, typed: '', title };
  if (input.reading || startedAt?.trim() === '') return nothing;
  if (startedAt !== undefined) {
    const time = await readWith(scope, null, startedAt, (context) =>
      readTime(startedAt, { ...context, retrospective }),
    );
    return { time, typed: startedAt, title };
  }
  const split = await readWith(scope, null, title, (context) =>
    splitTime(title, { ...context, retrospective }, { position: 'trailing' }),
  );
  return { time: split.time, typed: split.timeText, title: split.rest };
}

async function addMessage(scope: Scope, incident: Incident, message: FirstMessage): Promise<void> {
  const { channelId, ts, authorId, text, firstReport } = message;
  const entry = await scope.tx.addEntry(incident.id, scope.who.userId, scope.now, {
    occurredAt: slackInstant(ts),
    precision: 'exact',
    timeFrom: 'message',
    text,
    source: 'shortcut',
    message: { channelId, ts },
    authorId,
    kept: true,
  });
  if (firstReport) await markEntry(scope, incident, entry, ['first_report']);
  await scope.send(incident.id, { kind: 'fetch', entryId: entry.id });
  await showEntry(scope, entry);
}

async function markStart(scope: Scope, incident: Incident, reading: Reading): Promise<number> {
  const entry = await scope.tx.addEntry(incident.id, scope.who.userId, scope.now, {
    occurredAt: reading.instant,
    precision: reading.precision,
    timeFrom: 'person',
    text: slackText(scope.names.milestones.impact_started),
    source: 'command',
    message: null,
    authorId: scope.who.userId,
    kept: true,
  });
  await markEntry(scope, incident, entry, ['impact_started']);
  await showEntry(scope, entry);
  return entry.number;
}

// One row a step: a step that fails is tried again alone, and what is done stays done.
async function tell(scope: Scope, incident: Incident, { leadId, responseUrl }: DeclareInput): Promise<void> {
  const userId = scope.who.userId;
  const invited = [...new Set([userId, ...(leadId ? [leadId] : [])])];
  await scope.send(incident.id, { kind: 'channel' });
  await scope.send(incident.id, { kind: 'topic' });
  await scope.send(incident.id, { kind: 'headline' });
  await scope.send(incident.id, { kind: 'pin' });
  await scope.send(incident.id, { kind: 'bookmarks', tell: true });
  for (const one of invited) await scope.send(incident.id, { kind: 'invite', userId: one });
  await scope.send(incident.id, { kind: 'members' });
  await scope.send(incident.id, { kind: 'channel-ready', userId, responseUrl });
  await scope.send(incident.id, { kind: 'announce' });
  await tellSubscribers(scope, incident);
}
