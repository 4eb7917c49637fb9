import { expect, it } from 'vitest';
import { createLogger, errorWords } from '../src/log.ts';

const TEXT = 'Salaries were sent out';

function logged(...args: [object, string] | [string]): string {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  (logger.error as (...words: unknown[]) => void)(...args);
  return lines.join('');
}

const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

it.each<[string, [object, string] | [string]]>([
  ['a token in a message', [{ err: new Error('Bearer xoxb-12-ab34-SECRET is refused') }, 'x']],
  ['a token in words', ['The token xoxe.xoxb-1-SECRET is old']],
  ['an app token as a field', [{ code: 'xapp-1-A0-SECRET' }, 'x']],
  ['a response_url', [{ err: new Error('POST https://hooks.slack.com/commands/T1/2/SECRET failed') }, 'x']],
  ['a database’s password', [{ err: 'connect postgresql://debrief:SECRET@db:5432/x' }, 'x']],
  ['a link’s signature', [{ path: '/postmortems/1?u=U1&e=2&s=SECRET' }, 'x']],
  [
    'a call that Prisma shows',
    [{ err: named('PrismaClientValidationError', `Invalid call { text: "${TEXT}" }`) }, 'x'],
  ],
  [
    'a call that Prisma shows, as words',
    [{ code: `Error: \nInvalid \`db.entry.create()\`:\n{ text: "${TEXT}" }` }, 'x'],
  ],
  [
    'a value that PostgreSQL shows',
    [{ err: named('error', `invalid input syntax: "${TEXT}"`, { code: '22P02' }) }, 'x'],
  ],
  [
    'a key that PostgreSQL shows',
    [{ err: named('error', 'duplicate', { code: '23505', detail: `(${TEXT})` }) }, 'x'],
  ],
  [
    'a body that is no JSON',
    [{ err: named('SyntaxError', `Unexpected token, "${TEXT}" is not valid JSON`) }, 'x'],
  ],
  [
    'a request’s configuration',
    [{ err: named('Error', 'x', { config: { headers: { a: 'SECRET' }, data: TEXT } }) }, 'x'],
  ],
  ['a cause', [{ err: new Error('x', { cause: named('SyntaxError', TEXT) }) }, 'x']],
  ['a stack that begins with the message', [{ err: new Error(`first\n${TEXT}`) }, 'x']],
])('a log line does not show %s', (_, args) => {
  const line = logged(...args);
  expect(line).toMatch(/"level":50/);
  expect(line).not.toContain('SECRET');
  expect(line).not.toContain(TEXT);
});

it('a log line still says what an operator needs', () => {
  const line = logged(
    {
      err: named('WebAPIPlatformError', 'An API error occurred: not_in_channel', { code: 'slack_x' }),
      lane: 'a1',
    },
    'a step failed',
  );
  expect(JSON.parse(line)).toMatchObject({
    lane: 'a1',
    msg: 'a step failed',
    err: { type: 'WebAPIPlatformError', message: 'An API error occurred: not_in_channel', code: 'slack_x' },
  });
  expect(JSON.parse(line).err.stack).toMatch(/log\.test/);
});

it.each([
  [named('SyntaxError', `Unexpected token, "${TEXT}" is not valid JSON`), 'SyntaxError: not shown'],
  [named('error', `invalid input syntax: "${TEXT}"`, { code: '22P02' }), 'error (22P02): not shown'],
  [
    named('PrismaClientKnownRequestError', TEXT, { code: 'P2028' }),
    'PrismaClientKnownRequestError (P2028): not',
  ],
  [new Error(`The token xoxb-1-SECRET is old\n${TEXT}`), 'Error: The token [token] is old'],
  [new Error('broken'), 'Error: broken'],
  ['broken', 'broken'],
])('what is kept of an error beside a row quotes nobody: %#', (error, words) => {
  expect(errorWords(error)).toContain(words);
  expect(errorWords(error)).not.toContain(TEXT);
});
