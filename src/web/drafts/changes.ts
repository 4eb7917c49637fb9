import { z } from 'zod';
import { SECTION_KEYS } from '../../postmortem/document-types.ts';
import { dismissCheck, undoDismissal } from '../../usecases/dismissCheck.ts';
import { restoreSection } from '../../usecases/editSection.ts';
import { fixCheck } from '../../usecases/fixCheck.ts';
import { Refusal } from '../../usecases/refusal.ts';
import { restoreText } from '../../usecases/restoreText.ts';
import { sendToReview } from '../../usecases/sendToReview.ts';
import { setPostmortemState } from '../../usecases/setPostmortemState.ts';
import { WRITTEN } from '../../usecases/writeSection.ts';
import { plainReason } from './edit.ts';
import { type Page, seeOther, sendRefusal, type Visit } from './visit.ts';

/** Runs a change and goes back to a page; a refusal is said in words, with 422. */
const change =
  (back: string, work: (visit: Visit, fields: Record<string, string>) => Promise<unknown>): Page =>
  async (visit) => {
    try {
      await work(visit, Object.fromEntries(await visit.form()));
      seeOther(visit, visit.href(back));
    } catch (error) {
      if (error instanceof Refusal) sendRefusal(visit, 422, plainReason(error.reason));
      else if (error instanceof z.ZodError)
        sendRefusal(visit, 400, 'That form was not whole. Nothing was stored.');
      else throw error;
    }
  };

const checkForm = z.object({
  key: z.string().min(1),
  do: z.enum(['fix', 'dismiss', 'undo']),
  reason: z.string().default(''),
});

export const checkSubmitted = change('', async ({ run, id: postmortemId }, fields) => {
  const { key, do: wanted, reason } = checkForm.parse(fields);
  await run(async (scope) => {
    if (wanted === 'fix') await fixCheck(scope, { postmortemId, key });
    if (wanted === 'dismiss') await dismissCheck(scope, { postmortemId, key, reason });
    if (wanted === 'undo') await undoDismissal(scope, { postmortemId, key });
  });
});

const stateForm = z.object({ state: z.enum(['draft', 'in_review', 'published']) });

export const stateSubmitted = change('', async ({ run, id: postmortemId }, fields) => {
  const { state } = stateForm.parse(fields);
  await run(
    (scope): Promise<unknown> =>
      state === 'in_review'
        ? sendToReview(scope, { postmortemId, reviewers: [], message: '' })
        : setPostmortemState(scope, { postmortemId, state }),
  );
});

const versionNumber = z.coerce.number().int().positive().max(2_147_483_647);

const textForm = z.object({
  section: z.enum(WRITTEN),
  version: versionNumber,
});

export const textRestored = change('/history', async ({ run, id: postmortemId }, fields) => {
  const { section: name, version } = textForm.parse(fields);
  await run((scope) => restoreText(scope, { postmortemId, name, version }));
});

const restoreForm = z.object({
  section: z.enum(SECTION_KEYS),
  version: versionNumber,
  seen: z.coerce.number().int(),
});

export const restoreSubmitted = change('/history', async ({ run, id: postmortemId }, fields) => {
  const wanted = restoreForm.parse(fields);
  const done = await run((scope) => restoreSection(scope, { postmortemId, ...wanted }));
  if (done.kind === 'stale') throw new Refusal({ code: 'already', what: 'Somebody saved that section' });
});
