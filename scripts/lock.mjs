import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const lock = fileURLToPath(new URL('../.debrief/bootstrap.lock', import.meta.url));

/** Runs `work` while no other process prepares this folder. A lock whose process is gone does not count. */
export async function whileAlone(work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; !take(); told = true) {
    if (!told) console.log('Waiting for another process that prepares this folder.');
    await sleep(500);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(holder())) rmSync(lock, { force: true });
    return false;
  }
}

/** The process that holds the lock; 0 when it is just being taken or given back. */
function holder() {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return 0;
  }
}

function isAlive(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
