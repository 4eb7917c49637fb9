import type { Logger } from 'pino';
import { errorOnFirstInput, typedBlock, typedIn } from './errors.ts';
import type { Delivered, Intake } from './intake.ts';

/** Whose limit is used up, how many requests a minute that is, and when it begins anew. */
export interface Exceeded {
  who: 'user' | 'workspace';
  most: number;
  afterSeconds: number;
}

/**
 * Refuses commands, forms and buttons of who sends too many, in words and before anything is stored. Events are
 * never refused: what happened in a channel is not anybody's request, and Slack itself limits them.
 */
export function limited(
  intake: Intake,
  {
    allow,
    replyLater,
    logger,
  }: {
    allow(teamId: string, userId: string): Promise<Exceeded | null>;
    /** `url` is from a signed request of Slack's. */
    replyLater(url: string, reply: object): Promise<void>;
    logger: Logger;
  },
): Intake {
  return {
    ...intake,
    async deliver(body, retry, gone) {
      const asker = askerOf(body);
      const exceeded = asker && (await allow(asker.teamId, asker.userId));
      if (!exceeded) return intake.deliver(body, retry, gone);
      logger.warn({ ...asker, who: exceeded.who }, 'too many requests');
      const { response_url: url } = body as { response_url?: unknown };
      const delivered = refusal(body as Record<string, unknown>, exceeded);
      // After a button Slack shows no answer: the words go where its messages are answered.
      if (delivered.answer === '' && typeof url === 'string') {
        const reply = { response_type: 'ephemeral', replace_original: false, text: wordsFor(exceeded) };
        replyLater(url, reply).catch((err) => logger.warn({ err }, 'a late reply failed'));
      }
      return delivered;
    },
  };
}

function askerOf(body: unknown): { teamId: string; userId: string } | null {
  if (typeof body !== 'object' || body === null || 'event' in body) return null;
  const { team_id, user_id, team, user } = body as Record<string, unknown>;
  // What is no string is refused by the intake.
  const text = (one: unknown) => (typeof one === 'string' ? one : undefined);
  const idOf = (one: unknown) =>
    typeof one === 'object' && one !== null && 'id' in one ? text(one.id) : undefined;
  const teamId = text(team_id) ?? idOf(team);
  const userId = text(user_id) ?? idOf(user);
  return userId === undefined ? null : { teamId: teamId ?? '', userId };
}

function wordsFor({ who, most, afterSeconds }: Exceeded): string {
  const whose = who === 'user' ? 'You have sent' : 'This workspace has sent';
  return `${whose} more than ${most} requests in a minute. Nothing of this one is stored; send it again in ${afterSeconds} seconds.`;
}

function refusal(body: Record<string, unknown>, exceeded: Exceeded): Delivered {
  const words = wordsFor(exceeded);
  if (body.type === 'view_submission')
    return { status: 200, answer: { response_action: 'errors', errors: errorOnFirstInput(body, words) } };
  const typed = typedIn(body);
  const text = typed ? `${words} You typed:\n${typedBlock(typed)}` : words;
  return { status: 200, answer: typed ? { response_type: 'ephemeral', text } : '' };
}
