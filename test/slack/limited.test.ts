import { expect, it } from 'vitest';
import { createCounter, createRateLimiter } from '../../src/jobs/rateLimit.ts';
import type { Delivered, Intake } from '../../src/slack/intake.ts';
import { limited } from '../../src/slack/limited.ts';
import { counters, keptLog } from './fakes.ts';

const inner = (taken: unknown[]): Intake => ({
  deliver: async (body): Promise<Delivered> => {
    taken.push(body);
    return { status: 200, answer: 'taken' };
  },
  resume: async () => undefined,
  answerLater: () => undefined,
  drain: async () => undefined,
});

function setUp(perUser: number, perWorkspace: number, state?: { down: boolean; hangs: boolean }) {
  const log = keptLog();
  const { redis, counts } = counters(state);
  const taken: unknown[] = [];
  const later: { url: string; text: string }[] = [];
  const intake = limited(inner(taken), {
    allow: createRateLimiter(createCounter(redis, 'p', log.logger), { perUser, perWorkspace }),
    replyLater: async (url, reply) => void later.push({ url, text: (reply as { text: string }).text }),
    logger: log.logger,
  });
  return { intake, taken, later, log, counts };
}

const command = (user_id: string, text = 'note Hello', team_id = 'T1') => ({
  command: '/incident',
  text,
  team_id,
  user_id,
});

it('refuses who sends too many in words, with what was typed; the others go on', async () => {
  const { intake, taken, log } = setUp(2, 100);
  for (let n = 0; n < 2; n++) expect((await intake.deliver(command('U1'))).answer).toBe('taken');
  const { status, answer } = await intake.deliver(command('U1', 'note <!here> Disk full'));
  expect(status).toBe(200);
  expect(answer).toMatchObject({ response_type: 'ephemeral' });
  expect((answer as { text: string }).text).toMatch(
    /You have sent more than 2 requests in a minute\. Nothing of this one is stored; send it again in 42 seconds\. You typed:\n```\/incident note @here Disk full```/,
  );
  expect((await intake.deliver(command('U2'))).answer).toBe('taken');
  expect((await intake.deliver(command('U1', 'x', 'T2'))).answer).toBe('taken');
  expect(taken).toHaveLength(4);
  expect(log.text()).not.toContain('Disk full');
});

it('refuses a workspace that sends too many', async () => {
  const { intake } = setUp(100, 3);
  for (const user of ['U1', 'U2', 'U3']) await intake.deliver(command(user));
  const { answer } = await intake.deliver(command('U4'));
  expect((answer as { text: string }).text).toMatch(/^This workspace has sent more than 3/);
});

it('says it in a form on its first field, and of a button where messages are answered', async () => {
  const { intake, later, taken } = setUp(1, 100);
  const user = { id: 'U1' };
  const team = { id: 'T1' };
  await intake.deliver(command('U1'));
  const view = { blocks: [{ type: 'section' }, { type: 'input', block_id: 'text' }] };
  const form = await intake.deliver({ type: 'view_submission', user, team, view });
  expect(form.answer).toMatchObject({
    response_action: 'errors',
    errors: { text: expect.stringMatching(/Nothing of this one is stored/) },
  });
  const press = { type: 'block_actions', user, team, response_url: 'https://hooks.example.com/1' };
  expect((await intake.deliver(press)).answer).toBe('');
  expect(later).toEqual([{ url: press.response_url, text: expect.stringMatching(/^You have sent/) }]);
  expect(taken).toHaveLength(1);
});

it('never counts events: what happened is stored however much happens', async () => {
  const { intake, taken, counts } = setUp(1, 1);
  const event = { type: 'event_callback', team_id: 'T1', event: { type: 'reaction_added', user: 'U1' } };
  for (let n = 0; n < 5; n++) await intake.deliver(event);
  expect(taken).toHaveLength(5);
  expect(counts.size).toBe(0);
});

it.each([
  { down: true, hangs: false },
  { down: false, hangs: true },
])('lets everybody through while Redis is away: %j', async (state) => {
  const { intake, taken } = setUp(1, 1, state);
  for (let n = 0; n < 3; n++) await intake.deliver(command('U1'));
  expect(taken).toHaveLength(3);
});

it('leaves to the intake what names nobody, and refuses a form of no known shape in words', async () => {
  const { intake, taken } = setUp(1, 9);
  const odd = { toString: 1 };
  for (const body of [{ team: { id: odd }, user: { id: 1 } }, { team_id: odd, user_id: 7 }, null, 'x'])
    expect((await intake.deliver(body)).answer).toBe('taken');
  expect(taken).toHaveLength(4);
  const form = (blocks: unknown) => ({ type: 'view_submission', user: { id: 'U1' }, view: { blocks } });
  await intake.deliver(form([]));
  for (const blocks of [[null], 'x', 7])
    expect((await intake.deliver(form(blocks))).answer).toMatchObject({ response_action: 'errors' });
});

it('passes on whether Slack hung up: the answer then goes another way', async () => {
  const { logger } = keptLog();
  let told: boolean | undefined;
  const deliver: Intake['deliver'] = async (_body, _retry, gone) => {
    told = gone?.();
    return { status: 200, answer: '' };
  };
  const parts = { allow: async () => null, replyLater: async () => undefined, logger };
  await limited({ ...inner([]), deliver }, parts).deliver(command('U1'), undefined, () => true);
  expect(told).toBe(true);
});
