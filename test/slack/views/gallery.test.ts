import { describe, expect, it } from 'vitest';
import { messageHtml, viewHtml } from '../../gallery/blocks.ts';
import { groups } from '../../gallery/groups.ts';
import { mrkdwnHtml } from '../../gallery/mrkdwn.ts';
import { pageHtml } from '../../gallery/page.ts';
import { stripsOf } from '../../gallery/strips.ts';

const message = (text: string) =>
  messageHtml({ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });

describe('the gallery', () => {
  it('draws every view on an ordinary day', () => {
    const drawn = groups();
    expect(drawn.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['headline.ts', 'declaring.ts', 'home.ts', 'settings.ts']),
    );
    const page = pageHtml(drawn);
    for (const { file, views } of drawn) {
      expect(views.length, file).toBeGreaterThan(0);
      for (const { name } of views) expect(page).toContain(`<h4>${name}</h4>`);
    }
    expect(page).not.toContain('undefined');
  });

  it('lets nothing that somebody typed become markup', () => {
    for (const bad of [
      '<script>alert(1)</script>',
      '&lt;img src=x onerror=alert(1)&gt;',
      '<https://a"b|<b>x>',
    ]) {
      expect(message(bad)).not.toMatch(/<(?:script|img|b>x)/);
    }
    const view = viewHtml({
      type: 'modal',
      title: { type: 'plain_text', text: '<b>' },
      blocks: [{ type: 'header', text: { type: 'plain_text', text: '<script>' } }],
    });
    expect(view).not.toMatch(/<(?:script|b>)/);
  });

  it.each([
    ['*bold* and _leaning_', '<b>bold</b> and <i>leaning</i>'],
    ['snake_case_name 2*3*4', 'snake_case_name 2*3*4'],
    ['`*code*` R&amp;D', '<code>*code*</code> R&#38;D'],
    ['> quoted\nafter', '<blockquote>quoted</blockquote>after'],
    ['<https://a.example|here>', '<a title="https://a.example">here</a>'],
    ['14:05:07 is a time', '14:05:07 is a time'],
  ])('reads %j as Slack does', (text, html) => {
    expect(mrkdwnHtml(text)).toBe(html);
  });

  it.each([
    [[0, 40, 80], [[0, 80]]],
    [
      [0, 60, 90, 130],
      [
        [0, 90],
        [90, 130],
      ],
    ],
    [
      [10, 50, 300, 320],
      [
        [10, 50],
        [50, 150],
        [150, 250],
        [250, 320],
      ],
    ],
    [[5], []],
  ])('cuts %j into pictures of at most 100', (edges, strips) => {
    expect(stripsOf(edges, 100).map(({ from, to }) => [from, to])).toEqual(strips);
  });

  it('refuses a block that it cannot draw', () => {
    expect(() => messageHtml({ text: 'x', blocks: [{ type: 'video' } as never] })).toThrow(
      'does not draw video',
    );
  });
});
