import type { ActionItem } from '../../incident/types.ts';
import type { Check, CheckInput } from './types.ts';
import { quoted } from './words.ts';

const SAYS_HOW_MANY =
  /\p{Nd}|\b(?:all|every|everyone|none|no|zero|nobody|most|half|one|two|three|few|single)\b/iu;

/** A draft that does not say how many customers were affected. */
export function missingCustomerCount({ record }: CheckInput): Check[] {
  const { status } = record.incident;
  if (status === 'canceled' || status === 'merged') return [];
  if (record.customers.some(({ text }) => SAYS_HOW_MANY.test(text))) return [];
  const message =
    record.customers.length === 0
      ? 'Nobody has said how many customers were affected.'
      : `The impact on customers has no number: ${record.customers.map(({ text }) => quoted(text)).join(', ')}.`;
  return [
    {
      name: 'missing-customer-count',
      severity: 'warning',
      message,
      entryNumbers: [],
      section: 'customers',
      fix: { kind: 'set-customers' },
      key: 'missing-customer-count',
    },
  ];
}

/** Action items, not done yet, that nobody owns or that have no date. */
export function incompleteActions({ record }: CheckInput): Check[] {
  return record.actions.filter(({ doneAt }) => doneAt === null).flatMap(incompleteAction);
}

function incompleteAction({ id, number, text, ownerId, due }: ActionItem): Check[] {
  const missing: ('owner' | 'due')[] = [];
  if (ownerId === null) missing.push('owner');
  if (due === null) missing.push('due');
  if (missing.length === 0) return [];
  const what = missing.map((part) => (part === 'owner' ? 'no owner' : 'no due date')).join(' and ');
  return [
    {
      name: 'incomplete-action',
      severity: 'warning',
      message: `Action item ${number} ${quoted(text)} has ${what}.`,
      entryNumbers: [],
      section: 'prevention',
      fix: { kind: 'complete-action', actionNumber: number, missing },
      key: `incomplete-action:${id}:${missing.join('+')}`,
    },
  ];
}
