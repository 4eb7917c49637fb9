import { describe, expect, it } from 'vitest';
import { filesOf, textOf } from '../../src/slack/messageText.ts';
import { safe } from '../../src/slack/mrkdwn.ts';

const FILE = 'https://acme.slack.com/files/U1/F1/graph.png';

describe('what a message says', () => {
  it.each<[string, Parameters<typeof textOf>[0], string]>([
    ['its words', { text: ' Rolled back &amp; quiet \n' }, 'Rolled back &amp; quiet'],
    ['nothing', {}, ''],
    ['spaces', { text: '  ' }, ''],
    ['words and attachments: the words', { text: 'Alert', attachments: [{ text: 'more' }] }, 'Alert'],
    ['an attachment', { text: '', attachments: [{ title: 'CPU', text: 'is at 99 %' }] }, 'CPU\nis at 99 %'],
    [
      'a title with its address',
      { attachments: [{ title: 'CPU', title_link: 'https://m.example/1', text: 'high' }] },
      '<https://m.example/1|CPU>\nhigh',
    ],
    ['an attachment’s fallback', { attachments: [{ fallback: 'CPU is high' }] }, 'CPU is high'],
    ['several attachments', { attachments: [{ text: 'one' }, {}, { text: 'two' }] }, 'one\ntwo'],
    [
      'blocks',
      {
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'CPU <high> & rising' } },
          {
            type: 'section',
            fields: [
              { type: 'mrkdwn', text: '*Host*' },
              { type: 'mrkdwn', text: 'web-1' },
            ],
          },
          { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Ack' } }] },
        ],
      },
      'CPU &lt;high&gt; &amp; rising\n*Host*\nweb-1',
    ],
    [
      'rich text in an attachment’s blocks',
      {
        attachments: [
          {
            blocks: [
              {
                type: 'rich_text',
                elements: [
                  {
                    type: 'rich_text_section',
                    elements: [
                      { type: 'user', user_id: 'U1' },
                      { type: 'text', text: ' sees a > b, ' },
                      { type: 'link', url: 'https://m.example/1', text: 'graph' },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
      '<@U1> sees a &gt; b, <https://m.example/1|graph>',
    ],
    ['a file', { text: 'See', files: [{ title: 'Graph', permalink: FILE }] }, `See\n<${FILE}|Graph>`],
    [
      'files alone',
      { files: [{ name: 'a.png', permalink: FILE }, { permalink: FILE }] },
      `<${FILE}|a.png>\n<${FILE}|file>`,
    ],
    ['a file without an address', { text: 'See', files: [{ name: 'a.png' }] }, 'See'],
  ])('of %s', (_, message, expected) => {
    expect(textOf(message)).toBe(expected);
  });

  it('has files, with a thumbnail where Slack made one', () => {
    const files = [
      { title: 'Graph', permalink: FILE, thumb_360: 'https://files.example/t.png' },
      { name: 'log.txt', permalink: FILE },
      { name: 'nowhere.txt' },
    ];
    expect(filesOf({ files })).toEqual([
      { name: 'Graph', url: FILE, thumbnail: 'https://files.example/t.png' },
      { name: 'log.txt', url: FILE, thumbnail: null },
    ]);
  });

  it.each(['a > b', '<!channel>', 'a | b', 'R&D', 'a <b>'])('stays a link when it is called %j', (title) => {
    const file = safe(textOf({ files: [{ title, permalink: FILE }] }));
    expect(file).toMatch(/^<https:[^<>|]+\|[^<>|]+>$/);
    const attachment = safe(textOf({ attachments: [{ title, title_link: 'https://m.example/1' }] }));
    expect(attachment).toMatch(/^<https:[^<>|]+\|[^<>|]+>$/);
  });
});
