import { join } from 'node:path';
import { replay } from '../../src/demo/replay.ts';
import { loadScenario } from '../../src/demo/scenario.ts';
import { eventually } from '../e2e/incident.ts';
import type { Workspace } from '../support/workspace.ts';

const SCENARIOS = join(import.meta.dirname, '..', 'scenarios');

/** Replays a scenario; gives the reader's link and the lead's own. */
export async function draftOf(space: Workspace, name = '2025-09-23-provisioning-invites') {
  const scenario = loadScenario(join(SCENARIOS, `${name}.json`));
  const { draft, people, channel } = await replay({ scenario, gateway: space.gateway, log: () => {} });
  const own = await eventually('own link', async () =>
    (await people.lead.dms()).flatMap(({ links }) => links).findLast((url) => url.includes('u=')),
  );
  return { link: draft.link, own, lead: people.lead, channel };
}

/** Another page of a draft: `edit/summary`, `history`. */
export const pageOf = (link: string, rest: string): string => link.replace('?', `/${rest}?`);
