import type { KnownBlock, View } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { messageFaults, topicFaults, viewFaults } from '../../support/slackLimits.ts';

const text = (words: string) => ({ type: 'mrkdwn' as const, text: words });
const plain = (words: string) => ({ type: 'plain_text' as const, text: words });
const section = (words: string): KnownBlock => ({ type: 'section', text: text(words) });
const button = (id: string, over = {}) => ({
  type: 'button' as const,
  action_id: id,
  text: plain('Go'),
  value: '1',
  ...over,
});
const actions = (...elements: ReturnType<typeof button>[]): KnownBlock => ({ type: 'actions', elements });
const option = (value: string, words = 'One') => ({ text: plain(words), value });
const input = (element: object, over = {}): KnownBlock =>
  ({ type: 'input', block_id: 'b', label: plain('Label'), element, ...over }) as KnownBlock;
const typed = (over = {}) => input({ type: 'plain_text_input', action_id: 'a', ...over });
const picked = (type: string, options: object[], over = {}) =>
  input({ type, action_id: 'a', options, ...over });
const modal = (blocks: KnownBlock[], over = {}): View =>
  ({
    type: 'modal',
    callback_id: 'c',
    title: plain('Title'),
    submit: plain('Go'),
    blocks,
    ...over,
  }) as View;

const x = (length: number): string => 'x'.repeat(length);
const many = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index));

describe('the check of Slack’s limits', () => {
  it('lets what is allowed pass, to the last character', () => {
    const whole = [
      section(x(3000)),
      { type: 'section', fields: many(10, () => text(x(2000))) } satisfies KnownBlock,
      { type: 'header', text: plain(x(150)) } satisfies KnownBlock,
      { type: 'context', elements: many(10, () => text(x(2000))) } satisfies KnownBlock,
      actions(...many(25, (n) => button(`a${n}`, { text: plain(x(75)), value: x(2000) }))),
      { type: 'divider' } satisfies KnownBlock,
    ];
    expect(messageFaults({ text: x(4000), blocks: whole })).toEqual([]);
    expect(messageFaults({ text: 'x', blocks: many(50, () => section('x')) })).toEqual([]);
    expect(topicFaults(x(250))).toEqual([]);
    const references =
      '> <@U1> <#C1|c> <https://a.example?x=1&y=2|a> <!date^1^{date}|1970> &lt;b&gt;\n> R&amp;D';
    expect(messageFaults({ text: references, blocks: [section(references)] })).toEqual([]);
    expect(viewFaults(modal(many(100, (n) => ({ ...section('x'), block_id: `b${n}` }))))).toEqual([]);
    expect(viewFaults(modal([typed({ max_length: 3000, initial_value: x(3000) })]))).toEqual([]);
    expect(
      viewFaults(
        modal([
          picked(
            'static_select',
            many(100, (n) => option(`${n}`, x(75))),
          ),
        ]),
      ),
    ).toEqual([]);
  });

  it.each<[string, string | undefined, KnownBlock[]]>([
    ['no text', undefined, [section('x')]],
    ['an empty text', ' ', [section('x')]],
    ['a long text', x(4001), [section('x')]],
    ['no blocks', 'x', []],
    ['51 blocks', 'x', many(51, () => section('x'))],
    ['an empty section', 'x', [section('')]],
    ['a section of nothing', 'x', [{ type: 'section' }]],
    ['a long section', 'x', [section(x(3001))]],
    ['eleven fields', 'x', [{ type: 'section', fields: many(11, () => text('x')) }]],
    ['a long field', 'x', [{ type: 'section', fields: [text(x(2001))] }]],
    ['a long header', 'x', [{ type: 'header', text: plain(x(151)) }]],
    ['a header in mrkdwn', 'x', [{ type: 'header', text: text('x') as never }]],
    ['eleven in a context', 'x', [{ type: 'context', elements: many(11, () => text('x')) }]],
    ['a long context', 'x', [{ type: 'context', elements: [text(x(2001))] }]],
    ['26 buttons', 'x', [actions(...many(26, (n) => button(`a${n}`)))]],
    ['no buttons', 'x', [actions()]],
    ['a long label', 'x', [actions(button('a', { text: plain(x(76)) }))]],
    ['a long value', 'x', [actions(button('a', { value: x(2001) }))]],
    ['a long action id', 'x', [actions(button(x(256)))]],
    ['an action id twice', 'x', [actions(button('a')), actions(button('a'))]],
    [
      'a block id twice',
      'x',
      [
        { ...section('x'), block_id: 'b' },
        { ...section('x'), block_id: 'b' },
      ],
    ],
    ['a long block id', 'x', [{ ...section('x'), block_id: x(256) }]],
    ['a block we do not know', 'x', [{ type: 'markdown', text: 'x' } as KnownBlock]],
    ['a call to everybody', '<!channel>', [section('x')]],
    ['a call to a group', 'x', [section('<!subteam^S1|@ops>')]],
    ['a script', 'x', [section('<javascript:alert(1)|x>')]],
    ['a loose bracket', 'x', [section('a < b')]],
    ['a cut reference', 'x', [section('<@U1')]],
    ['a bracket that closes nothing', 'x', [section('a > b')]],
    ['a loose ampersand', 'x', [section('R&D')]],
    ['an entity of an entity', 'x', [section('R&amp;amp;D')]],
    ['half a character', 'x', [section('\ud83d')]],
  ])('finds %s in a message', (_, words, blocks) => {
    expect(messageFaults({ text: words, blocks })).not.toEqual([]);
  });

  it.each<[string, View]>([
    ['101 blocks', modal(many(101, () => section('x')))],
    ['a long title', modal([section('x')], { title: plain(x(25)) })],
    ['no title', modal([section('x')], { title: undefined })],
    ['a long submit', modal([section('x')], { submit: plain(x(25)) })],
    ['an input without a submit', modal([typed()], { submit: undefined })],
    ['a long close', modal([section('x')], { close: plain(x(25)) })],
    ['much metadata', modal([section('x')], { private_metadata: x(3001) })],
    ['a long callback id', modal([section('x')], { callback_id: x(256) })],
    ['an input without a callback id', modal([typed()], { callback_id: '' })],
    ['a long label', modal([input({ type: 'plain_text_input', action_id: 'a' }, { label: plain(x(2001)) })])],
    ['a long hint', modal([input({ type: 'plain_text_input', action_id: 'a' }, { hint: plain(x(2001)) })])],
    ['a long placeholder', modal([typed({ placeholder: plain(x(151)) })])],
    ['a max_length of 3001', modal([typed({ max_length: 3001 })])],
    ['a value beyond its max_length', modal([typed({ max_length: 10, initial_value: x(11) })])],
    [
      '101 options',
      modal([
        picked(
          'static_select',
          many(101, (n) => option(`${n}`)),
        ),
      ]),
    ],
    [
      'eleven radio buttons',
      modal([
        picked(
          'radio_buttons',
          many(11, (n) => option(`${n}`)),
        ),
      ]),
    ],
    ['no options', modal([picked('static_select', [])])],
    ['an option twice', modal([picked('checkboxes', [option('a'), option('a')])])],
    ['a long option', modal([picked('static_select', [option('a', x(76))])])],
    ['a long option value', modal([picked('static_select', [option(x(151))])])],
    [
      'a choice that is none',
      modal([picked('static_select', [option('a')], { initial_option: option('b') })]),
    ],
    ['an element we do not know', modal([input({ type: 'datepicker', action_id: 'a' })])],
  ])('finds %s in a modal', (_, view) => {
    expect(viewFaults(view)).not.toEqual([]);
  });

  it('finds a long topic', () => {
    expect(topicFaults(x(251))).toHaveLength(1);
  });
});
