import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs one project of vitest.config.ts and counts its tests. A test that was skipped or left to do counts as failed,
 * as do a file that could not be loaded, an empty run, and a run that crashed. `names`: only files with one of these in
 * their path.
 */
export function runProject(project, env, names = []) {
  const folder = mkdtempSync(join(tmpdir(), 'debrief-tests-'));
  const report = join(folder, 'report.json');
  const args = [
    'run',
    ...names,
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const run = spawnSync('vitest', args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];
  rmSync(folder, { recursive: true, force: true });
  return { label: `Tests (${project})`, ...count(files, run) };
}

function count(files, run) {
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const unrun = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  for (const test of unrun) console.log(`FAILED (${test.status}, no test may be left out): ${test.fullName}`);
  const unloaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = tests.length - passed + unloaded.length;
  const crashed = failed === 0 && (run.status !== 0 || passed === 0);
  if (crashed)
    console.log(
      `FAILED: vitest ended with ${run.status ?? run.signal ?? run.error?.message}; tests: ${passed}.`,
    );
  return { passed, failed: crashed ? 1 : failed };
}
