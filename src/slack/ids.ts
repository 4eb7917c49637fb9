/** Action, callback and block ids. Slack sends them back: a change breaks the messages that are out there. */
export const ACTIONS = {
  /** Followed by `_` and the index of the reading; value `choiceId`. */
  chooseTime: 'choose_time',
  chooseOther: 'choose_other_time',
  retimeOpen: 'retime_open',
  editOpen: 'edit_open',
  retract: 'retract_entry',
  restore: 'restore_entry',
  /** Followed by `_` and the milestone; value: entry id. */
  moveMark: 'move_mark',
  /** Followed by `_` and the flag. */
  undoFlag: 'undo_flag',
  /** Followed by `_` and the milestone; value: entry id. */
  endImpact: 'end_impact',
  close: 'close_incident',
  lead: 'take_lead',
  /** The headline's buttons; value: incident id. */
  note: 'add_note',
  milestone: 'mark_milestone',
  state: 'change_state',
  resolve: 'resolve_incident',
  /** Followed by `_` and an index; value: incident id, `|`, role. */
  role: 'join_role',
  /** Value: the id of the declaration that waits. */
  declareAnyway: 'declare_anyway',
  /** Followed by `_` and the incident's number; value: incident id. */
  join: 'join_incident',
  /** Followed by `_previous` or `_next`; value: what is listed, and the page. */
  listPage: 'list_page',
  findPage: 'find_page',
  homeDeclare: 'home_declare',
  homeFilter: 'home_filter',
  /** The draft's buttons; value: postmortem id. */
  editDraft: 'edit_draft',
  editOnPage: 'edit_on_page',
  /** Followed by `_` and the state. */
  postmortemState: 'postmortem_state',
  /** Value: postmortem id. */
  postPublished: 'post_published',
  /** A reviewer's buttons; value: the request's id. */
  reviewApprove: 'review_approve',
  reviewChanges: 'review_changes',
  /** A reminder's buttons; value: nudge id. */
  nudgeSnooze: 'nudge_snooze',
  nudgeDismiss: 'nudge_dismiss',
  nudgeDone: 'nudge_done',
  /** Value: incident id. */
  keepChannel: 'keep_channel',
  /** Followed by `_` and the item's number; value: incident id. */
  actionDone: 'action_done',
  actionUndo: 'action_undo',
  actionPlan: 'action_plan',
} as const;

export const CALLBACKS = {
  declare: 'declare',
  note: 'add_note',
  milestone: 'mark_milestone',
  state: 'change_state',
  resolve: 'resolve_incident',
  declareFromMessage: 'declare_from_message',
  declareAnyway: 'declare_anyway',
  addToTimeline: 'add_to_timeline',
  addRun: 'add_run_to_timeline',
  /** Which of several readings of a time, asked in place of the form that it was typed in. */
  reading: 'choose_reading',
  retime: 'retime',
  edit: 'edit_entry',
  otherTime: 'other_time',
  chooseSection: 'choose_section',
  editSection: 'edit_section',
  sendToReview: 'send_to_review',
  reviewChanges: 'review_changes',
  settings: 'settings',
  settingsForm: 'settings_form',
  nudgeDone: 'nudge_done_at',
  update: 'give_update',
  action: 'action_item',
} as const;
