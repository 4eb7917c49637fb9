// npm run test:faults -- [--runs N] [--deliveries N] [--resume]: faults at length. What is done so far is kept in
// .debrief/faults.json; --resume goes on from there.
import { parseArgs } from 'node:util';
import { runProject } from './vitest-project.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    deliveries: { type: 'string', default: '500' },
    resume: { type: 'boolean', default: false },
  },
});
const env = {
  ...process.env,
  FAULTS_RUNS: values.runs,
  FAULTS_DELIVERIES: values.deliveries,
  FAULTS_RESUME: values.resume ? '1' : '',
};
const { passed, failed } = runProject('faults', env);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
