import { EVERY_VIEW } from '../slack/views/everyView.ts';
import { WORKSPACE_VIEWS } from '../slack/views/workspaceViews.ts';
import { WORLDS } from '../slack/views/worlds.ts';
import type { Group } from './page.ts';

// Pieces that views are made of, and nothing by themselves.
const PIECES = ['blocks.ts', 'inputs.ts', 'words.ts'];

/** Every view on an ordinary day. A view that is missing here is missing in the check of Slack's limits, which fails. */
export function groups(): Group[] {
  const [world] = WORLDS;
  if (!world) throw new Error('There is no sample data.');
  return Object.entries({ ...EVERY_VIEW, ...WORKSPACE_VIEWS })
    .filter(([file, views]) => !PIECES.includes(file) && Object.keys(views).length > 0)
    .map(([file, views]) => ({
      file,
      views: Object.entries(views).map(([name, view]) => ({ name, shown: view(world) })),
    }));
}
