import type { Person, Submitted, View } from '../../src/demo/gateway/people/person.ts';
import type { Workspace } from '../support/workspace.ts';
import { type } from './incident.ts';

/** Opens the settings and chooses a form. */
export const settingsForms =
  (space: Workspace) =>
  async (person: Person, section: string): Promise<View> => {
    const { view } = await type(person, space.incidents, '/incident settings');
    if (!view) throw new Error('No settings came up.');
    return next(await person.submit(view, { section }));
  };

/** What stands in place of the form that was sent. */
export function next(submitted: Submitted): View {
  if (submitted.kind !== 'updated') throw new Error(`Not updated: ${JSON.stringify(submitted)}`);
  return submitted.view;
}

export const wordsOf = (view: View): string => JSON.stringify(view.blocks);
