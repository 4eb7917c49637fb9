import type { App } from '@slack/bolt';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import type { PeopleStore } from '../people.ts';
import * as actionItems from './actionItems.ts';
import * as actions from './actions.ts';
import { incidentCommand } from './command.ts';
import type { ListenerDeps } from './context.ts';
import * as declaring from './declaring.ts';
import * as drafts from './drafts.ts';
import * as events from './events.ts';
import * as home from './home.ts';
import { appGone, type InstallDeps } from './installs.ts';
import * as lists from './lists.ts';
import * as modals from './modals.ts';
import * as nudges from './nudges.ts';
import * as responding from './responding.ts';
import * as reviews from './reviews.ts';
import * as runs from './runs.ts';
import * as settings from './settings.ts';
import * as updates from './updates.ts';

const startingWith = (id: string): RegExp => new RegExp(`^${id}_`);

/** Everything that Debrief listens to, in one list. */
export function registerListeners(
  app: App,
  deps: ListenerDeps & InstallDeps & { peopleStore: PeopleStore },
): void {
  app.command('/incident', incidentCommand(deps));

  app.event('reaction_added', events.reactionChanged(deps));
  app.event('reaction_removed', events.reactionChanged(deps));
  app.event('pin_added', events.pinChanged(deps));
  app.event('pin_removed', events.pinChanged(deps));
  app.event('message', events.messageChanged(deps));
  app.event('user_change', events.userChanged(deps));
  app.event('app_home_opened', home.homeOpened(deps));
  app.event('member_joined_channel', events.memberChanged(deps));
  app.event('member_left_channel', events.memberChanged(deps));
  app.event('app_uninstalled', appGone(deps));
  app.event('tokens_revoked', appGone(deps));
  app.event('channel_unarchive', events.channelUnarchived(deps));
  app.event('group_unarchive', events.channelUnarchived(deps));

  app.shortcut(
    { callback_id: CALLBACKS.addToTimeline, type: 'message_action' },
    modals.addToTimelineAsked(deps),
  );
  app.shortcut(
    { callback_id: CALLBACKS.declareFromMessage, type: 'message_action' },
    declaring.declareFromMessage(deps),
  );
  app.view(CALLBACKS.declare, declaring.declareSubmitted(deps));
  app.view(CALLBACKS.declareAnyway, declaring.declareAnywaySubmitted(deps));
  app.shortcut({ callback_id: CALLBACKS.addRun, type: 'message_action' }, runs.runAsked(deps));
  app.view(CALLBACKS.addRun, runs.runSubmitted(deps));
  app.view(CALLBACKS.addToTimeline, modals.addToTimelineSubmitted(deps));
  app.view(CALLBACKS.reading, modals.readingSubmitted(deps));
  app.view(CALLBACKS.otherTime, modals.otherTimeSubmitted(deps));
  app.view(CALLBACKS.retime, modals.retimeSubmitted(deps));
  app.view(CALLBACKS.edit, modals.editSubmitted(deps));

  // Fields of the form itself, which are sent while they are filled in.
  app.action({ callback_id: CALLBACKS.declare, type: 'block_actions' }, declaring.declarePreviewed(deps));
  app.action(ACTIONS.declareAnyway, declaring.declareAnywayPressed(deps));
  app.action(startingWith(ACTIONS.join), declaring.joinPressed(deps));
  app.action(startingWith(ACTIONS.chooseTime), actions.timeChosen(deps));
  app.action(ACTIONS.chooseOther, actions.otherTimeWanted(deps));
  app.action(ACTIONS.retimeOpen, actions.retimeWanted(deps));
  app.action(ACTIONS.editOpen, actions.editWanted(deps));
  app.action(ACTIONS.retract, actions.retractPressed(deps));
  app.action(startingWith(ACTIONS.moveMark), actions.moveMarkPressed(deps));
  app.action(startingWith(ACTIONS.undoFlag), actions.undoPressed(deps));
  app.action(startingWith(ACTIONS.endImpact), actions.endImpactPressed(deps));
  app.action(ACTIONS.close, actions.closePressed(deps));
  app.action(ACTIONS.lead, responding.leadPressed(deps));
  app.action(startingWith(ACTIONS.role), responding.rolePressed(deps));
  app.action(ACTIONS.note, responding.noteWanted(deps));
  app.action(ACTIONS.milestone, responding.milestoneWanted(deps));
  app.action(ACTIONS.state, responding.stateWanted(deps));
  app.action(ACTIONS.resolve, responding.resolveWanted(deps));
  app.view(CALLBACKS.note, responding.noteSubmitted(deps));
  app.view(CALLBACKS.milestone, responding.milestoneSubmitted(deps));
  app.view(CALLBACKS.state, responding.stateSubmitted(deps));
  app.view(CALLBACKS.resolve, responding.resolveSubmitted(deps));

  app.action(startingWith(ACTIONS.actionDone), actionItems.actionDonePressed(deps));
  app.action(startingWith(ACTIONS.actionUndo), actionItems.actionUndoPressed(deps));
  app.action(startingWith(ACTIONS.actionPlan), actionItems.actionPlanWanted(deps));
  app.view(CALLBACKS.action, actionItems.actionSubmitted(deps));
  app.action(ACTIONS.keepChannel, nudges.keepPressed(deps));
  app.action(ACTIONS.nudgeSnooze, nudges.snoozePressed(deps));
  app.action(ACTIONS.nudgeDismiss, nudges.dismissPressed(deps));
  app.action(ACTIONS.nudgeDone, nudges.doneWanted(deps));
  app.view(CALLBACKS.update, updates.updateSubmitted(deps));
  app.view(CALLBACKS.nudgeDone, nudges.doneSubmitted(deps));

  app.action(ACTIONS.homeDeclare, home.homeDeclare(deps));
  app.action(ACTIONS.homeFilter, home.homeFiltered(deps));
  app.action(startingWith(ACTIONS.listPage), lists.listPaged(deps));
  app.action(startingWith(ACTIONS.findPage), lists.findPaged(deps));

  app.action(ACTIONS.editDraft, drafts.editDraftPressed(deps));
  app.action(ACTIONS.editOnPage, drafts.editOnPagePressed(deps));
  app.action(startingWith(ACTIONS.postmortemState), drafts.statePressed(deps));
  app.action(ACTIONS.postPublished, drafts.postAgainPressed(deps));
  app.action(ACTIONS.reviewApprove, reviews.approvePressed(deps));
  app.action(ACTIONS.reviewChanges, reviews.changesWanted(deps));
  app.view(CALLBACKS.sendToReview, reviews.reviewSent(deps));
  app.view(CALLBACKS.reviewChanges, reviews.changesSubmitted(deps));
  app.view(CALLBACKS.chooseSection, drafts.sectionChosen(deps));
  app.view(CALLBACKS.editSection, drafts.sectionSubmitted(deps));

  app.view(CALLBACKS.settings, settings.settingsChosen(deps));
  app.view(CALLBACKS.settingsForm, settings.settingsSubmitted(deps));
}
