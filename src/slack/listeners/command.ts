import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { parseCommand } from '../../incident/commands.ts';
import { namesOf } from '../../incident/settings.ts';
import type { IncidentRef } from '../../usecases/types.ts';
import { isRefusal, refusalReply, typedBlock } from '../errors.ts';
import { code } from '../mrkdwn.ts';
import { HANDLERS } from './commands/index.ts';
import { asking, type ListenerDeps, refFor } from './context.ts';
import { openForm } from './forms.ts';

type Args = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** `/incident …`: parse, one use case, reply. Replies are for the one who asked; the channel sees what changed. */
export const incidentCommand = (deps: ListenerDeps) => async (args: Args) => {
  const { command, client, context, ack, logger } = args;
  const typed = `${command.command} ${command.text}`.trim();
  const parsed = await parse(deps, command);
  if (parsed.kind === 'unknown') {
    await ack(ephemeral(unknownText(parsed.word, parsed.near, typed)));
    return;
  }
  const request = {
    client,
    teamId: command.team_id,
    userId: command.user_id,
    channelId: command.channel_id,
    context,
  };
  const { reader, run } = await asking(deps, request);
  try {
    const reply = await HANDLERS[parsed.name]({
      ...(await meant(deps, parsed, command)),
      milestone: parsed.milestone,
      channelId: command.channel_id,
      userId: command.user_id,
      teamId: command.team_id,
      responseUrl: command.response_url || null,
      reader,
      publicLinks: deps.publicLinks,
      run,
      openModal: async (view) => {
        await openForm({ client, logger, body: command }, view);
      },
    });
    if (reply) await ack({ response_type: 'ephemeral', ...reply });
    else await ack();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await ack(ephemeral(refusalReply(error, typed)));
  }
};

/** Reads what was typed; a word that is none of ours may be the workspace's name for a milestone. */
async function parse({ runner }: ListenerDeps, { text, team_id }: { text: string; team_id: string }) {
  const parsed = parseCommand(text);
  if (parsed.kind === 'command') return parsed;
  const { settings } = await runner.store.transaction((tx) => tx.settings(team_id));
  return parseCommand(text, namesOf(settings).milestones);
}

/** In an incident's channel it is that one which is meant: `note INC-7 looks the same` is about it, not for INC-7. */
async function meant(
  { runner }: ListenerDeps,
  { incident, rest, said }: { incident: number | null; rest: string; said?: string },
  { team_id: teamId, channel_id: channelId }: { team_id: string; channel_id: string },
): Promise<{ ref: IncidentRef; rest: string }> {
  const implied =
    said !== undefined && (await runner.store.transaction((tx) => tx.lockIncident({ teamId, channelId })));
  return implied
    ? { ref: { teamId, channelId }, rest: said }
    : { ref: refFor(incident, teamId, channelId), rest };
}

const ephemeral = (text: string) => ({ response_type: 'ephemeral' as const, text });

function unknownText(word: string, near: string | null, typed: string): string {
  const guess = near ? ` Did you mean \`${near}\`?` : ' `/incident help` lists what there is.';
  return `I do not know ${code(word)}.${guess} Nothing is stored; you typed:\n${typedBlock(typed)}`;
}
