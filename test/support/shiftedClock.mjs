// Loaded into a process of the bot before anything else (`node --import`): after SIGUSR2 its clock is off by as many
// milliseconds as CLOCK_FILE says.
import { readFileSync } from 'node:fs';

const real = Date.now;
let shift = 0;
Date.now = () => real() + shift;
process.on('SIGUSR2', () => {
  shift = Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
});
