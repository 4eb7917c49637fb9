import { spawn } from 'node:child_process';

/** What reads the code without running it. Each counts as one test. */
export const checks = [
  { label: 'Format and lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { label: 'Import rules', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'scripts'] },
  { label: 'Types', command: ['tsc', '-p', '.'] },
  { label: 'Types in the browser', command: ['tsc', '-p', 'test/browser'] },
];

/** Runs one check; its output is shown only when it fails. npm has put the tools on the PATH. */
export function runCheck({ label, command: [tool, ...args] }) {
  return new Promise((resolve) => {
    const said = [];
    const run = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (bytes) => said.push(bytes));
    run.once('error', (error) => said.push(Buffer.from(error.message)));
    // Comes after an error, too.
    run.once('close', (code) => {
      const passed = code === 0;
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${label} (${[tool, ...args].join(' ')})`);
      if (!passed) console.log(Buffer.concat(said).toString());
      resolve({ label, passed: passed ? 1 : 0, failed: passed ? 0 : 1 });
    });
  });
}
