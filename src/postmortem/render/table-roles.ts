import type { Root } from 'hast';
import { visit } from 'unist-util-visit';

const ROLES: Record<string, string> = {
  table: 'table',
  thead: 'rowgroup',
  tbody: 'rowgroup',
  tr: 'row',
  th: 'columnheader',
  td: 'cell',
};

/** Says what the parts of a table are: a narrow page lays them out as blocks, which would take their meaning away. */
export function giveTableRoles(root: Root): void {
  visit(root, 'element', (element) => {
    const role = ROLES[element.tagName];
    if (role) element.properties.role = role;
  });
}
