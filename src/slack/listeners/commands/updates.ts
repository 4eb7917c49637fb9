import { giveUpdate } from '../../../usecases/giveUpdate.ts';
import { incidentFor } from '../../../usecases/scope.ts';
import { subscribe, unsubscribe } from '../../../usecases/subscribers.ts';
import { givenReply, subscriptionsReply, updateModal } from '../../views/updates.ts';
import type { CommandHandler } from './types.ts';

export const updateCommand: CommandHandler = async ({ ref, rest, run, reader, openModal }) => {
  if (rest.trim() === '') {
    const { id, number } = await run((scope) => incidentFor(scope, ref));
    await openModal(updateModal(id, number));
    return null;
  }
  const input = { ref, text: rest, impact: '', nextInMinutes: null, source: 'command' as const };
  return givenReply(await run((scope) => giveUpdate(scope, input)), reader);
};

export const subscribeCommand: CommandHandler = async ({ rest, run, reader }) =>
  subscriptionsReply(await run((scope) => subscribe(scope, { text: rest })), reader.names);

export const unsubscribeCommand: CommandHandler = async ({ rest, run, reader }) =>
  subscriptionsReply(await run((scope) => unsubscribe(scope, { text: rest })), reader.names);
