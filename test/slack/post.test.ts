import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it, vi } from 'vitest';
import { conversationWith, postOnce } from '../../src/slack/post.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';

const TRIED = Date.parse('2026-03-10T12:00:00Z');
const MESSAGE = { text: 'INC-42: it is &lt;down&gt;', blocks: [] };

interface Posted {
  ts?: string;
  text?: string;
  bot_id?: string;
  metadata?: object;
}

/** `messages`: what Slack has, a page or several. */
function setUp(messages: Posted[] | Posted[][] = [], answer: object = { ok: true, ts: '9.9' }) {
  const pages = Array.isArray(messages[0]) ? (messages as Posted[][]) : [messages as Posted[]];
  const read = async ({ cursor = '0' }: { cursor?: string }) => {
    const next = Number(cursor) + 1;
    return {
      messages: pages[Number(cursor)] ?? [],
      response_metadata: { next_cursor: next < pages.length ? String(next) : '' },
    };
  };
  const history = vi.fn(read);
  const replies = vi.fn(read);
  const postMessage = vi.fn(async (_: object) => answer);
  const open = vi.fn(async (_: object): Promise<object> => ({ channel: { id: 'D1' } }));
  const client = { conversations: { history, replies, open }, chat: { postMessage } };
  const deps = { client, self: { botId: 'B1', userId: 'UBOT' } } as unknown as StepDeps;
  const written: (string | undefined)[] = [];
  const write = async <T>(call: () => Promise<T>, channel?: string): Promise<T> => {
    written.push(channel);
    return call();
  };
  const first = { id: 7n, unsureSince: null, looked: null, write };
  const post = (part?: string) => postOnce(deps, first, 'C1', MESSAGE, part);
  const unsure: Parameters<typeof postOnce>[1] = { ...first, unsureSince: TRIED };
  const again = (threadTs?: string, part?: string) => postOnce(deps, unsure, 'C1', MESSAGE, part, threadTs);
  return { deps, post, again, written, history, replies, postMessage, open };
}

const mark = (op: string) => ({ event_type: 'debrief_post', event_payload: { op } });

describe('a message', () => {
  it('is posted at the first try without a look, with our mark', async () => {
    const { post, written, history, postMessage } = setUp([{ ts: '5.5', metadata: mark('7-post') }]);
    expect(await post()).toBe('9.9');
    expect(written).toEqual(['C1']);
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
    const { again, postMessage, history } = setUp(messages);
    expect(await again()).toBe('6.6');
    expect(postMessage).not.toHaveBeenCalled();
    // A minute before the first try, for clocks that differ.
    expect(history).toHaveBeenCalledWith(
      expect.objectContaining({
        channel: 'C1',
        oldest: String(TRIED / 1000 - 60),
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
    ['another app with the same words', [{ ts: '6.6', text: MESSAGE.text, bot_id: 'B2' }]],
    ['other words of ours', [{ ts: '6.6', text: 'INC-42', bot_id: 'B1' }]],
    ['a mark without a time', [{ metadata: mark('7-post') }]],
  ])('is posted again where only %s is found', async (_, messages) => {
    const { again, postMessage } = setUp(messages);
    expect(await again()).toBe('9.9');
    expect(postMessage).toHaveBeenCalledTimes(1);
  });

  const others = (from: number): Posted[] =>
    Array.from({ length: 200 }, (_, n) => ({ ts: `${from + n}.0`, text: 'other', bot_id: 'B1' }));

  it('is found on the third page, and by its mark though an earlier page has the same words', async () => {
    const same = { ts: '1.1', text: MESSAGE.text, bot_id: 'B1' };
    const found = { ts: '6.6', text: MESSAGE.text, metadata: mark('7-post') };
    const { again, history, postMessage } = setUp([[...others(100), same], others(400), [found]]);
    expect(await again()).toBe('6.6');
    expect(postMessage).not.toHaveBeenCalled();
    expect(history.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, '1', '2']);
  });

  it('in a thread is looked for there, on every page', async () => {
    const { again, history, replies } = setUp([others(100), [{ ts: '6.6', metadata: mark('7-post') }]]);
    expect(await again('5.5')).toBe('6.6');
    expect(history).not.toHaveBeenCalled();
    expect(replies.mock.calls.map(([asked]) => asked)).toMatchObject([{ ts: '5.5' }, { ts: '5.5' }]);
  });

  it.each(['not_in_channel', 'channel_not_found', 'missing_scope'])(
    'is posted where Slack lets us not look (%s)',
    async (error) => {
      const { again, history, postMessage } = setUp();
      history.mockRejectedValueOnce(new WebAPIPlatformError({ ok: false, error }));
      expect(await again()).toBe('9.9');
      expect(postMessage).toHaveBeenCalledTimes(1);
    },
  );

  it('is not posted while Slack does not answer whether it is there', async () => {
    const { again, history, postMessage } = setUp();
    history.mockRejectedValueOnce(new WebAPIRateLimitedError(30));
    await expect(again()).rejects.toThrow(WebAPIRateLimitedError);
    expect(postMessage).not.toHaveBeenCalled();
  });

  describe('where Slack gives a page a minute', () => {
    const busy = new WebAPIRateLimitedError(60);
    const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

    it('is looked for from where the try before had to stop', async () => {
      const { again, history, postMessage } = setUp([
        others(100),
        others(400),
        [{ ts: '6.6', metadata: mark('7-post') }],
      ]);
      const read = history.getMockImplementation() as typeof history;
      history.mockImplementation(async (asked) => {
        // Every second request is one too many.
        if (history.mock.calls.length % 2 === 0) throw busy;
        return read(asked);
      });
      await expect(again()).rejects.toThrow(busy);
      await expect(again()).rejects.toThrow(busy);
      expect(await again()).toBe('6.6');
      expect(history.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, '1', '1', '2', '2']);
      expect(postMessage).not.toHaveBeenCalled();
    });

    it('is known by its words from an earlier page', async () => {
      const same = { ts: '1.1', text: MESSAGE.text, bot_id: 'B1' };
      const { again, history, postMessage } = setUp([[same], others(400)]);
      const read = history.getMockImplementation() as typeof history;
      history.mockImplementationOnce(read).mockRejectedValueOnce(busy);
      await expect(again()).rejects.toThrow(busy);
      expect(await again()).toBe('1.1');
      expect(postMessage).not.toHaveBeenCalled();
    });

    it('is looked for anew where the cursor did not last, or was for another part', async () => {
      const { again, history, postMessage } = setUp([[{ ts: '6.6', metadata: mark('7-post') }], others(400)]);
      const read = history.getMockImplementation() as typeof history;
      history.mockImplementationOnce(read).mockRejectedValueOnce(busy);
      await expect(again(undefined, 'no-file')).rejects.toThrow(busy);
      history.mockRejectedValueOnce(refused('invalid_cursor')).mockImplementationOnce(read);
      history.mockRejectedValueOnce(busy);
      await expect(again(undefined, 'no-file')).rejects.toThrow(busy);
      expect(await again()).toBe('6.6');
      const cursors = history.mock.calls.map(([{ cursor }]) => cursor);
      expect(cursors).toEqual([undefined, '1', '1', undefined, '1', undefined]);
      expect(postMessage).not.toHaveBeenCalled();
    });
  });

  it('has a mark for each part of its step', async () => {
    const { post, postMessage } = setUp();
    await post('no-file');
    expect(postMessage).toHaveBeenCalledWith(expect.objectContaining({ metadata: mark('7-no-file') }));
  });

  it('that Slack answers without a ts is a fault', async () => {
    await expect(setUp([], { ok: true }).post()).rejects.toThrow('without a ts');
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
