import { channelName } from '../incident/channelName.ts';
import type { Comparable } from '../incident/similar.ts';
import type { Incident, Names } from '../incident/types.ts';
import { alike } from './alike.ts';
import { mustBeInside } from './outsiders.ts';
import type { Scope } from './scope.ts';

/** What declaring would do, as far as it can be said before. */
export interface DeclarePreview {
  /** Of the next number: somebody else may take that first. */
  channelName: string;
  /** Where it would be announced; null: nowhere. */
  announceChannel: string | null;
  /** Channel or people who would get the draft, beside the channel and the lead. */
  managers: string[];
  alike: Incident[];
  names: Names;
}

/** Says what the channel would be called, who would be told, and which open incidents look the same. */
export async function previewDeclare(
  scope: Scope,
  input: Comparable & { private: boolean },
): Promise<DeclarePreview> {
  const { tx, who } = scope;
  await mustBeInside(scope, 'to declare');
  const { settings } = await tx.settings(who.teamId);
  const quiet = input.private || input.test;
  return {
    channelName: channelName(await tx.nextNumber(who.teamId), input.title),
    announceChannel: quiet ? null : settings.announceChannel,
    managers: quiet ? [] : settings.managers,
    names: scope.names,
    alike: input.title.trim() === '' && input.services.length === 0 ? [] : await alike(scope, input),
  };
}
