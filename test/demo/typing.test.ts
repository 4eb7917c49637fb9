import { describe, expect, test } from 'vitest';
import { withIds } from '../../src/demo/gateway/blocks.ts';
import { blockFaults, viewFaults } from '../../src/demo/gateway/limits.ts';
import { clientFaults, elementValue } from '../../src/demo/gateway/people/inputs.ts';
import { encodeTyped } from '../../src/demo/gateway/people/typed.ts';
import { plain, shownMessage } from '../../src/demo/gateway/shown.ts';
import { Timestamps } from '../../src/demo/gateway/timestamps.ts';
import { timeThenText, typedTime, utcLabel } from '../../src/demo/replay/wallClock.ts';

const directory = {
  people: new Map([
    ['ana', 'U1'],
    ['bo.chen', 'U2'],
  ]),
  channels: new Map([['inc-1', 'C1']]),
};

const READER = { name: () => 'ana', zone: 'Asia/Kathmandu', now: Date.UTC(2025, 8, 24) };

describe('encodeTyped', () => {
  test.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['ask @ana, then @Bo.Chen.', 'ask <@U1>, then <@U2>.'],
    ['@nobody and mail@ana', '@nobody and mail@ana'],
    ['me@example.com', '<mailto:me@example.com|me@example.com>'],
    ['@here look at #inc-1 and #none', '<!here> look at <#C1|inc-1> and #none'],
    ['(https://x.org/a?b=1&c=2).', '(<https://x.org/a?b=1&amp;c=2>).'],
    ['`@ana <b>` and ```https://x.org```', '`@ana &lt;b&gt;` and ```https://x.org```'],
    ['<@U1> and <@U9>', '<@U1> and &lt;@U9&gt;'],
    ['שלום 🚀\nline two', 'שלום 🚀\nline two'],
  ])('%s', (typed, sent) => expect(encodeTyped(typed, directory, false)).toBe(sent));

  test('commands name whom they mention', () => {
    expect(encodeTyped('lead @ana', directory, true)).toBe('lead <@U1|ana>');
  });

  test('what was encoded reads as it was typed', () => {
    const typed = 'a < b & @ana #inc-1 https://x.org/?a=1&b=2 me@x.org @here';
    const reader = { ...READER, name: (id: string) => (id === 'U1' ? 'ana' : undefined) };
    expect(plain(encodeTyped(typed, directory, true), reader)).toBe(typed);
  });
});

describe('wall clock', () => {
  test('is typed in the zone, with seconds where there are some', () => {
    const at = Date.UTC(2025, 8, 23, 17, 18, 0);
    expect(typedTime(at, 'Asia/Kathmandu')).toBe('2025-09-23 23:03');
    expect(typedTime(at + 5000, 'UTC')).toBe('2025-09-23 17:18:05');
    expect(typedTime(at + 400, 'UTC')).toBe('2025-09-23 17:18');
    expect(utcLabel(at)).toBe('2025-09-23 17:18 UTC');
  });

  test.each([
    ['First customer report', '17:18 First customer report'],
    ['"Quoted" start', '17:18 | "Quoted" start'],
    ['UTC clocks drift', '17:18 | UTC clocks drift'],
    ['Berlin office lost power', '17:18 | Berlin office lost power'],
    ['pm shift begins', '17:18 | pm shift begins'],
    ['5xx errors', '17:18 | 5xx errors'],
    ['- a list', '17:18 | - a list'],
    ['New York office', '17:18 | New York office'],
    ['התקלה החלה', '17:18 התקלה החלה'],
  ])('a text that might go on with the time is set apart: %s', (text, line) =>
    expect(timeThenText('17:18', text)).toBe(line),
  );
});

describe('Timestamps', () => {
  test('exchanges the ids of the emulator for ones by our clock, both ways', () => {
    let now = 1_700_000_000_000;
    const timestamps = new Timestamps(() => now);
    expect(timestamps.outward('{"ts":"1600000000.000001","thread_ts":"1600000000.000001"}')).toBe(
      '{"ts":"1700000000.000000","thread_ts":"1700000000.000000"}',
    );
    expect(timestamps.outward('"1600000000.000002"')).toBe('"1700000000.000001"');
    now += 1500;
    expect(timestamps.outward('"1600000000.000003"')).toBe('"1700000001.500000"');
    expect(timestamps.outward('"1600000000.000004"', 1_000_000_000_000)).toBe('"1000000000.000000"');
    expect(timestamps.outward('"1600000000.000005"', 1_000_000_000_000)).toBe('"1000000000.000001"');
    expect(timestamps.inward('{"ts":"1700000001.500000","other":"1800000000.000000"}')).toBe(
      '{"ts":"1600000000.000003","other":"1800000000.000000"}',
    );
    expect(timestamps.outward('"0000000000.000000" 1600000000.000009')).toBe(
      '"0000000000.000000" 1600000000.000009',
    );
  });
});

const text = (value: string) => ({ type: 'plain_text', text: value });
const mrkdwn = (value: string) => ({ type: 'mrkdwn', text: value });

describe("Slack's limits", () => {
  test.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['a long section', [{ type: 'section', text: mrkdwn('x'.repeat(3001)) }]],
    ['an empty section', [{ type: 'section', text: mrkdwn('') }]],
    ['a section of nothing', [{ type: 'section' }]],
    ['a long header', [{ type: 'header', text: text('x'.repeat(151)) }]],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }]],
    ['eleven fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }]],
    [
      'eleven elements of context',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) }],
    ],
    ['no elements in actions', [{ type: 'actions', elements: [] }]],
    [
      'a long label',
      [{ type: 'actions', elements: [{ type: 'button', action_id: 'a', text: text('x'.repeat(76)) }] }],
    ],
    [
      'a long value',
      [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'a', text: text('x'), value: 'x'.repeat(2001) }],
        },
      ],
    ],
    [
      '101 options',
      [
        {
          type: 'actions',
          elements: [
            {
              type: 'static_select',
              action_id: 'a',
              options: Array.from({ length: 101 }, (_, i) => ({ text: text(`${i}`), value: `${i}` })),
            },
          ],
        },
      ],
    ],
    ['no options', [{ type: 'actions', elements: [{ type: 'radio_buttons', action_id: 'a', options: [] }] }]],
    [
      'a block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
    ],
    ['an unknown block', [{ type: 'sektion' }]],
  ])('refuses %s', (_, blocks) => expect(blockFaults(blocks)).toHaveLength(1));

  test('takes what is just within', () => {
    const blocks = [
      ...Array.from({ length: 47 }, () => ({ type: 'divider' })),
      { type: 'section', text: mrkdwn('x'.repeat(3000)) },
      { type: 'header', text: text('x'.repeat(150)) },
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'a', text: text('x'.repeat(75)), value: 'x'.repeat(2000) }],
      },
    ];
    expect(blockFaults(blocks)).toEqual([]);
    const input = { type: 'input', label: text('L'), element: { type: 'plain_text_input', action_id: 'a' } };
    expect(
      viewFaults({ type: 'modal', title: text('x'.repeat(24)), submit: text('Go'), blocks: [input] }),
    ).toEqual([]);
    expect(viewFaults({ type: 'modal', title: text('x'), blocks: [input] })).toEqual([
      expect.stringContaining('`submit` is required'),
    ]);
    expect(viewFaults({ type: 'modal', blocks: [] })).toEqual([expect.stringContaining('title')]);
    expect(viewFaults({ type: 'home', blocks: [], private_metadata: 'x'.repeat(3001) })).toHaveLength(1);
  });
});

describe('inputs', () => {
  test.each([
    [{ type: 'plain_text_input', initial_value: 'x' }, undefined, { value: 'x' }],
    [{ type: 'plain_text_input', initial_value: 'x' }, null, { value: null }],
    [{ type: 'users_select' }, 'U1', { selected_user: 'U1' }],
    [{ type: 'multi_users_select', initial_users: ['U1'] }, undefined, { selected_users: ['U1'] }],
    [{ type: 'conversations_select' }, 'C1', { selected_conversation: 'C1' }],
    [{ type: 'datepicker' }, '2026-01-02', { selected_date: '2026-01-02' }],
    [{ type: 'timepicker' }, '14:05', { selected_time: '14:05' }],
    [{ type: 'datetimepicker' }, '1700000000', { selected_date_time: 1_700_000_000 }],
    [
      { type: 'static_select', options: [{ text: text('One'), value: '1' }] },
      'One',
      { selected_option: { text: text('One'), value: '1' } },
    ],
    [
      { type: 'checkboxes', options: [{ text: text('One'), value: '1' }] },
      undefined,
      { selected_options: [] },
    ],
  ])('%j with %j', (element, input, value) =>
    expect(elementValue(element, input)).toEqual({ type: element.type, ...value }),
  );

  test('required and long fields stop at the client', () => {
    const block = (id: string, element: object, more = {}) => ({
      type: 'input',
      block_id: id,
      label: text(id),
      element,
      ...more,
    });
    const blocks = withIds([
      block('empty', { type: 'plain_text_input' }),
      block('free', { type: 'plain_text_input' }, { optional: true }),
      block('long', { type: 'plain_text_input', initial_value: 'x'.repeat(3001) }),
      block('short', { type: 'plain_text_input', min_length: 3, initial_value: 'ab' }),
      block('none', { type: 'multi_static_select', options: [{ text: text('One'), value: '1' }] }),
    ]);
    const faults = clientFaults(blocks, (_, element) => elementValue(element, undefined));
    expect(Object.keys(faults).sort()).toEqual(['empty', 'long', 'none', 'short']);
  });
});

test('a message is shown as its blocks, or as its text', () => {
  const blocks = [
    { type: 'header', text: text('Title') },
    {
      type: 'section',
      text: mrkdwn('See <https://x.org|the page> &amp; <@U1>'),
      accessory: { type: 'button', text: text('Open') },
    },
    {
      type: 'context',
      elements: [mrkdwn('by'), mrkdwn('<!date^1758655080^{date_short_pretty} {time}|now>')],
    },
    {
      type: 'actions',
      elements: [
        { type: 'button', text: text('Yes') },
        { type: 'static_select', placeholder: text('Pick') },
      ],
    },
  ];
  expect(shownMessage({ text: 'fallback', blocks }, READER)).toBe(
    'Title\nSee the page (https://x.org) & @ana\n[Open]\nby today 01:03\n[Yes] <Pick>',
  );
  expect(shownMessage({ text: 'a &lt; b', files: [{ title: 'draft.md' }] })).toBe('a < b\n[file: draft.md]');
});
