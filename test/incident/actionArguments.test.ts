import { expect, it } from 'vitest';
import { parseActionCommand } from '../../src/incident/actionArguments.ts';

it.each([
  ['done 3', { kind: 'done', number: 3 }],
  ['Done #3', { kind: 'done', number: 3 }],
  ['3 done', { kind: 'done', number: 3 }],
  ['undo #3', { kind: 'undo', number: 3 }],
  ['#3 Undo', { kind: 'undo', number: 3 }],
  ['done 3 undo', { kind: 'add' }],
  ['3', { kind: 'add' }],
  ['undo the migration', { kind: 'add' }],
  ['drop 3 Covered by INC-7', { kind: 'drop', number: 3, reason: 'Covered by INC-7' }],
  ['drop 3', { kind: 'drop', number: 3, reason: '' }],
  ['3 owner <@U1|ana>', { kind: 'owner', number: 3, ownerId: 'U1' }],
  ['#3 owner ana', { kind: 'owner', number: 3, ownerId: null }],
  ['3 due tomorrow', { kind: 'due', number: 3, date: 'tomorrow' }],
  ['3 due', { kind: 'due', number: 3, date: '' }],
  ['done is better than perfect', { kind: 'add' }],
  ['done 3 times a week: test the rollback', { kind: 'add' }],
  ['drop the old table', { kind: 'add' }],
  ['3 owners for each service', { kind: 'add' }],
  ['', { kind: 'add' }],
])('action %j', (text, read) => {
  expect(parseActionCommand(text)).toEqual(read);
});
