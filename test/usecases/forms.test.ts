import { WebAPIPlatformError } from '@slack/web-api';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as actionItems from '../../src/slack/listeners/actionItems.ts';
import * as actions from '../../src/slack/listeners/actions.ts';
import { incidentCommand } from '../../src/slack/listeners/command.ts';
import type { ListenerDeps } from '../../src/slack/listeners/context.ts';
import * as declaring from '../../src/slack/listeners/declaring.ts';
import * as drafts from '../../src/slack/listeners/drafts.ts';
import * as home from '../../src/slack/listeners/home.ts';
import * as modals from '../../src/slack/listeners/modals.ts';
import * as nudges from '../../src/slack/listeners/nudges.ts';
import * as responding from '../../src/slack/listeners/responding.ts';
import * as reviews from '../../src/slack/listeners/reviews.ts';
import * as runs from '../../src/slack/listeners/runs.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { makeDraft } from '../../src/usecases/makeDraft.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { sendToReview } from '../../src/usecases/sendToReview.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened, slackTs, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const [ana, ben] = [world.person('U1ANA'), world.person('U2BEN')];

const message = slackTs('2026-03-10T13:50:00Z');
const made = { id: '', channelId: '', entryId: '', nudgeId: '', postmortemId: '', requestId: '' };

/** A private incident with one of everything that a form can be about. */
beforeAll(async () => {
  const incident = await opened(ana, { private: true });
  const { id, channelId } = incident;
  const ref = { id };
  await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA', 'U2BEN'], '1000.000000'));
  const captured = await ana((scope) =>
    captureMessage(scope, {
      channelId,
      ts: message,
      authorId: 'U2BEN',
      text: 'Zebras escaped',
      changed: false,
      time: '',
      milestones: [],
    }),
  );
  if (captured.kind !== 'noted') throw new Error('asked instead');
  await ana((scope) => addAction(scope, { ref, text: 'Mend the fence' }));
  const missing = {
    incidentId: id,
    keys: ['root_cause_identified' as const],
    stage: 'lead' as const,
    to: 'U1ANA',
  };
  const nudgeId = await ana((scope) => scope.tx.addNudge({ ...missing, at: scope.now }));
  await ana((scope) => requestDraft(scope, { ref }));
  const [row] = await database.sql<{ id: string }>(
    `SELECT id FROM "Outbox" WHERE lane = $1 AND kind = 'draft'`,
    [id],
  );
  const order = { incidentId: id, outboxId: BigInt(row?.id ?? 0), reason: 'asked for' };
  const { id: postmortemId } = await ana((scope) => makeDraft(scope, order));
  await ben((scope) => sendToReview(scope, { postmortemId, reviewers: ['U1ANA'], message: '' }));
  const requestId = (await world.read((tx) => tx.postmortem({ id: postmortemId })))?.reviews[0]?.id ?? '';
  Object.assign(made, { id, channelId, entryId: captured.entry.id, nudgeId, postmortemId, requestId });
});

/** Slack as the listeners see it: `refusal` is its word for every view. */
function slack(refusal: string | null) {
  const views: object[] = [];
  const said: string[] = [];
  const say = (reply: unknown) => void (reply && said.push((reply as { text: string }).text));
  const view = async (given: { view: object }) => {
    if (refusal !== null) throw new WebAPIPlatformError({ ok: false, error: refusal });
    views.push(given.view);
    return { ok: true, view: { id: 'V1' } };
  };
  const client = {
    views: { open: view, push: view, update: view },
    conversations: { open: async () => ({ channel: { id: 'D1' } }) },
    chat: { postMessage: async (reply: object) => say(reply) },
  };
  const deps = {
    runner: world.runner,
    clock: world.clock,
    people: {
      actor: async () => ({ teamId: TEAM, userId: 'U1ANA', zone: 'UTC', admin: true, outsider: false }),
    },
    respond: async (_url: string, reply: object) => say(reply),
  } as unknown as ListenerDeps;
  const logger = { warn: vi.fn() };
  return {
    deps,
    views,
    said,
    args: { client, logger, context: {}, ack: async (reply?: unknown) => say(reply) },
  };
}
type Slack = ReturnType<typeof slack>;

const user = { id: 'U1ANA' };
const body = { team: { id: TEAM }, user, trigger_id: 't', response_url: 'https://hooks.slack.com/actions/1' };

const press =
  (
    listener: (deps: ListenerDeps) => (args: never) => Promise<void>,
    value: () => string,
    { action_id = 'x', view }: { action_id?: string; view?: object } = {},
  ) =>
  ({ deps, args }: Slack) => {
    const where = view ? { view } : { channel: { id: made.channelId } };
    const action = { action_id, value: value() };
    return listener(deps)({ ...args, action, body: { ...body, ...where } } as never);
  };

const shortcut =
  (listener: (deps: ListenerDeps) => (args: never) => Promise<void>) =>
  ({ deps, args }: Slack) => {
    const { trigger_id, response_url } = body;
    const on = { ts: message, user: 'U2BEN', text: 'Zebras escaped' };
    const asked = { trigger_id, response_url, channel: { id: made.channelId }, message: on };
    return listener(deps)({ ...args, shortcut: asked, body: { ...body, ...asked } } as never);
  };

const command =
  (text: string) =>
  ({ deps, args }: Slack) => {
    const where = { team_id: TEAM, channel_id: made.channelId, user_id: 'U1ANA' };
    const typed = { command: '/incident', text, trigger_id: 't', response_url: '', ...where };
    return incidentCommand(deps)({ ...args, command: typed, body: typed } as never);
  };

const showing: Record<string, (on: Slack) => Promise<void>> = {
  'Change status': press(responding.stateWanted, () => made.id),
  Resolve: press(responding.resolveWanted, () => made.id),
  'Change time': press(actions.retimeWanted, () => made.entryId),
  'Change text': press(actions.editWanted, () => made.entryId),
  'Owner and date': press(actionItems.actionPlanWanted, () => made.id, { action_id: 'action_plan_1' }),
  'Done at': press(nudges.doneWanted, () => made.nudgeId),
  'Edit the draft': press(drafts.editDraftPressed, () => made.postmortemId),
  'Send to review': press(drafts.statePressed, () => made.postmortemId, {
    action_id: 'postmortem_state_in_review',
  }),
  'Ask for changes': press(reviews.changesWanted, () => made.requestId),
  'Add to timeline, of what is on it': shortcut(modals.addToTimelineAsked),
};

const others: Record<string, (on: Slack) => Promise<void>> = {
  'Add a note': press(responding.noteWanted, () => made.id),
  'Mark a milestone': press(responding.milestoneWanted, () => made.id),
  'Another time': press(actions.otherTimeWanted, () => 'x'),
  'Declare, on the Home': press(home.homeDeclare, () => '', { view: { type: 'home' } }),
  'Another time, in a form': press(actions.otherTimeWanted, () => 'x', {
    view: { id: 'V0', type: 'modal', title: { text: 'INC-1' } },
  }),
  'Declare incident': shortcut(declaring.declareFromMessage),
  'Add several to timeline': shortcut(runs.runAsked),
  'declare, empty': command('declare'),
  'update, empty': command('update'),
  'action, empty': command('action'),
  settings: command('settings'),
};

const forms = { ...showing, ...others };

const reads = async () =>
  (await world.read((tx) => tx.reads(made.id, 1000))).map(({ userId, what }) => `${userId} ${what}`);

describe('a form', () => {
  it.each(Object.keys(forms))('opens: %s', async (name) => {
    const on = slack(null);
    const before = await reads();
    await forms[name]?.(on);
    expect(on.views).toHaveLength(1);
    expect(on.said).toEqual([]);
    const after = await reads();
    const read = name in showing ? ['U1ANA form'] : [];
    expect(after.slice(0, after.length - before.length), 'on record as read').toEqual(read);
  });

  it.each(Object.keys(forms))(
    'that Slack does not open is told of, and that nothing is stored: %s',
    async (name) => {
      const on = slack('expired_trigger_id');
      await forms[name]?.(on);
      expect(on.said).toEqual([
        expect.stringContaining(
          'The form did not open (`expired_trigger_id`), and nothing is stored. Ask for it again.',
        ),
      ]);
      expect(on.args.logger.warn).toHaveBeenCalledWith(expect.stringContaining('expired_trigger_id'));
    },
  );
});
