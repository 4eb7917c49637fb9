import { describe, expect, it, vi } from 'vitest';
import { conversationWith, postOnce } from '../../src/slack/post.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';

const CREATED = Date.parse('2026-03-10T12:00:00Z');
const MESSAGE = { text: 'INC-42: it is &lt;down&gt;', blocks: [] };

interface Posted {
  ts?: string;
  text?: string;
  bot_id?: string;
  metadata?: object;
}

function setUp(messages: Posted[] = [], answer: object = { ok: true, ts: '9.9' }) {
  const history = vi.fn(async (_: object) => ({ messages }));
  const postMessage = vi.fn(async (_: object) => answer);
  const open = vi.fn(async (_: object): Promise<object> => ({ channel: { id: 'D1' } }));
  const client = { conversations: { history, open }, chat: { postMessage } };
  const deps = { client } as unknown as StepDeps;
  const post = (attempt: number, part?: string) =>
    postOnce(deps, { id: 7n, attempt, createdAt: CREATED }, 'C1', MESSAGE, part);
  return { deps, post, history, postMessage, open };
}

const mark = (op: string) => ({ event_type: 'debrief_post', event_payload: { op } });

describe('a message', () => {
  it('is posted at the first try without a look, with our mark', async () => {
    const { post, history, postMessage } = setUp([{ ts: '5.5', metadata: mark('7-post') }]);
    expect(await post(1)).toBe('9.9');
    expect(history).not.toHaveBeenCalled();
    expect(postMessage).toHaveBeenCalledExactlyOnceWith({
      channel: 'C1',
      ...MESSAGE,
      unfurl_links: false,
      unfurl_media: false,
      metadata: mark('7-post'),
    });
  });

  it.each<[string, Posted[]]>([
    ['by its mark', [{ ts: '6.6', text: 'changed since', metadata: mark('7-post') }]],
    ['by its words where Slack returns no mark', [{ ts: '6.6', text: MESSAGE.text, bot_id: 'B1' }]],
    [
      'by its mark before its words',
      [
        { ts: '8.8', text: MESSAGE.text, bot_id: 'B1' },
        { ts: '6.6', metadata: mark('7-post') },
      ],
    ],
  ])('is not posted again: found %s', async (_, messages) => {
    const { post, postMessage, history } = setUp(messages);
    expect(await post(2)).toBe('6.6');
    expect(postMessage).not.toHaveBeenCalled();
    // A minute before the step was written, for clocks that differ.
    expect(history).toHaveBeenCalledWith(
      expect.objectContaining({
        channel: 'C1',
        oldest: String(CREATED / 1000 - 60),
        include_all_metadata: true,
      }),
    );
  });

  it.each<[string, Posted[]]>([
    ['nothing', []],
    [
      'the mark of another step',
      [{ ts: '6.6', text: MESSAGE.text, bot_id: 'B1', metadata: mark('77-post') }],
    ],
    ['the mark of another part', [{ ts: '6.6', metadata: mark('7-no-file') }]],
    ['a person with the same words', [{ ts: '6.6', text: MESSAGE.text }]],
    ['other words of ours', [{ ts: '6.6', text: 'INC-42', bot_id: 'B1' }]],
    ['a mark without a time', [{ metadata: mark('7-post') }]],
  ])('is posted again where only %s is found', async (_, messages) => {
    const { post, postMessage } = setUp(messages);
    expect(await post(2)).toBe('9.9');
    expect(postMessage).toHaveBeenCalledTimes(1);
  });

  it('has a mark for each part of its step', async () => {
    const { post, postMessage } = setUp();
    await post(1, 'no-file');
    expect(postMessage).toHaveBeenCalledWith(expect.objectContaining({ metadata: mark('7-no-file') }));
  });

  it('that Slack answers without a ts is a fault', async () => {
    await expect(setUp([], { ok: true }).post(1)).rejects.toThrow('without a ts');
  });
});

describe('conversationWith', () => {
  it('opens a direct message with a person, and leaves a channel as it is', async () => {
    const { deps, open } = setUp();
    for (const id of ['C1', 'G1', 'D1']) expect(await conversationWith(deps.client, id)).toBe(id);
    expect(open).not.toHaveBeenCalled();
    for (const id of ['U1', 'W1']) expect(await conversationWith(deps.client, id)).toBe('D1');
    expect(open).toHaveBeenLastCalledWith({ users: 'W1' });
    open.mockResolvedValueOnce({});
    await expect(conversationWith(deps.client, 'U1')).rejects.toThrow('without a channel');
  });
});
