import type { ModalView } from '@slack/types';
import type { Milestone } from '../../../incident/milestones.ts';
import type { Scope } from '../../../usecases/scope.ts';
import type { IncidentRef } from '../../../usecases/types.ts';
import type { Message } from '../../views/blocks.ts';
import type { Reader } from '../../views/words.ts';
import type { ListenerDeps } from '../context.ts';

/** A slash command on its way to one use case. */
export interface CommandCall {
  ref: IncidentRef;
  /** What follows the command's word. */
  rest: string;
  /** The milestone, when its own word was the command. */
  milestone: Milestone | undefined;
  channelId: string;
  userId: string;
  teamId: string;
  responseUrl: string | null;
  reader: Reader;
  publicLinks: ListenerDeps['publicLinks'];
  run<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  openModal(view: ModalView): Promise<void>;
}

/** Null: a modal was opened, there is nothing to say. */
export type CommandHandler = (call: CommandCall) => Promise<Message | null>;
