// npm run test:faults -- [NAME…] [--runs N] [--deliveries N] [--resume] [--minutes N] [--seconds N] …: faults at length.
// NAME takes only the files of test/faults with it in their name. Incidents done so far are kept in .debrief/faults.json;
// --resume goes on from there, --minutes stops after the batch under way. --seconds is how long things stay broken.
// --bodies, --seed: of the fuzzing. --timers: how many are overdue at the start.
import { parseArgs } from 'node:util';
import { runProject } from './vitest-project.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    deliveries: { type: 'string', default: '500' },
    resume: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '' },
    seconds: { type: 'string', default: '30' },
    bodies: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    timers: { type: 'string', default: '10000' },
  },
});
const env = {
  ...process.env,
  FAULTS_RUNS: values.runs,
  FAULTS_DELIVERIES: values.deliveries,
  FAULTS_RESUME: values.resume ? '1' : '',
  FAULTS_MINUTES: values.minutes,
  FAULTS_SECONDS: values.seconds,
  FAULTS_BODIES: values.bodies,
  FAULTS_SEED: values.seed,
  FAULTS_TIMERS: values.timers,
};
const { passed, failed } = runProject('faults', env, positionals);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
