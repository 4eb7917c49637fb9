import { parseDeclare } from '../../../incident/arguments.ts';
import { declare } from '../../../usecases/declare.ts';
import { filterFor, findIncidents, listIncidents } from '../../../usecases/listIncidents.ts';
import { previewDeclare } from '../../../usecases/previewDeclare.ts';
import { askedReply } from '../../views/choice.ts';
import { declareModal, suspectedReply } from '../../views/declaring.ts';
import { helpReply } from '../../views/help.ts';
import { findReply, listReply } from '../../views/lists.ts';
import { declaredReply } from '../../views/state.ts';
import type { CommandHandler } from './types.ts';

export const declareCommand: CommandHandler = async (call) => {
  const { run, reader, responseUrl } = call;
  if (call.rest.trim() === '') {
    const nothing = { title: '', services: [], private: false, test: false, retrospective: false };
    const preview = await run((scope) => previewDeclare(scope, nothing));
    await call.openModal(declareModal({ metadata: '{}', preview }));
    return null;
  }
  const declared = await run((scope) => {
    const { rest: title, ...flags } = parseDeclare(call.rest, scope.names.severities);
    return declare(scope, { ...flags, title, services: [], description: '', leadId: null, responseUrl });
  });
  if (declared.kind === 'suspected') return suspectedReply(declared, reader.names);
  return declared.kind === 'asked'
    ? askedReply(declared, reader, `declare ${call.rest}`)
    : declaredReply(declared, reader);
};

export const listCommand: CommandHandler = async ({ rest, run, reader }) =>
  listReply(
    await run((scope) => listIncidents(scope, { filter: filterFor(scope, rest), page: 0 })),
    reader.names,
  );

export const findCommand: CommandHandler = async ({ rest, run, reader }) =>
  findReply(await run((scope) => findIncidents(scope, { text: rest, page: 0 })), reader.names);

export const helpCommand: CommandHandler = async ({ teamId, channelId, run }) => {
  const { here, emoji, names } = await run(async ({ tx, names }) => ({
    names,
    here: await tx.lockIncident({ teamId, channelId }),
    emoji: (await tx.settings(teamId)).settings.emoji,
  }));
  return helpReply(here?.number ?? null, emoji, names);
};
