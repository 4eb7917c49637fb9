import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it, test, vi } from 'vitest';
import { showCanvas } from '../../src/slack/steps/canvas.ts';
import type { Step, StepDeps } from '../../src/slack/steps/types.ts';
import { makeRecord } from '../postmortem/makers.ts';

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

/** A channel C1 of a workspace; `there`: its canvas and who made it; `fails`: what methods throw. */
function setUp({
  kept = null as string | null,
  there = null as { id: string; user: string } | null,
  fails = {} as Record<string, Error>,
  archived = false,
  unsureSince = null as number | null,
} = {}) {
  const calls: string[] = [];
  const method = (name: string, answer: object) =>
    vi.fn(async (_: object): Promise<object> => {
      calls.push(name);
      const failure = fails[name];
      if (failure) throw failure;
      return answer;
    });
  const properties = there ? { canvas: { file_id: there.id } } : {};
  const client = {
    canvases: { edit: method('edit', {}), access: { set: method('access', {}) } },
    conversations: {
      info: method('conversation', { channel: { is_archived: archived, properties } }),
      canvases: { create: method('create', { canvas_id: 'F1' }) },
    },
    files: {
      info: method('file', { file: { user: there?.user, permalink: 'https://x.slack.com/docs/F1' } }),
    },
  };
  const stored: unknown[] = [];
  const sent: unknown[] = [];
  const source = {
    id: 'P1',
    state: 'draft',
    version: 3,
    canvas: kept && { id: kept, url: null },
    record: makeRecord(),
    edits: [],
    dismissals: [],
  };
  const tx = {
    postmortem: async () => source,
    setCanvas: async (_: string, canvas: unknown) => void stored.push(canvas),
    send: async (steps: { delivery: object }[]) => void sent.push(...steps.map(({ delivery }) => delivery)),
  };
  const deps = {
    client,
    self: { userId: 'UBOT' },
    store: { transaction: (work: (tx: object) => unknown) => work(tx) },
    clock: { now: () => Date.parse('2026-03-10T18:00:00Z') },
    pageUrl: () => 'https://d.example.com/p',
  } as unknown as StepDeps;
  const step = {
    incidentId: 'incident-1',
    delivery: { kind: 'canvas', version: 3 },
    unsureSince,
    write: <T>(call: () => Promise<T>) => call(),
  } as unknown as Step<'canvas'>;
  return { run: () => showCanvas(deps, step), calls, stored, sent, client };
}

const CANVAS = { id: 'F1', url: 'https://x.slack.com/docs/F1' };

describe('the canvas of a channel', () => {
  it('is made with the draft, for the channel to read', async () => {
    const { run, calls, stored, client } = setUp();
    expect(await run()).toEqual({ canvas: 'F1' });
    expect(calls).toEqual(['create', 'access', 'file']);
    expect(stored).toEqual([CANVAS]);
    expect(client.canvases.access.set).toHaveBeenCalledWith({
      canvas_id: 'F1',
      access_level: 'read',
      channel_ids: ['C1'],
    });
  });

  it('stays, with its first line, where nobody may say who writes in it', async () => {
    const { run, stored } = setUp({ fails: { access: refused('restricted_action'), file: refused('x') } });
    expect(await run()).toEqual({ canvas: 'F1' });
    expect(stored).toEqual([{ id: 'F1', url: null }]);
  });

  it('is replaced once it is there', async () => {
    const { run, calls, stored } = setUp({ kept: 'F1' });
    expect(await run()).toEqual({ canvas: 'F1' });
    expect([calls, stored]).toEqual([['edit'], []]);
  });

  it('is taken over where an earlier try made it and its answer was lost', async () => {
    const { run, calls, stored } = setUp({ there: { id: 'F1', user: 'UBOT' }, unsureSince: 1 });
    await run();
    expect(calls).toEqual(['conversation', 'file', 'edit', 'access', 'file']);
    expect(stored).toEqual([CANVAS]);
  });

  it.each(['channel_canvas_already_exists', 'free_team_canvas_tab_already_exists'])(
    'is left alone where it is somebody else’s (%s)',
    async (code) => {
      const { run, calls, stored, sent } = setUp({
        there: { id: 'F9', user: 'U1' },
        fails: { create: refused(code) },
      });
      await run();
      expect(calls).toEqual(['create', 'conversation', 'file']);
      expect([stored, sent]).toEqual([[null], []]);
    },
  );

  test.each([
    'missing_scope',
    'canvas_disabled_user_team',
    'team_tier_cannot_create_channel_canvases',
    'canvas_tab_creation_failed',
    'restricted_action',
    'unknown_method',
    404,
  ])('is none where Slack answers %s, and nothing is said: the file follows', async (code) => {
    const create = typeof code === 'number' ? new WebAPIHTTPError(code, 'Not Found', {}) : refused(code);
    const { run, stored, sent } = setUp({ fails: { create } });
    await run();
    expect([stored, sent]).toEqual([[null], []]);
  });

  it('gives way to a file when it cannot be replaced any more', async () => {
    const fails = { edit: refused('canvas_not_found'), create: refused('missing_scope') };
    const { run, stored, sent } = setUp({ kept: 'F1', fails });
    await run();
    expect([stored, sent]).toEqual([[null], [{ kind: 'draft-file', version: 3 }]]);
  });

  it('waits where the channel is in the archive', async () => {
    const { run, stored, sent } = setUp({
      kept: 'F1',
      archived: true,
      fails: { edit: refused('is_archived') },
    });
    await run();
    expect([stored, sent]).toEqual([[], []]);
  });

  it('is tried again where nobody knows what became of a try', async () => {
    const { run } = setUp({ fails: { create: new WebAPIRequestError(new Error('socket hang up')) } });
    await expect(run()).rejects.toThrow('socket hang up');
  });
});
