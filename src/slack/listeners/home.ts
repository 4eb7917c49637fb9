import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackEventMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import { HOME_FILTERS, openHome } from '../../usecases/home.ts';
import { previewDeclare } from '../../usecases/previewDeclare.ts';
import { declareModal } from '../views/declaring.ts';
import { onPress } from './actions.ts';
import { asking, askingOf, type ListenerDeps } from './context.ts';
import { openForm } from './forms.ts';

/** Somebody opened the app's Home tab: it is published from the outbox. */
export const homeOpened =
  (deps: ListenerDeps) =>
  async ({
    event,
    body,
    client,
    context,
  }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab !== 'home') return;
    const request = { client, teamId: body.team_id, userId: event.user, context };
    const { run } = await asking(deps, request);
    await run((scope) => openHome(scope));
  };

type FilterArgs = SlackActionMiddlewareArgs<BlockAction<StaticSelectAction>> & AllMiddlewareArgs;

/** Another choice of recent incidents. */
export const homeFiltered = (deps: ListenerDeps) => async (args: FilterArgs) => {
  const { ack, action } = args;
  await ack();
  const { run } = await askingOf(deps, args);
  const filter = HOME_FILTERS.find((one) => one === action.selected_option.value) ?? 'all';
  await run((scope) => openHome(scope, { filter }));
};

/** "Declare an incident" on the Home. */
export const homeDeclare = onPress(false, async ({ run, args }) => {
  const nothing = { title: '', services: [], private: false, test: false, retrospective: false };
  const preview = await run((scope) => previewDeclare(scope, nothing));
  const view = declareModal({ metadata: '{}', preview });
  await openForm(args, view);
  return null;
});
