import type { RootContent } from 'mdast';
import { paragraph, strong, text } from '../document-nodes.ts';
import type { DraftSection } from '../document-types.ts';

/** What a section shows after its text: every place where a person's edit and the newest figures differ. */
export function conflictNodes({ conflicts, edited }: DraftSection): RootContent[] {
  return (conflicts ?? []).flatMap(({ generated, theirs }): RootContent[] => [
    {
      type: 'blockquote',
      data: { hName: 'div', hProperties: { className: ['conflict'] } },
      children: [
        paragraph(
          strong('Changed since it was edited'),
          text(edited ? ` by ${edited.by}. Kept:` : '. Kept:'),
        ),
        shown(theirs),
        paragraph('The timeline now gives:'),
        shown(generated),
      ],
    },
  ]);
}

function shown(markdown: string) {
  return markdown.trim() === ''
    ? paragraph('(nothing: taken out)')
    : ({ type: 'code', value: markdown } as const);
}
