import type { Incident } from '../../incident/types.ts';
import { refusedWith, unlessRefused } from '../slackErrors.ts';
import type { Step, StepDeps } from './types.ts';

const LOOKED_FOR = 'channel';

/**
 * The incident's channel that an earlier try made whose answer was lost; by its number, as the title may be another
 * since. Null: there is none, or Slack does not let us look. Only channels that we are in are read, page after page;
 * where Slack ends the look, the step's next try reads on from there.
 */
export const ownChannel = (
  deps: StepDeps,
  step: Pick<Step, 'unsureSince' | 'looked'>,
  incident: Incident,
): Promise<{ id: string; name: string } | null> => unlessRefused(look(deps, step, incident), null);

async function look(
  { client, self }: StepDeps,
  step: Pick<Step, 'unsureSince' | 'looked'>,
  incident: Incident,
): Promise<{ id: string; name: string } | null> {
  const start = `inc-${incident.number}`;
  // A minute before that try, as clocks differ.
  const since = (step.unsureSince ?? 0) - 60_000;
  let cursor = step.looked?.for === LOOKED_FOR ? step.looked.cursor : '';
  while (true) {
    const asked = {
      types: incident.private ? 'private_channel' : 'public_channel',
      exclude_archived: true,
      limit: 999,
      ...(cursor && { cursor }),
    };
    const answer = await client.users.conversations(asked).catch((error) => {
      if (cursor && refusedWith(error) === 'invalid_cursor') return null;
      throw error;
    });
    if (!answer) {
      // A cursor does not last: from the first page again.
      cursor = '';
      continue;
    }
    for (const { id, name = '', creator, created = 0 } of answer.channels ?? []) {
      const named = name === start || name.startsWith(`${start}-`);
      if (id && named && creator === self.userId && created * 1000 >= since) return { id, name };
    }
    cursor = answer.response_metadata?.next_cursor ?? '';
    step.looked = cursor ? { for: LOOKED_FOR, cursor, alike: null } : null;
    if (!cursor) return null;
  }
}
