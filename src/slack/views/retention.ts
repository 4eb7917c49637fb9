import type { Incident } from '../../incident/types.ts';
import { timeForAll } from './words.ts';

/** Says a week ahead that the incident is deleted, and what to do before. `posted`: other channels that have posts of it. */
export const deletionNotice = (
  { number }: Pick<Incident, 'number'>,
  at: number,
  posted: readonly string[],
): string =>
  `:wastebasket: By this workspace’s settings Debrief deletes what it keeps of INC-${number} ${timeForAll(at)}: timeline, postmortem, history. What stands in this channel${posted.map((id) => `, in <#${id}>`).join('')} stays; links to the postmortem end. To keep the postmortem, save it from its page before; \`/incident reopen\` keeps all of it.`;
