import { SECTIONS } from '../../../incident/types.ts';
import { draftSection } from '../../../postmortem/render/check-note.ts';
import { addFactor } from '../../../usecases/addFactor.ts';
import { leftOut } from '../../../usecases/leftOut.ts';
import { publicFormOf } from '../../../usecases/publicFormOf.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { requestDraft } from '../../../usecases/requestDraft.ts';
import { sectionNamed, writeSection } from '../../../usecases/writeSection.ts';
import { draftOrderedReply, factorReply, sectionReply, summaryReply } from '../../views/draft.ts';
import { publicFormReply } from '../../views/publicForm.ts';
import type { CommandHandler } from './types.ts';

export const summaryCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { text, hidden } = await run(async (scope) => ({
    ...(await writeSection(scope, { ref, name: 'summary', text: rest })),
    hidden: await leftOut(scope, 'summary'),
  }));
  return summaryReply(text, hidden);
};

export const sectionCommand: CommandHandler = async ({ ref, rest, run }) => {
  const word = /^\S*/.exec(rest.trim())?.[0] ?? '';
  const name = sectionNamed(word);
  if (!name) throw new Refusal({ code: 'unknown', what: 'section', word, known: [...SECTIONS] });
  const key = draftSection({ section: name }) ?? 'resolution';
  const { text, hidden } = await run(async (scope) => ({
    ...(await writeSection(scope, { ref, name, text: rest.trim().slice(word.length) })),
    hidden: await leftOut(scope, key),
  }));
  return sectionReply(name, key, text, hidden);
};

export const factorCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { text, hidden } = await run(async (scope) => ({
    ...(await addFactor(scope, { ref, text: rest })),
    hidden: await leftOut(scope, 'factors'),
  }));
  return factorReply(text, hidden);
};

export const postmortemCommand: CommandHandler = async ({ ref, rest, userId, publicLinks, run }) => {
  if (/^public$/i.test(rest.trim())) {
    const { incident, postmortemId } = await run((scope) => publicFormOf(scope, { ref }));
    return publicFormReply(
      incident,
      postmortemId === null ? null : publicLinks(postmortemId, userId, incident),
    );
  }
  const incident = await run((scope) => requestDraft(scope, { ref }));
  return draftOrderedReply(incident.number);
};
