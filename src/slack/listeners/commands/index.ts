import type { CommandName } from '../../../incident/commands.ts';
import * as actions from './actions.ts';
import * as entries from './entries.ts';
import * as overview from './overview.ts';
import * as postmortem from './postmortem.ts';
import { reviewCommand } from './review.ts';
import { settingsCommand } from './settings.ts';
import * as state from './state.ts';
import * as turns from './turns.ts';
import type { CommandHandler } from './types.ts';
import * as updates from './updates.ts';

/** Which function answers which command. The compiler asks for one for each name in the list of commands. */
export const HANDLERS: Record<CommandName, CommandHandler> = {
  declare: overview.declareCommand,
  note: entries.noteCommand,
  milestone: entries.milestoneCommand,
  timeline: entries.timelineCommand,
  edit: entries.editCommand,
  time: entries.timeCommand,
  retract: entries.retractCommand,
  restore: entries.restoreCommand,
  status: state.statusCommand,
  severity: state.severityCommand,
  lead: state.leadCommand,
  role: state.roleCommand,
  title: state.titleCommand,
  service: state.serviceCommand,
  region: state.regionCommand,
  customers: state.customersCommand,
  impact: state.impactCommand,
  tracker: state.trackerCommand,
  summary: postmortem.summaryCommand,
  section: postmortem.sectionCommand,
  update: updates.updateCommand,
  factor: postmortem.factorCommand,
  action: actions.actionCommand,
  resolve: state.resolveCommand,
  reopen: state.reopenCommand,
  cancel: state.cancelCommand,
  merge: turns.mergeCommand,
  relate: turns.relateCommand,
  postmortem: postmortem.postmortemCommand,
  review: reviewCommand,
  actions: actions.actionsCommand,
  subscribe: updates.subscribeCommand,
  unsubscribe: updates.unsubscribeCommand,
  list: overview.listCommand,
  find: overview.findCommand,
  settings: settingsCommand,
  help: overview.helpCommand,
};
