import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { messageFaults, topicFaults, viewFaults } from '../../support/slackLimits.ts';
import { EVERY_VIEW, type Shown } from './everyView.ts';
import { WORKSPACE_VIEWS } from './workspaceViews.ts';
import { WORLDS } from './worlds.ts';

const VIEWS = { ...EVERY_VIEW, ...WORKSPACE_VIEWS };
const folder = new URL('../../../src/slack/views/', import.meta.url);

const faultsOf = (shown: Shown): string[] => {
  if ('message' in shown) return messageFaults(shown.message);
  return 'view' in shown ? viewFaults(shown.view) : topicFaults(shown.topic);
};

describe('what Slack shows of us', () => {
  it('is checked for every function that a view file exports', async () => {
    const exported: Record<string, string[]> = {};
    for (const file of (await readdir(folder)).sort()) {
      const module = (await import(new URL(file, folder).href)) as Record<string, unknown>;
      exported[file] = Object.keys(module)
        .filter((name) => typeof module[name] === 'function')
        .sort();
    }
    const tested = Object.entries(VIEWS).map(([file, cases]) => [file, Object.keys(cases).sort()]);
    expect(Object.fromEntries(tested)).toEqual(exported);
  });

  const cases = Object.entries(VIEWS).flatMap(([file, views]) =>
    Object.entries(views).map(([name, view]) => ({ file, name, view })),
  );
  it.each(cases)('$file $name keeps within the limits', ({ view }) => {
    for (const world of WORLDS) {
      const shown = view(world);
      expect(shown.length, `${world.name}: nothing was made`).toBeGreaterThan(0);
      expect(shown.flatMap(faultsOf), world.name).toEqual([]);
    }
  });
});
