import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';

type Gone = SlackEventMiddlewareArgs<'app_uninstalled'> | SlackEventMiddlewareArgs<'tokens_revoked'>;

export interface InstallDeps {
  /** The app is gone from the workspace, as of an instant in milliseconds. */
  appGone(teamId: string, code: string, asOf: number): Promise<void>;
}

/** A workspace removed the app, or its bot's token was revoked. */
export const appGone =
  (deps: InstallDeps) =>
  async ({ event, body }: Gone & AllMiddlewareArgs) => {
    // Tokens of people are no business of ours: we ask for none.
    if (event.type === 'tokens_revoked' && !event.tokens.bot?.length) return;
    // Slack's time is in whole seconds: it happened before the next one.
    await deps.appGone(body.team_id, event.type, (body.event_time + 1) * 1000 - 1);
  };
