import type { Incident } from '../../incident/types.ts';
import { timeForAll } from './words.ts';

/**
 * Says a week ahead that the incident is deleted, and what to do before. `posted`: other channels that have posts of it.
 * `to` a person: its channel did not take the notice.
 */
export const deletionNotice = (
  { number, channelId }: Pick<Incident, 'number' | 'channelId'>,
  at: number,
  posted: readonly string[],
  to: 'channel' | 'person' = 'channel',
): string => {
  const own = to === 'channel' ? ['this channel'] : channelId === null ? [] : [`<#${channelId}>`];
  const places = [...own, ...posted.map((id) => `<#${id}>`)].join(', in ');
  const name = `INC-${number}`;
  const reopen = to === 'channel' ? '/incident reopen' : `/incident ${name} reopen`;
  return `:wastebasket: By this workspace’s settings Debrief deletes what it keeps of ${name} ${timeForAll(at)}: timeline, postmortem, history.${places && ` What stands in ${places} stays.`} Links to the postmortem end. To keep the postmortem, save it from its page before; \`${reopen}\` keeps all of it.`;
};
