import { parsePeople } from '../../../incident/arguments.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { incidentFor } from '../../../usecases/scope.ts';
import { sendToReview } from '../../../usecases/sendToReview.ts';
import { sentReply } from '../../views/review.ts';
import type { CommandHandler } from './types.ts';

export const reviewCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { people: reviewers, rest: message } = parsePeople(rest);
  const sent = await run(async (scope) => {
    const { id, number } = await incidentFor(scope, ref);
    const draft = await scope.tx.draft(id);
    if (!draft) throw new Refusal({ code: 'no-draft', number });
    return sendToReview(scope, { postmortemId: draft.id, reviewers, message });
  });
  return sentReply(sent);
};
