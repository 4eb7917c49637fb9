import { spawnSync } from 'node:child_process';

/** What reads the code without running it. Each counts as one test. */
export const checks = [
  { label: 'Format and lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { label: 'Import rules', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'scripts'] },
  { label: 'Types', command: ['tsc', '-p', '.'] },
  { label: 'Types in the browser', command: ['tsc', '-p', 'test/browser'] },
];

/** Runs one check; its output is shown only when it fails. npm has put the tools on the PATH. */
export function runCheck({ label, command: [tool, ...args] }) {
  const run = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const passed = run.status === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${label} (${[tool, ...args].join(' ')})`);
  if (!passed) console.log([run.stdout, run.stderr, run.error?.message].filter(Boolean).join('\n'));
  return { label, passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}
