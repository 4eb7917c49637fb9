import type { ReceiverEvent } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createIntake } from '../../src/slack/intake.ts';
import type { Inbox, InboxRow } from '../../src/usecases/edges.ts';
import { fakeApp, fakeInbox, keptLog } from './fakes.ts';

const URL = 'https://hooks.slack.com/commands/T1/1/x';

const command = (over = {}) => ({
  command: '/incident',
  text: 'note Rolled <back>',
  team_id: 'T1',
  user_id: 'U1',
  trigger_id: '1.1',
  response_url: URL,
  ...over,
});
const event = (over = {}) => ({
  type: 'event_callback',
  team_id: 'T1',
  event: {
    type: 'reaction_added',
    user: 'U1',
    reaction: 'pushpin',
    item: { channel: 'C1', ts: '1.1' },
    event_ts: '2.2',
  },
  ...over,
});
const press = (over = {}) => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: '1.2',
  response_url: URL,
  ...over,
});
const submission = (over = {}) => ({
  type: 'view_submission',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: '1.3',
  view: {
    id: 'V1',
    blocks: [
      { type: 'section' },
      { type: 'input', block_id: 'title' },
      { type: 'input', block_id: 'services' },
    ],
  },
  ...over,
});

function setUp(
  listener: (event: ReceiverEvent) => Promise<void> = async ({ ack }) => ack({ text: 'Stored.' }),
) {
  const down = new Set<keyof Inbox>();
  // What is done once the database is back shall not try on into other tests and their clocks.
  onTestFinished(() => down.clear());
  const slow = { ms: 0 };
  const { inbox, rows } = fakeInbox(down, slow);
  const log = keptLog();
  const posted: { url: string; reply: object }[] = [];
  const told: unknown[][] = [];
  const run = vi.fn(listener);
  const refuses = { replies: false };
  const eventsMissed = vi.fn(async (_teamId: string, _minuteS: number) => {});
  const intake = createIntake({
    app: fakeApp(run),
    inbox,
    clock: { now: () => 1000 },
    logger: log.logger,
    eventsMissed,
    replyLater: async (url, reply) => {
      if (refuses.replies) throw new Error('the response_url answered 404');
      posted.push({ url, reply });
    },
    tell: async (...telling) => void told.push(telling),
  });
  return { intake, rows, down, slow, log, posted, told, run, refuses, eventsMissed };
}

const broken = async () => {
  throw new Error('the use case broke');
};

describe('a command', () => {
  it('is stored before it is handled, and done after', async () => {
    const seen: boolean[] = [];
    const { intake, rows } = setUp(async ({ ack, customProperties }) => {
      seen.push(rows.length === 1 && !rows[0]?.done, customProperties?.inboxId === 1n);
      await ack({ text: 'Stored.' });
    });
    expect(await intake.deliver(command())).toEqual({ status: 200, answer: { text: 'Stored.' } });
    expect(seen).toEqual([true, true]);
    expect(rows).toMatchObject([{ kind: 'command', done: true, error: null }]);
  });

  it('that was delivered already does nothing', async () => {
    const { intake, run } = setUp();
    await intake.deliver(command());
    expect(await intake.deliver(command(), { num: 1, reason: 'http_timeout' })).toEqual({
      status: 200,
      answer: '',
    });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('is answered with its text when the inbox is out of reach, and not handled', async () => {
    const { intake, down, run, log } = setUp();
    down.add('receive');
    const { status, answer } = await intake.deliver(command());
    expect(status).toBe(200);
    expect(answer).toEqual({
      response_type: 'ephemeral',
      text: 'Something broke on our side and this was not stored. Please try again in a minute. What you typed:\n```/incident note Rolled &lt;back&gt;```',
    });
    expect(run).not.toHaveBeenCalled();
    expect(log.text()).not.toContain('Rolled');
  });

  it('that was told as not stored is not done when it comes after all', async () => {
    const { intake, down, run, rows } = setUp();
    down.add('receive').add('forgo');
    await intake.deliver(command());
    expect(rows).toEqual([]);
    down.clear();
    await vi.waitFor(() => expect(rows).toMatchObject([{ done: true, body: {} }]));
    // What a connection that broke had sent.
    await intake.deliver(command());
    expect(run).not.toHaveBeenCalled();
  });

  it('is answered with its text when a listener breaks, and not taken up again', async () => {
    const { intake, rows } = setUp(broken);
    const { answer } = await intake.deliver(command());
    expect(answer).toMatchObject({ text: expect.stringContaining('/incident note Rolled') });
    expect(rows).toMatchObject([{ done: true, error: 'Error: the use case broke' }]);
  });

  it('keeps its answer when only the end of its row fails: what it stored is stored', async () => {
    const { intake, down, log } = setUp();
    down.add('done');
    expect(await intake.deliver(command())).toEqual({ status: 200, answer: { text: 'Stored.' } });
    expect(log.text()).toContain('an inbox row stays open');
  });

  describe.each([
    ['nothing was stored', false, /was not stored[\s\S]*note Rolled/],
    ['it was stored', true, /^This is stored/],
  ])('that breaks while the inbox goes away', (what, committed, said) => {
    it(`is told that it is not known, and then that ${what}`, async () => {
      const { intake, down, rows, posted } = setUp(broken);
      down.add('done');
      expect((await intake.deliver(command())).answer).toMatchObject({
        text: expect.stringMatching(/I say here whether it is stored[\s\S]*note Rolled/),
      });
      if (committed) Object.assign(rows[0] ?? {}, { done: true });
      down.clear();
      await vi.waitFor(() => expect(posted).toHaveLength(1));
      expect(posted[0]).toMatchObject({ url: URL, reply: { text: expect.stringMatching(said) } });
      if (!committed) expect(rows).toMatchObject([{ done: true, error: 'Error: the use case broke' }]);
    });
  });

  it('stays as it is while the inbox is away: whoever finds it does it, and says so', async () => {
    const { intake, down, rows } = setUp(broken);
    down.add('done');
    await intake.deliver(command());
    await intake.drain();
    expect(rows).toMatchObject([{ done: false }]);
  });

  it('is not called lost when what broke came after the commit', async () => {
    const parts = setUp(async () => {
      Object.assign(parts.rows[0] ?? {}, { done: true });
      await broken();
    });
    const { answer } = await parts.intake.deliver(command());
    expect(answer).toMatchObject({ text: expect.stringMatching(/^This is stored/) });
  });

  it('without an answer is answered with nothing', async () => {
    const { intake } = setUp(async ({ ack }) => ack());
    expect(await intake.deliver(command())).toEqual({ status: 200, answer: '' });
  });
});

describe('an event', () => {
  it('is answered as soon as it is stored', async () => {
    const waits: (() => void)[] = [];
    const { intake, rows } = setUp(() => new Promise((resolve) => void waits.push(resolve)));
    expect(await intake.deliver(event())).toEqual({ status: 200, answer: '' });
    expect(rows).toMatchObject([{ kind: 'event', done: false }]);
    for (const finish of waits) finish();
    await intake.drain();
    expect(rows).toMatchObject([{ done: true }]);
  });

  it('is refused while the inbox is out of reach, so that Slack sends it again', async () => {
    const { intake, down, run, rows } = setUp();
    down.add('receive');
    expect(await intake.deliver(event())).toEqual({ status: 503, answer: '' });
    down.clear();
    expect(await intake.deliver(event(), { num: 1, reason: 'http_error' })).toEqual({
      status: 200,
      answer: '',
    });
    await intake.drain();
    expect(run).toHaveBeenCalledTimes(1);
    expect(run.mock.calls[0]?.[0]).toMatchObject({ retryNum: 1, retryReason: 'http_error' });
    expect(rows).toMatchObject([{ done: true }]);
  });

  it('that a listener breaks on stays open, to be taken up again', async () => {
    const { intake, rows, down } = setUp(broken);
    await intake.deliver(event());
    await intake.drain();
    expect(rows).toMatchObject([{ done: false, error: 'Error: the use case broke' }]);
    down.add('failed');
    await intake.deliver(event({ team_id: 'T2' }));
    await intake.drain();
    expect(rows[1]).toMatchObject({ done: false });
  });

  it('of no interest leaves no trace', async () => {
    const { intake, rows, run } = setUp();
    const other = event({ event: { type: 'message', channel: 'C1', text: 'hi', ts: '1.1' } });
    expect(await intake.deliver(other)).toEqual({ status: 200, answer: '' });
    expect(rows).toEqual([]);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('a button or a form', () => {
  it('says beside the form’s first field that nothing was stored', async () => {
    const errors = {
      title: 'Something broke on our side and this was not stored. Please try again in a minute.',
    };
    const broke = setUp(broken);
    expect(await broke.intake.deliver(submission())).toEqual({
      status: 200,
      answer: { response_action: 'errors', errors },
    });
    const away = setUp();
    away.down.add('receive');
    expect(await away.intake.deliver(submission())).toEqual({
      status: 200,
      answer: { response_action: 'errors', errors },
    });
  });

  it.each([[[null]], [7], ['x'], [{ type: 'input' }]])(
    'of no known shape (%j) is answered all the same',
    async (blocks) => {
      const { intake } = setUp(broken);
      const { status, answer } = await intake.deliver(submission({ view: { id: 'V1', blocks } }));
      expect(status).toBe(200);
      expect(answer).toMatchObject({ response_action: 'errors', errors: { text: expect.any(String) } });
    },
  );

  it('says it after a button where Slack shows it: at the response_url', async () => {
    const reply = {
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringContaining('was not stored'),
    };
    const broke = setUp(broken);
    expect(await broke.intake.deliver(press())).toEqual({ status: 200, answer: '' });
    await broke.intake.drain();
    expect(broke.posted).toEqual([{ url: URL, reply }]);
    const away = setUp();
    away.down.add('receive');
    expect(await away.intake.deliver(press())).toEqual({ status: 200, answer: '' });
    await away.intake.drain();
    expect(away.posted).toEqual([{ url: URL, reply }]);
  });

  const form = (text: string) =>
    submission({ view: { id: 'V1', hash: 'h1', state: { values: { text: { text: { value: text } } } } } });

  it('that is sent again as it was, after Slack showed its own error, is one', async () => {
    const { intake, run } = setUp(async ({ ack }) => ack());
    await intake.deliver(form('Rolled back'));
    expect(await intake.deliver({ ...form('Rolled back'), trigger_id: '9.9' })).toEqual({
      status: 200,
      answer: '',
    });
    expect(run).toHaveBeenCalledTimes(1);
    await intake.deliver(form('Rolled on'));
    expect(run).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['refused', async ({ ack }: ReceiverEvent) => ack({ response_action: 'errors', errors: {} })],
    ['answered by a form above it', async ({ ack }: ReceiverEvent) => ack({ response_action: 'push' })],
    ['broken at', broken],
  ])('that was %s is read again when it is sent as it was', async (_, listener) => {
    const { intake, run } = setUp(listener);
    await intake.deliver(form('Rolled back'));
    await intake.deliver({ ...form('Rolled back'), trigger_id: '9.9' });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('posts nothing after a button that was handled', async () => {
    const { intake, posted, rows } = setUp(async ({ ack }) => ack());
    expect(await intake.deliver(press())).toEqual({ status: 200, answer: '' });
    await intake.drain();
    expect(posted).toEqual([]);
    expect(rows).toMatchObject([{ kind: 'interaction', done: true }]);
  });
});

describe('that Slack left events out', () => {
  const limited = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1_700_000_040 };

  it('is noted before it is answered, and comes again when it could not be', async () => {
    const { intake, eventsMissed } = setUp();
    expect(await intake.deliver(limited)).toEqual({ status: 200, answer: '' });
    expect(eventsMissed.mock.calls).toEqual([['T1', 1_700_000_040]]);
    eventsMissed.mockRejectedValueOnce(new Error('the database is out of reach'));
    expect(await intake.deliver(limited)).toEqual({ status: 503, answer: '' });
  });
});

describe('what is of no known form', () => {
  it.each([[null], ['text'], [{}], [{ type: 'event_callback' }], [{ type: 'app_rate_limited' }]])(
    'is refused: %j',
    async (body) => {
      const { intake, rows, log } = setUp();
      expect(await intake.deliver(body)).toEqual({ status: 400, answer: '' });
      expect(rows).toEqual([]);
      expect(log.lines).toMatchObject([{ level: 40 }]);
    },
  );
});

describe('an answer that takes long', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const takes = (ms: number) =>
    setUp(async ({ ack }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      await ack({ text: 'Stored.' });
    });

  it('of less than two and a half seconds is the answer', async () => {
    const { intake, posted } = takes(2499);
    const answer = intake.deliver(command());
    await vi.advanceTimersByTimeAsync(2499);
    expect(await answer).toEqual({ status: 200, answer: { text: 'Stored.' } });
    await vi.runAllTimersAsync();
    expect(posted).toEqual([]);
  });

  it('of more follows at the response_url', async () => {
    const { intake, posted, rows } = takes(4000);
    const answer = intake.deliver(command());
    await vi.advanceTimersByTimeAsync(2500);
    expect(await answer).toEqual({ status: 200, answer: '' });
    expect(posted).toEqual([]);
    await vi.advanceTimersByTimeAsync(1500);
    await intake.drain();
    expect(posted).toEqual([{ url: URL, reply: { replace_original: false, text: 'Stored.' } }]);
    expect(rows).toMatchObject([{ done: true }]);
  });

  it('counts from when it came in, slow storing included', async () => {
    const { intake, posted, slow } = takes(1500);
    slow.ms = 1500;
    const answer = intake.deliver(command());
    await vi.advanceTimersByTimeAsync(2500);
    expect(await answer).toEqual({ status: 200, answer: '' });
    await vi.runAllTimersAsync();
    await intake.drain();
    expect(posted).toEqual([{ url: URL, reply: { replace_original: false, text: 'Stored.' } }]);
  });

  it('follows at the response_url too where Slack has hung up meanwhile', async () => {
    const { intake, posted } = setUp();
    const hungUp = vi.fn(() => true);
    await intake.deliver(command(), undefined, hungUp);
    await intake.drain();
    expect(posted).toEqual([{ url: URL, reply: { replace_original: false, text: 'Stored.' } }]);
    hungUp.mockReturnValue(false);
    await intake.deliver(command({ trigger_id: '1.9' }), undefined, hungUp);
    await intake.drain();
    expect(posted).toHaveLength(1);
  });

  it('and breaks says so at the response_url', async () => {
    const { intake, posted } = setUp(async () => {
      await new Promise((resolve) => setTimeout(resolve, 4000));
      await broken();
    });
    const answer = intake.deliver(command());
    await vi.advanceTimersByTimeAsync(4000);
    await answer;
    await intake.drain();
    expect(posted).toMatchObject([
      { url: URL, reply: { text: expect.stringContaining('/incident note Rolled') } },
    ]);
  });

  const refuses = { response_action: 'errors', errors: { time: 'No such <time>.' } };
  const typing = submission({
    view: {
      title: { text: 'Note on INC-7' },
      state: { values: { text: { text: { value: 'Rolled back' } }, at: { at: { value: '25:99' } } } },
    },
  });
  const answersForm = (answer: object | undefined) =>
    setUp(async ({ ack }) => {
      await new Promise((resolve) => setTimeout(resolve, 4000));
      await ack(answer);
    });

  it('to a form is told by direct message, with what was typed', async () => {
    const { intake, told } = answersForm(refuses);
    const answer = intake.deliver(typing);
    await vi.advanceTimersByTimeAsync(4000);
    expect(await answer).toEqual({ status: 200, answer: '' });
    await intake.drain();
    expect(told).toEqual([
      ['T1', 'U1', expect.objectContaining({ text: expect.stringContaining('Note on INC-7') })],
    ]);
    expect(JSON.stringify(told)).toMatch(/No such &lt;time&gt;\.[\s\S]*Rolled back[\s\S]*25:99/);
  });

  it('to a form that is done, or that was told in time, is not told again', async () => {
    const late = answersForm(undefined);
    const answer = late.intake.deliver(typing);
    await vi.advanceTimersByTimeAsync(4000);
    await answer;
    await late.intake.drain();
    expect(late.told).toEqual([]);
    const early = setUp(async ({ ack }) => ack(refuses));
    expect((await early.intake.deliver(typing)).answer).toEqual(refuses);
    await early.intake.drain();
    expect(early.told).toEqual([]);
  });

  it('to a form that breaks says so by direct message', async () => {
    const { intake, told } = setUp(async () => {
      await new Promise((resolve) => setTimeout(resolve, 4000));
      await broken();
    });
    const answer = intake.deliver(typing);
    await vi.advanceTimersByTimeAsync(4000);
    await answer;
    await intake.drain();
    expect(JSON.stringify(told)).toMatch(/was not stored[\s\S]*Rolled back/);
  });

  it('and cannot be posted is logged', async () => {
    const { intake, refuses, log } = takes(4000);
    refuses.replies = true;
    const answer = intake.deliver(command());
    await vi.advanceTimersByTimeAsync(4000);
    await answer;
    await intake.drain();
    expect(log.text()).toContain('a late reply failed');
  });

  it('is waited for by drain', async () => {
    const { intake, posted } = takes(4000);
    void intake.deliver(command());
    const drained = vi.fn();
    void intake.drain().then(drained);
    await vi.advanceTimersByTimeAsync(3999);
    expect(drained).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(drained).toHaveBeenCalled();
    expect(posted).toHaveLength(1);
  });
});

describe('an inbox that does not answer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const slowly = () => {
    const parts = setUp();
    parts.slow.ms = 30_000;
    return parts;
  };

  it('gets events a 503 in time; what is stored after all is left to be taken up', async () => {
    const { intake, rows, run } = slowly();
    const answer = intake.deliver(event());
    await vi.advanceTimersByTimeAsync(2000);
    expect(await answer).toEqual({ status: 503, answer: '' });
    await vi.runAllTimersAsync();
    expect(rows).toMatchObject([{ done: false }]);
    expect(run).not.toHaveBeenCalled();
  });

  it('gets a command told with its text, and never done later', async () => {
    const { intake, rows, run } = slowly();
    const answer = intake.deliver(command());
    await vi.advanceTimersByTimeAsync(2000);
    expect((await answer).answer).toMatchObject({ text: expect.stringContaining('was not stored') });
    await vi.advanceTimersByTimeAsync(30_000);
    await intake.drain();
    expect(rows).toMatchObject([{ done: true, error: 'told as not stored' }]);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('resume', () => {
  const stored = (body: Record<string, unknown>, over: Partial<InboxRow> = {}): InboxRow => ({
    id: 1n,
    kind: 'command',
    body,
    receivedAt: 700,
    attempts: 1,
    ...over,
  });
  const setUpStored = (listener?: (event: ReceiverEvent) => Promise<void>) => {
    const parts = setUp(listener);
    parts.rows.push({ key: 'k', kind: 'command', body: {}, done: false, error: null });
    return parts;
  };

  it('runs what was stored, as of when it came, and posts a command’s reply', async () => {
    const { intake, posted, rows, run } = setUpStored();
    await intake.resume(stored(command()));
    expect(run.mock.calls[0]?.[0].customProperties).toEqual({ inboxId: 1n, receivedAt: 700 });
    expect(posted).toEqual([{ url: URL, reply: { text: 'Stored.' } }]);
    expect(rows).toMatchObject([{ done: true }]);
  });

  it('tells what a form is answered by direct message', async () => {
    const { intake, told } = setUpStored(async ({ ack }) =>
      ack({ response_action: 'errors', errors: { text: 'Missing: text.' } }),
    );
    const form = submission({ view: { title: { text: 'Note' }, state: { values: {} } } });
    await intake.resume(stored(form, { kind: 'interaction' }));
    expect(told).toHaveLength(1);
  });

  it.each(['event', 'command'])('of an %s rejects with what a listener threw', async (kind) => {
    const { intake, posted, rows } = setUpStored(broken);
    await expect(intake.resume(stored(command(), { kind }))).rejects.toThrow('the use case broke');
    await intake.drain();
    expect(posted).toEqual([]);
    expect(rows).toMatchObject([{ done: false }]);
  });

  it('gives a command up at the last attempt, and says so with its text; an event is parked', async () => {
    const { intake, posted, rows } = setUpStored(broken);
    await intake.resume(stored(command(), { attempts: 5 }));
    expect(posted).toMatchObject([{ reply: { text: expect.stringMatching(/not stored[\s\S]*Rolled/) } }]);
    expect(rows).toMatchObject([{ done: true }]);
    const event = stored(command(), { kind: 'event', attempts: 5 });
    await expect(intake.resume(event)).rejects.toThrow('the use case broke');
  });
});
