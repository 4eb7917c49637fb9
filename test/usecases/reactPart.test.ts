import { expect, it } from 'vitest';
import { dateAction, dropAction, undoAction } from '../../src/usecases/actionItems.ts';
import { react } from '../../src/usecases/react.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened, refused, slackTs } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bo = world.person('U2BO');
const messageTs = slackTs('2026-03-10T13:52:07Z', 200);
let clicks = 0;

const reaction = (channelId: string, who: typeof ana, emoji: string, present: boolean, eventTs?: string) =>
  who((scope) =>
    react(scope, {
      channelId,
      messageTs,
      emoji,
      userId: who.userId,
      present,
      eventTs: eventTs ?? slackTs('2026-03-10T14:00:00Z', ++clicks),
    }),
  );

it('one message is one action item and one factor, and no line; it goes with its last such reaction', async () => {
  const { id, channelId } = await opened(ana);
  await Promise.all([ana, bo].map((who) => reaction(channelId, who, 'ballot_box_with_check', true)));
  await reaction(channelId, ana, 'mag', true);
  const state = async () => {
    const { actions, factors, entries } = await world.record(id);
    return [actions.length, factors.length, entries.length];
  };
  expect(await state()).toEqual([1, 1, 0]);
  await reaction(channelId, ana, 'ballot_box_with_check', false);
  await reaction(channelId, ana, 'mag', false);
  expect(await state()).toEqual([1, 0, 0]);
  await reaction(channelId, bo, 'ballot_box_with_check', false);
  expect(await state()).toEqual([0, 0, 0]);
  await reaction(channelId, bo, 'ballot_box_with_check', true);
  expect((await world.record(id)).actions.map(({ number }) => number)).toEqual([2]);
});

it('stays when a person has changed it', async () => {
  const { id, channelId } = await opened(ana);
  await reaction(channelId, ana, 'ballot_box_with_check', true);
  await bo((scope) => dateAction(scope, { ref: { id }, number: 1, date: '2026-04-01' }));
  await reaction(channelId, ana, 'ballot_box_with_check', false);
  expect((await world.record(id)).actions).toMatchObject([{ number: 1, due: '2026-04-01' }]);
});

it('that was dropped stays so where the message is another item by now', async () => {
  const { id, channelId } = await opened(ana);
  const ref = { id };
  await reaction(channelId, ana, 'ballot_box_with_check', true);
  await ana((scope) => dropAction(scope, { ref, number: 1, reason: 'INC-7 has it' }));
  await reaction(channelId, bo, 'ballot_box_with_check', true);
  const undo = () => ana((scope) => undoAction(scope, { ref, number: 1 }));
  expect(await refused(undo())).toMatchObject({ code: 'already', what: 'Its message is action item 2' });
  await ana((scope) => dropAction(scope, { ref, number: 2, reason: 'twice' }));
  await undo();
  expect((await world.record(id)).actions.map(({ number }) => number)).toEqual([1]);
});

it('follows the latest reaction by its own time, whatever arrives when', async () => {
  const { id, channelId } = await opened(ana);
  const [first, second] = [slackTs('2026-03-10T14:01:00Z', 1), slackTs('2026-03-10T14:01:00Z', 2)];
  await reaction(channelId, ana, 'mag', false, second);
  await reaction(channelId, ana, 'mag', true, first);
  expect((await world.record(id)).factors).toEqual([]);
});
