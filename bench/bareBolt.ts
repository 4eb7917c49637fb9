// A Bolt app that answers the command with a fixed text and stores nothing: what Bolt itself costs.
import { App, LogLevel } from '@slack/bolt';

const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B1', botUserId: 'U1' }),
});
app.command('/incident', async ({ ack }) => {
  await ack({ response_type: 'ephemeral', text: 'Noted' });
});
await app.start(Number(process.env.PORT));
process.send?.('ready');
