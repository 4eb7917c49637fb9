// npm test: static checks, then every test. `verify`: no services. `browser`: the tests that need Chromium.
import { checks, runCheck } from './checks.mjs';
import { findChromium } from './chromium.mjs';
import { runProject } from './vitest-project.mjs';

const modes = {
  all: { checks, projects: ['unit', 'services'] },
  verify: { checks, projects: ['unit'] },
  browser: { checks: [], projects: ['browser'] },
};

const name = process.argv[2] ?? 'all';
const mode = modes[name];
if (!mode) throw new Error(`No such run: ${name}. There are ${Object.keys(modes).join(', ')}.`);

const env = { ...process.env };
const tallies = [];
if (name === 'browser') {
  const { path, problem } = findChromium();
  if (path) env.CHROMIUM_PATH = path;
  else fail(problem);
}
tallies.push(...(await Promise.all(mode.checks.map(runCheck))));
for (const project of mode.projects) tallies.push(runProject(project, env));
finish();

function fail(problem) {
  console.error(problem);
  tallies.push({ label: 'Chromium', passed: 0, failed: 1 });
  mode.projects = [];
}

/** The last line is read by machines. */
function finish() {
  const total = (key) => tallies.reduce((sum, tally) => sum + tally[key], 0);
  console.log();
  for (const { label, passed, failed } of tallies)
    console.log(`${label}: ${passed} passed, ${failed} failed`);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  process.exitCode = total('failed') > 0 ? 1 : 0;
}
