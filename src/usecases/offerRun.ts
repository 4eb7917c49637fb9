import { captureMessage } from './captureMessage.ts';
import type { Noted } from './note.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { timelineOfMessage } from './timelineOf.ts';

/** A message from which on several are to be chosen, and the form that waits for them. */
export interface RunStart {
  viewId: string;
  channelId: string;
  ts: string;
  threadTs: string | null;
}

/** Orders the messages from one on into the form that waits: a step reads them from Slack. */
export async function offerRun(scope: Scope, start: RunStart): Promise<void> {
  const { userId } = scope.who;
  const incident = await timelineOfMessage(scope, start.channelId);
  await scope.send(incident.id, { kind: 'offer-run', ...start, userId });
}

/** A message of a run; `text` as it was shown: the whole one is fetched afterwards. */
export interface RunMessage {
  ts: string;
  authorId: string | null;
  text: string;
}

/** Puts the chosen messages on the timeline, each at its own time. One that is there already stays as it is. */
export async function captureRun(
  scope: Scope,
  { channelId, messages }: { channelId: string; messages: RunMessage[] },
): Promise<Noted[]> {
  const noted: Noted[] = [];
  for (const message of messages) {
    const input = { ...message, channelId, changed: false, time: '', milestones: [] };
    const result = await captureMessage(scope, input);
    // Without a typed time there is nothing to ask.
    if (result.kind === 'noted') noted.push(result);
  }
  if (noted.length === 0) throw new Refusal({ code: 'empty', what: 'messages', example: 'one of the list' });
  return noted;
}
