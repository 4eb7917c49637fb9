import { giveUpdate } from '../../usecases/giveUpdate.ts';
import { onSubmit } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

export const updateSubmitted = onSubmit('text', async ({ run }, args) => {
  const { text = '', impact = '' } = texts(args);
  const [next] = chosen(args, 'next');
  const nextInMinutes = next === undefined ? null : Number(next);
  const ref = { id: args.view.private_metadata };
  await run((scope) => giveUpdate(scope, { ref, text, impact, nextInMinutes, source: 'modal' }));
  return null;
});
