import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';

type Submission = Pick<SlackViewMiddlewareArgs<ViewSubmitAction>, 'view'>;

/** What was typed, by block id. */
export const texts = (args: Submission): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args.view.state.values).map(([block, actions]) => [
      block,
      Object.values(actions)[0]?.value ?? '',
    ]),
  );

/** What was chosen in a block: values of options, or ids of people and channels. */
export const chosen = (args: Submission, block: string): string[] => {
  const state = Object.values(args.view.state.values[block] ?? {})[0];
  const one = state?.selected_option?.value ?? state?.selected_user ?? state?.selected_conversation;
  if (one) return [one];
  const several = state?.selected_users ?? state?.selected_conversations;
  return several ?? (state?.selected_options ?? []).map((option) => option.value);
};
