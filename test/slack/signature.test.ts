import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signatureFault } from '../../src/slack/signature.ts';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const BODY = Buffer.from('token=x&team_id=T1&text=94070');
const SENT = 1_531_420_618;
const NOW = SENT * 1000;

const sign = (secret: string, timestamp: string, body: Buffer): string =>
  `v0=${createHmac('sha256', secret)
    .update(`v0:${timestamp}:${body.toString('latin1')}`, 'latin1')
    .digest('hex')}`;

const signed = (over: { timestamp?: string | undefined; signature?: string | undefined } = {}) => ({
  timestamp: String(SENT),
  signature: sign(SECRET, String(SENT), BODY),
  ...over,
});

const fault = (over = {}, { secrets = [SECRET], body = BODY, now = NOW } = {}) =>
  signatureFault(secrets, signed(over), body, now);

describe('signatureFault', () => {
  it('is null for Slack’s own example', () => {
    const body = Buffer.from(
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    );
    const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
    expect(signatureFault([SECRET], { timestamp: '1531420618', signature }, body, NOW)).toBeNull();
  });

  it.each([
    [-300, null],
    [300, null],
    [-301, 'timestamp too far from now'],
    [301, 'timestamp too far from now'],
    [-300.001, 'timestamp too far from now'],
    [300.001, 'timestamp too far from now'],
  ])('with the clock %f seconds off is %j', (seconds, expected) => {
    expect(fault({}, { now: NOW + seconds * 1000 })).toBe(expected);
  });

  it('takes either secret of a rotation, and neither of others', () => {
    expect(fault({}, { secrets: ['another', SECRET] })).toBeNull();
    expect(fault({}, { secrets: [SECRET, 'another'] })).toBeNull();
    expect(fault({}, { secrets: ['another', 'a third'] })).toBe('signature does not match');
    expect(fault({}, { secrets: [] })).toBe('signature does not match');
  });

  it.each([
    ['missing', undefined, 'signature or timestamp missing'],
    ['empty', '', 'signature or timestamp missing'],
    ['short', 'v0=', 'signature does not match'],
    ['long', `${sign(SECRET, String(SENT), BODY)}0`, 'signature does not match'],
    ['of another version', sign(SECRET, String(SENT), BODY).replace('v0', 'v1'), 'signature does not match'],
    ['in upper case', sign(SECRET, String(SENT), BODY).toUpperCase(), 'signature does not match'],
    ['not ASCII, of the same length', 'é'.repeat(67), 'signature does not match'],
    ['not ASCII, of as many bytes', `v0=${'é'.repeat(32)}`, 'signature does not match'],
  ])('refuses a signature that is %s', (_, signature, expected) => {
    expect(fault({ signature })).toBe(expected);
  });

  it.each([undefined, '', 'soon', '-1', '1e9', `${SENT}.5`, ` ${SENT}`, '9'.repeat(13)])(
    'refuses the timestamp %j',
    (timestamp) => {
      expect(fault({ timestamp })).toMatch(/missing|unreadable/);
    },
  );

  it('holds for any bytes, and for no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (bytes, others) => {
        const body = Buffer.from(bytes);
        const signature = sign(SECRET, String(SENT), body);
        expect(fault({ signature }, { body })).toBeNull();
        if (!body.equals(others))
          expect(fault({ signature }, { body: Buffer.from(others) })).toBe('signature does not match');
      }),
    );
  });

  it('is signed with its timestamp: another one does not fit', () => {
    expect(fault({ timestamp: String(SENT + 1) })).toBe('signature does not match');
  });
});
