import { createHmac } from 'node:crypto';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { useWorkspace } from '../support/workspace.ts';
import { declare, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'America/New_York' } });

async function count(table: string): Promise<number> {
  const client = new pg.Client({ connectionString: space.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM "${table}"`);
    return rows[0].n;
  } finally {
    await client.end();
  }
}

describe('what cannot be taken is answered in a sentence, with what was typed', () => {
  test.each([
    ['an unknown command', '/incident dance now please', /do not know `dance`[\s\S]*dance now please/],
    ['a slip of the finger', '/incident nota 14:05 rolled back', /Did you mean `note`\?[\s\S]*rolled back/],
    ['no incident here', '/incident note all pods down', /not an incident’s channel[\s\S]*all pods down/],
    [
      'an incident that is not there',
      '/incident INC-999 note all pods down',
      /no INC-999[\s\S]*all pods down/,
    ],
    ['a title too long', `/incident declare ${'🔥x'.repeat(1000)}`, /3000 characters; 250 is the most/],
    ['a title of nothing visible', '/incident declare \u200b\u200f', /Missing: title/],
    ['a start in the future', '/incident declare Checkout fails at 2999-01-01 10:00', /Checkout fails/],
  ])('%s', async (_, line, answer) => {
    const incidents = await count('Incident');
    const reply = await type(space.people.ana, space.incidents, line);
    expect(reply.text).toMatch(answer);
    expect(await count('Incident')).toBe(incidents);
  });

  test('times and names in an incident', async () => {
    const { ana } = space.people;
    const channel = await declare(space, ana, 'Checkout fails');
    const entries = await count('Entry');
    const cases: [string, RegExp][] = [
      ['note 25:61 rolled back', /25:61[\s\S]*rolled back/],
      ['note 2999-01-01 10:00 rolled back', /rolled back/],
      [
        'note 2026-03-08 02:30 rolled back',
        /clocks skip that time[\s\S]*rolled back[\s\S]*01:30 EST[\s\S]*03:30 EDT/,
      ],
      ['note 2025-11-02 01:30 rolled back', /shows? that time twice[\s\S]*05:30 UTC[\s\S]*06:30 UTC/],
      ['note', /Missing: text/],
      ['milestone nonsense 14:05 found it', /no milestone[\s\S]*found it/],
      ['time #77 14:05', /no line #77/],
      ['edit #77 text', /no line #77/],
      ['status dancing', /no status/],
      ['severity 9', /no severity/],
      ['section poetry roses', /no section[\s\S]*roses/],
      ['impact from 2025-01-02 10:00 to 2025-01-01 10:00', /before the start/],
      ['reopen', /not closed/],
    ];
    for (const [line, answer] of cases) {
      expect((await type(ana, channel, `/incident ${line}`)).text).toMatch(answer);
    }
    expect(await count('Entry')).toBe(entries);
    await type(ana, channel, '/incident resolve');
    expect((await type(ana, channel, '/incident resolve')).text).toMatch(/is resolved[\s\S]*reopen/);
  });

  test('in an incident’s channel a number in front of the text is text', async () => {
    const { ana } = space.people;
    const channel = await declare(space, ana, 'Disk is full');
    const { text } = await type(ana, channel, '/incident note INC-1 looks the same');
    expect(text).toMatch(/> INC-1 looks the same/);
  });

  test('one of two readings is chosen: only then is it stored, once', async () => {
    const { ana } = space.people;
    const channel = await declare(space, ana, 'Search is slow');
    const entries = await count('Entry');
    const asked = await type(ana, channel, '/incident root-cause 2025-11-02 01:30 Old index `x` & <b>');
    expect(await count('Entry')).toBe(entries);
    const chosen = await ana.press(asked, ({ label }) => label.includes('06:30 UTC'));
    await chosen.visible();
    expect((await type(ana, channel, '/incident timeline')).text).toMatch(
      /06:30 UTC[\s\S]*Root cause identified/,
    );
    expect(await count('Entry')).toBe(entries + 1);
  });

  test('right-to-left text, emoji, code and calls to everyone come through and call nobody', async () => {
    const { ana } = space.people;
    const channel = await declare(space, ana, 'عطل في الدفع 🔥');
    const text = '```rm -rf``` <!channel> *bold* | pipe 👩‍👩‍👧 \u202Eevil';
    await type(ana, channel, `/incident note ${text}`);
    const { text: timeline } = await type(ana, channel, '/incident timeline');
    expect(timeline).toContain('rm -rf');
    const posted = space.gateway.calls.filter(({ method }) => method.startsWith('chat.'));
    expect(JSON.stringify(posted)).not.toContain('<!channel>');
  });
});

describe('requests that are not Slack’s', () => {
  const command =
    'command=%2Fincident&text=declare+Forged&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2.x';
  const sign = (secret: string, timestamp: number, body: string) =>
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const post = (
    body: string,
    timestamp: number,
    signature: string,
    type = 'application/x-www-form-urlencoded',
  ) =>
    fetch(space.bot.eventsUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signature,
      },
    });

  test('are refused and change nothing', async () => {
    const incidents = await count('Incident');
    const secret = space.gateway.signingSecret;
    const now = Math.floor(Date.now() / 1000);
    expect((await post(command, now, sign('wrong secret', now, command))).status).toBe(401);
    expect((await post(command, now - 301, sign(secret, now - 301, command))).status).toBe(401);
    expect((await post(command, now + 3600, sign(secret, now + 3600, command))).status).toBe(401);
    expect((await post(`${command}&x=1`, now, sign(secret, now, command))).status).toBe(401);
    for (const body of ['null', '[]', '{"type":', '7', '']) {
      expect((await post(body, now, sign(secret, now, body), 'application/json')).status).toBe(400);
    }
    expect(await count('Incident')).toBe(incidents);
    expect((await fetch(`${space.bot.url}/healthz`)).status).toBe(200);
  });

  test('a draft’s page needs its signature', async () => {
    const page = `${space.bot.url}/postmortems/00000000-0000-4000-8000-000000000000`;
    expect((await fetch(page)).status).toBe(404);
    expect((await fetch(`${page}?s=guess`)).status).toBe(404);
  });
});
