import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/demo/replay.ts';
import { loadScenario } from '../../src/demo/scenario.ts';
import { useWorkspace } from '../support/workspace.ts';

const SCENARIOS = join(import.meta.dirname, '..', 'scenarios');
const names = readdirSync(SCENARIOS).filter((name) => name.endsWith('.json'));

const space = useWorkspace({ people: {} });
const log = () => {};

describe('replay', () => {
  test.each(names)('%s gives exactly the expected figures', async (name) => {
    const scenario = loadScenario(join(SCENARIOS, name));
    const { draft } = await replay({ scenario, gateway: space.gateway, log });
    const expected = JSON.parse(readFileSync(join(SCENARIOS, 'expected', name), 'utf8'));
    expect(JSON.parse(draft.json)).toMatchObject(expected);
    for (const entry of scenario.entries) expect(draft.markdown).toContain(entry.text);
    expect(draft.html).toContain('<!doctype html>');
  });
});
