import type { Element, ElementContent, Root as HastRoot } from 'hast';
import type { RootContent } from 'mdast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { type Draft, type DraftSection, isEditable, type SectionKey, showsZone } from '../document-types.ts';
import type { CheckNote } from './check-note.ts';
import { conflictNodes } from './conflicts.ts';
import { flagLines, flagSection, markExcerpts } from './flags.ts';
import { addLocalTimes } from './local-times.ts';
import { giveTableRoles } from './table-roles.ts';

// A second wall: the tree holds no raw HTML to begin with. Nothing that loads from elsewhere passes.
const SCHEMA: typeof defaultSchema = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []).filter((name) => name !== 'img'), 'time', 'bdi', 'section'],
  attributes: {
    a: ['href'],
    time: ['dateTime'],
    ol: ['start'],
    input: ['checked', ['disabled', true], ['type', 'checkbox']],
    '*': ['id', 'className', 'title', 'align', 'ariaLabel', 'ariaLabelledBy', 'role'],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
  clobber: [],
};

/** Address of a section's editor. */
export type EditHref = (key: SectionKey) => string;

/**
 * The draft's sections as HTML, without a page around them. With checks, lines and words lead to `#check-N`; with
 * `editHref` each title has a link to its editor.
 */
export function renderHtmlBody(draft: Draft, checks: readonly CheckNote[] = [], editHref?: EditHref): string {
  return toHtml(draft.sections.map((section) => sectionElement(section, draft.zone, checks, editHref)));
}

/** Some blocks as HTML: what a preview shows. */
export function renderHtmlNodes(nodes: readonly RootContent[]): string {
  return toHtml(elementsOf(nodes));
}

/** Id of a section's element, for links into the page. */
export function sectionId(key: string): string {
  return `section-${key}`;
}

function sectionElement(
  section: DraftSection,
  zone: string,
  checks: readonly CheckNote[],
  editHref?: EditHref,
): Element {
  const { key, title, origin, nodes } = section;
  const children = elementsOf([...nodes, ...conflictNodes(section)]);
  const root: HastRoot = { type: 'root', children };
  giveTableRoles(root);
  flagLines(root, checks);
  const marked = markExcerpts(root, key, checks);
  if (!showsZone(section)) addLocalTimes(root, zone);
  const headingId = `title-${key}`;
  const titleElement: Element = {
    type: 'element',
    tagName: 'h2',
    properties: { id: headingId },
    children: [{ type: 'text', value: title }],
  };
  return {
    type: 'element',
    tagName: 'section',
    properties: { id: sectionId(key), className: ['part', origin], ariaLabelledBy: [headingId] },
    children: [
      titleElement,
      ...editLink(section, editHref),
      ...flagSection(key, checks, marked),
      ...(root.children as ElementContent[]),
    ],
  };
}

function editLink(section: DraftSection, editHref?: EditHref): Element[] {
  if (!editHref || !isEditable(section)) return [];
  const { key, title } = section;
  const properties = { href: editHref(key), className: ['edit'], ariaLabel: `Edit ${title}` };
  return [{ type: 'element', tagName: 'a', properties, children: [{ type: 'text', value: 'Edit' }] }];
}

function elementsOf(nodes: readonly RootContent[]): ElementContent[] {
  const tree = unified()
    .use(remarkRehype)
    .runSync({ type: 'root', children: [...nodes] });
  return (tree as HastRoot).children as ElementContent[];
}

function toHtml(children: ElementContent[]): string {
  const processor = unified().use(rehypeSanitize, SCHEMA).use(rehypeStringify);
  return processor.stringify(processor.runSync({ type: 'root', children }) as HastRoot);
}
