import { giveUpdate } from '../../usecases/giveUpdate.ts';
import { wordsModal } from '../views/modals.ts';
import { givenReply } from '../views/updates.ts';
import { onSubmit } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

export const updateSubmitted = onSubmit('text', async ({ run, reader }, args) => {
  const { text = '', impact = '' } = texts(args);
  const [next] = chosen(args, 'next');
  const nextInMinutes = next === undefined ? null : Number(next);
  const ref = { id: args.view.private_metadata };
  const given = await run((scope) =>
    giveUpdate(scope, { ref, text, impact, nextInMinutes, source: 'modal' }),
  );
  // Who gives an update believes that it is heard.
  if (given.to.kind === 'channel') return null;
  return { view: wordsModal(args.view.title.text, givenReply(given, reader).text) };
});
