import { createHmac } from 'node:crypto';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../src/demo/gateway/gateway.ts';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { type Stub, startStub } from './stub.ts';

let gateway: Gateway;
let stub: Stub;
let client: WebClient;
let ana: Person;
let bo: Person;
let channel: string;

beforeAll(async () => {
  gateway = await startGateway({ retryDelays: [0, 50, 100] });
  stub = await startStub();
  gateway.deliverTo(stub.url);
  client = new WebClient(gateway.workspace.botToken, {
    slackApiUrl: gateway.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  ana = await gateway.person({ name: 'ana', realName: 'Ana Silva', tz: 'Europe/Lisbon' });
  bo = await gateway.person({ name: 'bo', tz: 'Asia/Kathmandu' });
  channel = await gateway.channel('incidents');
});

beforeEach(async () => {
  await gateway.settled();
  stub.got.length = 0;
  stub.answer = async () => ({});
});

afterEach(() => gateway.mend());

afterAll(async () => {
  await gateway.stop();
  await stub.stop();
});

async function refusal(call: Promise<unknown>): Promise<string> {
  const error: { data?: { error?: string }; message: string } = await call.then(
    () => ({ message: 'not refused' }),
    (e) => e,
  );
  return error.data?.error ?? error.message;
}

function block(text: string, ...buttons: { id: string; label: string }[]) {
  const elements = buttons.map(({ id, label }) => ({
    type: 'button',
    action_id: id,
    text: { type: 'plain_text', text: label },
    value: 'v',
  }));
  return [
    { type: 'section', text: { type: 'mrkdwn', text } },
    ...(elements.length > 0 ? [{ type: 'actions', block_id: 'b', elements }] : []),
  ];
}

const MODAL = {
  type: 'modal',
  callback_id: 'ask',
  private_metadata: 'meta',
  title: { type: 'plain_text', text: 'Ask' },
  submit: { type: 'plain_text', text: 'Go' },
  blocks: [
    {
      type: 'input',
      block_id: 'text',
      label: { type: 'plain_text', text: 'Text' },
      element: { type: 'plain_text_input', action_id: 'text', initial_value: 'first', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'kind',
      optional: true,
      label: { type: 'plain_text', text: 'Kind' },
      element: {
        type: 'multi_static_select',
        action_id: 'kind',
        options: ['a', 'b'].map((value) => ({
          text: { type: 'plain_text', text: value.toUpperCase() },
          value,
        })),
      },
    },
  ],
};

describe('events', () => {
  test('a message comes signed, in the documented envelope', async () => {
    const ts = await ana.say(channel, 'Disk <full> & @bo knows: see https://example.com/a?b=1&c=2.');
    await gateway.settled();
    const [got] = stub.events('message').filter(({ payload }) => !payload.event.subtype);
    expect(got?.payload).toMatchObject({
      type: 'event_callback',
      team_id: 'T000000001',
      api_app_id: 'A0DEBRIEF01',
      event_id: expect.stringMatching(/^Ev0[0-9A-F]{10}$/),
      event_time: expect.any(Number),
      is_ext_shared_channel: false,
      authorizations: [
        { team_id: 'T000000001', user_id: 'U0DEBRIEF01', is_bot: true, is_enterprise_install: false },
      ],
      event: {
        type: 'message',
        user: ana.id,
        channel,
        channel_type: 'channel',
        ts,
        event_ts: ts,
        text: `Disk &lt;full&gt; &amp; <@${bo.id}> knows: see <https://example.com/a?b=1&amp;c=2>.`,
      },
    });
    const base = `v0:${got?.headers['x-slack-request-timestamp']}:${got?.body}`;
    const expected = createHmac('sha256', gateway.signingSecret).update(base).digest('hex');
    expect(got?.headers['x-slack-signature']).toBe(`v0=${expected}`);
  });

  test('edits, deletions, reactions and joins', async () => {
    const ts = await bo.say(channel, 'one');
    await bo.edit(channel, ts, 'two');
    await ana.react(channel, ts, ':pushpin:');
    await ana.unreact(channel, ts, 'pushpin');
    await bo.deleteMessage(channel, ts);
    await gateway.settled();
    const events = stub.got.map(({ payload }) => payload.event);
    expect(events.find((event) => event.subtype === 'message_changed')).toMatchObject({
      channel,
      hidden: true,
      message: { ts, user: bo.id, text: 'two', edited: { user: bo.id } },
      previous_message: { ts, text: 'one' },
    });
    const item = { type: 'message', channel, ts };
    expect(stub.events('reaction_added')[0]?.payload.event).toMatchObject({
      user: ana.id,
      reaction: 'pushpin',
      item,
      item_user: bo.id,
    });
    expect(stub.events('reaction_removed')[0]?.payload.event).toMatchObject({
      user: ana.id,
      reaction: 'pushpin',
      item,
    });
    expect(events.find((event) => event.subtype === 'message_deleted')).toMatchObject({
      channel,
      deleted_ts: ts,
      previous_message: { text: 'two' },
    });
    expect(stub.events('member_joined_channel')[0]?.payload.event).toMatchObject({ user: bo.id, channel });
  });

  test("the bot's own posts and reactions come back to it", async () => {
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'headline' });
    await client.reactions.add({ channel, timestamp: ts, name: 'pushpin' });
    await gateway.settled();
    expect(stub.events('message')[0]?.payload.event).toMatchObject({
      user: 'U0DEBRIEF01',
      bot_id: 'B0DEBRIEF01',
      app_id: 'A0DEBRIEF01',
      text: 'headline',
      ts,
    });
    expect(stub.events('reaction_added')[0]?.payload.event).toMatchObject({
      user: 'U0DEBRIEF01',
      item: { ts },
    });
  });

  test('a deleted message with replies leaves a tombstone', async () => {
    const ts = await ana.say(channel, 'root');
    const reply = await bo.say(channel, 'reply', { threadTs: ts });
    await ana.deleteMessage(channel, ts);
    await gateway.settled();
    const events = stub.got.map(({ payload }) => payload.event);
    expect(events.find((event) => event.ts === reply)).toMatchObject({
      thread_ts: ts,
      parent_user_id: ana.id,
    });
    expect(events.find((event) => event.subtype === 'message_changed')).toMatchObject({
      message: { subtype: 'tombstone', ts, reply_count: 1 },
    });
  });

  test('nothing comes from channels that the bot is not in', async () => {
    await gateway.channel('elsewhere', { withoutBot: true });
    const ts = await ana.say('elsewhere', 'hello');
    await ana.react('elsewhere', ts, 'pushpin');
    await gateway.settled();
    expect(stub.got).toEqual([]);
    expect(await refusal(client.chat.postMessage({ channel: '#elsewhere', text: 'x' }))).toBe(
      'not_in_channel',
    );
    await client.chat.postMessage({ channel: '#incidents', text: 'by name' });
    const { channels = [] } = await client.conversations.list();
    const id = channels.find(({ name }) => name === 'elsewhere')?.id ?? '';
    const mine = await client.users.conversations({ types: 'public_channel', limit: 999 });
    expect(mine.channels?.map(({ name }) => name)).toContain('incidents');
    expect(mine.channels?.map(({ name }) => name)).not.toContain('elsewhere');
    expect(await refusal(client.chat.postMessage({ channel: id, text: 'x' }))).toBe('not_in_channel');
    expect(await refusal(client.conversations.history({ channel: id }))).toBe('not_in_channel');
  });

  test('a failed delivery is retried three times, with number and reason', async () => {
    stub.answer = async () => ({ status: 500 });
    await ana.say(channel, 'again');
    await gateway.settled();
    expect(
      stub.got.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(stub.got.map(({ payload }) => payload.event_id)).size).toBe(1);
    expect(gateway.events.at(-1)?.attempts).toHaveLength(4);
  });

  test('retries end with the first 2xx, and do not begin when the bot asks for none', async () => {
    let calls = 0;
    stub.answer = async () => ({ status: ++calls === 1 ? 503 : 200 });
    await ana.say(channel, 'once more');
    await gateway.settled();
    expect(stub.got).toHaveLength(2);
    stub.answer = async () => ({ status: 404, headers: { 'x-slack-no-retry': '1' } });
    await ana.say(channel, 'no retry');
    await gateway.settled();
    expect(stub.got).toHaveLength(3);
  });

  test('no answer within three seconds counts as a timeout', async () => {
    stub.answer = async () => {
      while (stub.got.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
      return {};
    };
    await ana.say(channel, 'slow');
    await gateway.settled();
    expect(stub.got[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
  });

  test('raw bodies may carry any signature', async () => {
    stub.answer = async ({ headers }) => ({ status: headers['x-slack-signature'] === 'v0=bad' ? 401 : 200 });
    expect(await gateway.sendRaw('{"a":1}', { headers: { 'x-slack-signature': 'v0=bad' } })).toMatchObject({
      status: 401,
    });
    expect(await gateway.sendRaw('{}')).toMatchObject({ status: 200 });
  });
});

describe('commands', () => {
  test('carry the documented fields, with references escaped', async () => {
    stub.answer = async () => ({ body: { text: 'noted' } });
    const reply = await ana.command('#incidents', '/incident note <b> & "x" @bo #incidents\nsecond line ');
    expect(stub.got[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(stub.got[0]?.fields).toMatchObject({
      team_id: 'T000000001',
      team_domain: 'debrief-demo',
      channel_id: channel,
      channel_name: 'incidents',
      user_id: ana.id,
      user_name: 'ana',
      command: '/incident',
      text: `note &lt;b&gt; &amp; "x" <@${bo.id}|bo> <#${channel}|incidents>\nsecond line`,
      api_app_id: 'A0DEBRIEF01',
      is_enterprise_install: 'false',
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/commands\//),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    });
    expect(reply.text).toBe('noted');
    const seen = (await ana.sees(channel)).at(-1);
    expect(seen).toMatchObject({ shown: 'noted', ephemeral: true, user: 'U0DEBRIEF01' });
    expect((await bo.sees(channel)).some(({ shown }) => shown === 'noted')).toBe(false);
  });

  test('later answers by response_url: ephemeral, in the channel, five at most', async () => {
    const reply = await ana.command(channel, '/incident help', { wait: 0 });
    const url = stub.got[0]?.fields.response_url ?? '';
    const post = (body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) });
    expect(reply.text).toBe('');
    gateway.fail('response_url', { status: 503 });
    expect((await post({ text: 'lost' })).status).toBe(503);
    expect((await post({ text: 'first' })).status).toBe(200);
    await reply.visible();
    await post({ text: 'to all', response_type: 'in_channel' });
    expect(reply.messages.map(({ text, ephemeral }) => [text, ephemeral])).toEqual([
      ['first', true],
      ['to all', false],
    ]);
    expect((await bo.sees(channel)).at(-1)).toMatchObject({ shown: 'to all', ephemeral: false });
    expect((await post({})).status).toBe(500);
    await post({ text: '4' });
    await post({ text: '5' });
    const sixth = await post({ text: '6' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
  });

  test('an answer that takes too long, or an error, is said in words', async () => {
    let answer = () => {};
    stub.answer = () => new Promise((resolve) => (answer = () => resolve({})));
    const late = await ana.command(channel, '/incident list');
    answer();
    expect(late.failure).toBe('/incident failed with the error "operation_timeout"');
    expect((await ana.sees(channel)).at(-1)).toMatchObject({ shown: late.failure, user: undefined });
    stub.answer = async () => ({ status: 500 });
    expect((await ana.command(channel, '/incident list')).failure).toContain('http_service_error');
    await expect(
      ana
        .command(channel, '/incident list', { wait: 0 })
        .then((r) => ({ ...r, failure: undefined }).visible(20)),
    ).rejects.toThrow();
  });
});

describe('views', () => {
  test('a shortcut opens a modal, once and within three seconds', async () => {
    const ts = await bo.say(channel, 'look here');
    const errors: string[] = [];
    stub.answer = async ({ payload }) => {
      if (payload.type !== 'message_action') return {};
      await client.views.open({ trigger_id: payload.trigger_id, view: MODAL as never });
      errors.push(await refusal(client.views.open({ trigger_id: payload.trigger_id, view: MODAL as never })));
      return {};
    };
    const view = await ana.shortcut('add_to_timeline', channel, ts);
    expect(errors).toEqual(['exchanged_trigger_id']);
    const { payload } = stub.got.find((got) => got.payload?.type === 'message_action') ?? {};
    expect(payload).toMatchObject({
      callback_id: 'add_to_timeline',
      team: { id: 'T000000001' },
      user: { id: ana.id, username: 'ana' },
      channel: { id: channel, name: 'incidents' },
      message_ts: ts,
      message: { ts, user: bo.id, text: 'look here', type: 'message' },
      response_url: expect.any(String),
    });
    expect(view).toMatchObject({ callback_id: 'ask', private_metadata: 'meta', hash: expect.any(String) });
    await expect(bo.shortcut('other', channel, '1.000001')).rejects.toThrow('No message');
  });

  test('a trigger dies after three seconds', async () => {
    let late = '';
    stub.answer = async ({ fields }) => {
      setTimeout(async () => {
        late = await refusal(
          client.views.open({ trigger_id: fields.trigger_id ?? '', view: MODAL as never }),
        );
      }, 3100);
      return {};
    };
    await ana.command(channel, '/incident declare', { wait: 0 });
    await expect.poll(() => late, { timeout: 60_000 }).toBe('expired_trigger_id');
  });

  test('submitting sends the state; errors, update, push, clear', async () => {
    const answers: unknown[] = [
      { response_action: 'errors', errors: { text: 'Too vague' } },
      { response_action: 'update', view: { ...MODAL, callback_id: 'second' } },
      { response_action: 'push', view: { ...MODAL, callback_id: 'third' } },
      { response_action: 'clear' },
    ];
    stub.answer = async ({ fields, payload }) => {
      if (fields.command)
        await client.views.open({ trigger_id: fields.trigger_id ?? '', view: MODAL as never });
      return payload?.type === 'view_submission' ? { body: answers.shift() } : {};
    };
    const { view } = await ana.command(channel, '/incident declare');
    if (!view) throw new Error('no modal');
    expect(await ana.submit(view, { text: '' })).toMatchObject({
      kind: 'errors',
      byClient: true,
      errors: { text: expect.any(String) },
    });
    expect(await ana.submit(view, { text: 'x'.repeat(21) })).toMatchObject({
      kind: 'errors',
      byClient: true,
    });
    await expect(ana.submit(view, { nothing: 'x' })).rejects.toThrow(/no field nothing/);
    await expect(ana.submit(view, { text: 'ok', kind: ['z'] })).rejects.toThrow(/no option/);
    expect(await ana.submit(view, { text: 'new', kind: ['b', 'A'] })).toEqual({
      kind: 'errors',
      errors: { text: 'Too vague' },
      byClient: false,
    });
    const { payload } = stub.got.at(-1) ?? {};
    expect(payload.view).toMatchObject({
      id: view.id,
      private_metadata: 'meta',
      state: {
        values: {
          text: { text: { type: 'plain_text_input', value: 'new' } },
          kind: { kind: { type: 'multi_static_select', selected_options: [{ value: 'b' }, { value: 'a' }] } },
        },
      },
    });
    const updated = await ana.submit(view);
    expect(updated).toMatchObject({ kind: 'updated', view: { id: view.id, callback_id: 'second' } });
    const pushed = await ana.submit(view);
    expect(pushed).toMatchObject({ kind: 'pushed', view: { callback_id: 'third', root_view_id: view.id } });
    expect(pushed.kind === 'pushed' && (await ana.submit(pushed.view))).toEqual({ kind: 'cleared' });
    await expect(ana.submit(view)).rejects.toThrow('closed already');
  });

  test('views that Slack would refuse are refused, with the place of the fault', async () => {
    let error: { data?: { error?: string; response_metadata?: { messages?: string[] } } } = {};
    stub.answer = async ({ fields }) => {
      const title = { type: 'plain_text', text: 'A title that is far too long' };
      error = await client.views
        .open({ trigger_id: fields.trigger_id ?? '', view: { ...MODAL, title } as never })
        .catch((e) => e);
      return { body: 'done' };
    };
    await ana.command(channel, '/incident declare');
    expect(error.data?.error).toBe('invalid_arguments');
    expect(error.data?.response_metadata?.messages?.join()).toContain('/view/title/text');
  });

  test('the Home tab', async () => {
    stub.answer = async ({ payload }) => {
      if (payload?.event?.type !== 'app_home_opened') return {};
      await client.views.publish({
        user_id: payload.event.user,
        view: { type: 'home', blocks: block('Open: 1') } as never,
      });
      return {};
    };
    expect(await ana.openHome()).toMatchObject({ type: 'home', blocks: [{ text: { text: 'Open: 1' } }] });
    expect(stub.events('app_home_opened')[0]?.payload.event).toMatchObject({
      user: ana.id,
      tab: 'home',
      channel: expect.stringMatching(/^D/),
    });
  });
});

describe('buttons', () => {
  test('in a message: the payload has message, container and a response_url that can replace it', async () => {
    const { ts = '' } = await client.chat.postMessage({
      channel,
      text: 'choose',
      blocks: block('choose', { id: 'go', label: 'Go on' }),
    });
    const message = (await bo.sees(channel)).find((seen) => seen.ts === ts);
    if (!message) throw new Error('not seen');
    const reply = await bo.press(message, 'Go on');
    const { payload } = stub.got.find((got) => got.payload?.type === 'block_actions') ?? {};
    expect(payload).toMatchObject({
      user: { id: bo.id },
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'incidents' },
      message: { ts, text: 'choose', bot_id: 'B0DEBRIEF01' },
      state: { values: {} },
      actions: [{ action_id: 'go', block_id: 'b', type: 'button', value: 'v', text: { text: 'Go on' } }],
    });
    await fetch(payload.response_url, {
      method: 'POST',
      body: JSON.stringify({ replace_original: true, text: 'gone on' }),
    });
    expect(reply.text).toBe('gone on');
    expect((await ana.sees(channel)).find((seen) => seen.ts === ts)?.shown).toBe('gone on');
    await expect(bo.press(message, 'Nothing')).rejects.toThrow(/Go on \(go\)/);
  });

  test('in what only one person sees: no message in the payload; replace and delete', async () => {
    await bo.join(channel);
    await client.chat.postEphemeral({
      channel,
      user: bo.id,
      text: 'which?',
      blocks: block('which?', { id: 'pick_1', label: 'One' }, { id: 'pick_2', label: 'Two' }),
    });
    const message = (await bo.sees(channel)).at(-1);
    if (!message) throw new Error('not seen');
    expect(message).toMatchObject({ ephemeral: true, shown: 'which?\n[One] [Two]' });
    expect((await ana.sees(channel)).some(({ text }) => text === 'which?')).toBe(false);
    await bo.press(message, /^pick_2/);
    const { payload } = stub.got.find((got) => got.payload?.type === 'block_actions') ?? {};
    expect(payload.message).toBeUndefined();
    expect(payload.container).toMatchObject({ is_ephemeral: true, message_ts: message.ts });
    expect(payload.actions[0].action_id).toBe('pick_2');
    const post = (body: object) =>
      fetch(payload.response_url, { method: 'POST', body: JSON.stringify(body) });
    await post({ replace_original: true, text: 'two it is' });
    expect((await bo.sees(channel)).find(({ ts }) => ts === message.ts)?.shown).toBe('two it is');
    await post({ delete_original: true });
    expect((await bo.sees(channel)).some(({ ts }) => ts === message.ts)).toBe(false);
  });

  test('a press may open a modal, and choices in it stay until it is submitted', async () => {
    const radio = {
      type: 'input',
      block_id: 'reading',
      dispatch_action: true,
      label: { type: 'plain_text', text: 'Which' },
      element: {
        type: 'radio_buttons',
        action_id: 'reading',
        options: ['x', 'y'].map((value) => ({ text: { type: 'plain_text', text: value }, value })),
      },
    };
    stub.answer = async ({ payload }) => {
      if (payload?.type === 'block_actions' && payload.container.type === 'message') {
        await client.views.open({
          trigger_id: payload.trigger_id,
          view: { ...MODAL, blocks: [radio] } as never,
        });
      }
      return {};
    };
    await client.chat.postMessage({ channel, text: 't', blocks: block('t', { id: 'open', label: 'Open' }) });
    const reply = await ana.press((await ana.sees(channel)).at(-1) as never, 'open');
    const { view } = await reply.visible();
    if (!view) throw new Error('no modal');
    await ana.press(view, 'reading', 'y');
    expect(stub.got.at(-1)?.payload).toMatchObject({
      container: { type: 'view', view_id: view.id },
      actions: [{ type: 'radio_buttons', selected_option: { value: 'y' } }],
      view: { state: { values: { reading: { reading: { selected_option: { value: 'y' } } } } } },
    });
    expect(await ana.submit(view)).toEqual({ kind: 'closed' });
    expect(stub.got.at(-1)?.payload.view.state.values.reading.reading.selected_option.value).toBe('y');
  });
});

describe('the Web API', () => {
  test('users have their zone, its offset and its name', async () => {
    const { user } = await client.users.info({ user: bo.id });
    expect(user).toMatchObject({
      name: 'bo',
      tz: 'Asia/Kathmandu',
      tz_offset: 20_700,
      tz_label: 'Nepal Time',
    });
    expect(user?.profile?.display_name).toBe('bo');
    const { members = [] } = await client.users.list({});
    expect(members.map(({ name }) => name).sort()).toEqual(['ana', 'bo', 'debrief']);
    await bo.setZone('America/New_York');
    await gateway.settled();
    expect(stub.events('user_change')[0]?.payload.event.user).toMatchObject({
      id: bo.id,
      tz: 'America/New_York',
    });
  });

  test('metadata comes with history only when asked for; history keeps to its limits', async () => {
    const metadata = { event_type: 'entry', event_payload: { n: 1 } };
    const first = (await client.chat.postMessage({ channel, text: '1', metadata })).ts ?? '';
    const second = (await client.chat.postMessage({ channel, text: '2' })).ts ?? '';
    const plain = await client.conversations.history({ channel, oldest: first, inclusive: true });
    expect(plain.messages?.map(({ text }) => text)).toEqual(['2', '1']);
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
    const full = await client.conversations.history({
      channel,
      oldest: first,
      latest: second,
      inclusive: true,
      include_all_metadata: true,
    });
    expect(full.messages?.[1]).toMatchObject({ metadata });
    expect((await client.conversations.history({ channel, oldest: first })).messages).toHaveLength(1);
    const page = await client.conversations.history({ channel, limit: 1 });
    expect(page).toMatchObject({ has_more: true, messages: [{ text: '2' }] });
    const next = await client.conversations.history({
      channel,
      limit: 1,
      cursor: page.response_metadata?.next_cursor,
    });
    expect(next.messages?.[0]).toMatchObject({ text: '1' });
    const thread = await client.chat.postMessage({ channel, text: '3', thread_ts: first });
    const { messages } = await client.conversations.replies({ channel, ts: first });
    expect(messages?.map(({ ts }) => ts)).toEqual([first, thread.ts]);
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: thread.ts ?? '' });
    expect(permalink).toBe(
      `${gateway.url}/archives/${channel}/p${thread.ts?.replace('.', '')}?thread_ts=${first}&cid=${channel}`,
    );
  });

  test('refusals are the documented ones', async () => {
    const ts = await ana.say(channel, 'x');
    await client.reactions.add({ channel, timestamp: ts, name: 'eyes' });
    expect(await refusal(client.reactions.add({ channel, timestamp: ts, name: 'eyes' }))).toBe(
      'already_reacted',
    );
    expect(await refusal(client.reactions.add({ channel, timestamp: ts, name: 'Not One' }))).toBe(
      'invalid_name',
    );
    expect(await refusal(client.reactions.remove({ channel, timestamp: ts, name: 'boom' }))).toBe(
      'no_reaction',
    );
    expect(await refusal(client.reactions.add({ channel, timestamp: '1.000001', name: 'eyes' }))).toBe(
      'message_not_found',
    );
    expect(await refusal(client.conversations.create({ name: 'incidents' }))).toBe('name_taken');
    expect(await refusal(client.conversations.create({ name: 'A b!' }))).toBe('invalid_name_specials');
    expect(await refusal(client.conversations.invite({ channel, users: ana.id }))).toBe('already_in_channel');
    expect(await refusal(client.conversations.invite({ channel, users: 'UNOBODY' }))).toBe('user_not_found');
    expect(await refusal(client.chat.update({ channel, ts, text: 'not mine' }))).toBe('cant_update_message');
    expect(await refusal(client.users.info({ user: 'UNOBODY' }))).toBe('user_not_found');
    expect(
      await refusal(
        client.chat.postMessage({ channel, text: 'x', blocks: block('x'.repeat(3001)) as never }),
      ),
    ).toBe('invalid_blocks');
    expect(await refusal(client.apiCall('nothing.here'))).toBe('unknown_method');
    expect(await refusal(client.apiCall('views.generateTriggerId'))).toBe('unknown_method');
    expect(await refusal(client.canvases.create({}))).toMatch(/^free_teams/);
    expect(await refusal(client.usergroups.list())).toBe('plan_upgrade_required');
    const stranger = new WebClient('xoxb-other', {
      slackApiUrl: gateway.apiUrl,
      retryConfig: { retries: 0 },
    });
    expect(await refusal(stranger.auth.test())).toBe('invalid_auth');
    expect(await refusal(new WebClient(undefined, { slackApiUrl: gateway.apiUrl }).auth.test())).toBe(
      'not_authed',
    );
  });

  test('a private channel does not exist for those outside', async () => {
    const hidden = await gateway.channel('secret', { private: true, withoutBot: true });
    expect(await refusal(client.chat.postMessage({ channel: hidden, text: 'x' }))).toBe('channel_not_found');
    const own = await gateway.channel('ours', { private: true });
    await expect(ana.say('ours', 'x')).rejects.toThrow('sees no channel');
    await client.conversations.invite({ channel: own, users: ana.id });
    await ana.say('ours', 'x');
    await gateway.settled();
    expect(stub.events('message').at(-1)?.payload.event).toMatchObject({ channel_type: 'group', text: 'x' });
  });

  test('files and direct messages', async () => {
    await client.filesUploadV2({
      channel_id: channel,
      filename: 'draft.md',
      content: '# Draft\n',
      initial_comment: 'The draft',
    });
    const seen = (await ana.sees(channel)).find(({ files }) => files.length > 0);
    expect(seen).toMatchObject({ text: 'The draft', files: [{ name: 'draft.md' }] });
    expect(await ana.download(seen?.files[0] ?? {})).toBe('# Draft\n');
    await gateway.settled();
    expect(stub.events('file_shared')).toHaveLength(1);
    expect(stub.events('message').at(-1)?.payload.event).toMatchObject({ subtype: 'file_share', channel });
    expect(await bo.dms()).toEqual([]);
    await client.chat.postMessage({ channel: bo.id, text: 'for you' });
    expect((await bo.dms()).map(({ shown }) => shown)).toEqual(['for you']);
    expect(await ana.dms()).toEqual([]);
  });

  test('faults: error, status, rate limit, reset after the work is done', async () => {
    gateway.fail('chat.postMessage', { error: 'fatal_error', times: 2 });
    expect(await refusal(client.chat.postMessage({ channel, text: 'f1' }))).toBe('fatal_error');
    expect(await refusal(client.chat.postMessage({ channel, text: 'f1' }))).toBe('fatal_error');
    gateway.fail('chat.postMessage', { status: 503 });
    expect(await refusal(client.chat.postMessage({ channel, text: 'f2' }))).toContain('503');
    gateway.fail('chat.postMessage', { retryAfter: 7 });
    expect(await client.chat.postMessage({ channel, text: 'f3' }).catch((e) => e)).toMatchObject({
      retryAfter: 7,
    });
    gateway.fail('chat.postMessage', { resetAfterAccept: true });
    await expect(client.chat.postMessage({ channel, text: 'f4' })).rejects.toThrow();
    gateway.fail('chat.postMessage', { hang: 50 });
    await client.chat.postMessage({ channel, text: 'f5' });
    const texts = (await ana.sees(channel)).map(({ text }) => text).filter((text) => /^f\d$/.test(text));
    expect(texts).toEqual(['f4', 'f5']);
    const recorded = gateway.calls.filter(({ args }) => /^f\d$/.test(String(args.text)));
    expect(recorded.map(({ args, ok, error }) => [args.text, ok, error])).toEqual([
      ['f1', false, 'fatal_error'],
      ['f1', false, 'fatal_error'],
      ['f2', false, 'http 503'],
      ['f3', false, 'ratelimited'],
      ['f4', true, undefined],
      ['f5', true, undefined],
    ]);
    expect(JSON.stringify(gateway.calls)).not.toContain(gateway.workspace.botToken);
  });

  test('messages may be dated, and stay in order', async () => {
    const dated = await gateway.channel('dated');
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    const late = await ana.say(dated, 'late', { at: at + 60_000 });
    const early = await ana.say(dated, 'early', { at });
    expect([early, late]).toEqual(['1767323045.678000', '1767323105.678000']);
    expect((await bo.sees(dated)).map(({ text }) => text)).toEqual(['early', 'late']);
    await bo.react(dated, early, 'pushpin');
    await gateway.settled();
    expect(stub.events('reaction_added')[0]?.payload.event.item.ts).toBe(early);
  });

  test('the inspector is at its address', async () => {
    const page = await (await fetch(gateway.url)).text();
    expect(page).toContain('incidents');
  });
});

test('what the app did not ask for is neither granted nor delivered', async () => {
  const small = await startGateway({ scopes: ['chat:write', 'channels:manage'], events: ['reaction_added'] });
  try {
    small.deliverTo(stub.url);
    const limited = new WebClient(small.workspace.botToken, {
      slackApiUrl: small.apiUrl,
      retryConfig: { retries: 0 },
    });
    const general = await small.channel('team');
    const cleo = await small.person({ name: 'cleo', tz: 'UTC' });
    const ts = await cleo.say(general, 'hello');
    await cleo.react(general, ts, 'eyes');
    await small.settled();
    expect(stub.got.map(({ payload }) => payload.event.type)).toEqual(['reaction_added']);
    await limited.chat.postMessage({ channel: general, text: 'x' });
    expect(await refusal(limited.reactions.add({ channel: general, timestamp: ts, name: 'eyes' }))).toBe(
      'missing_scope',
    );
    expect(await refusal(limited.users.info({ user: cleo.id }))).toBe('missing_scope');
  } finally {
    await small.stop();
  }
});
