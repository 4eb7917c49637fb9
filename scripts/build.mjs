// npm run build: compiles src to dist. Types are checked by npm test, not here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.stamp');

/** Whether dist was compiled from what src holds now. An image has no compiler: there, dist is what it is. */
export function isBuilt() {
  if (!existsSync(stamp)) return false;
  return process.env.NODE_ENV === 'production' || readFileSync(stamp, 'utf8') === fingerprint();
}

/** Compiles; throws with what the compiler said. Until it is done, the old dist stays as it was. */
export function build() {
  const fresh = join(root, 'dist.new');
  const from = fingerprint();
  rmSync(fresh, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [tsc, '-p', 'src', '--noCheck', '--outDir', fresh], {
    cwd: root,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`tsc failed:\n${run.stdout ?? ''}${run.stderr ?? ''}`);
  writeFileSync(join(fresh, '.stamp'), from);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

function fingerprint() {
  const hash = createHash('sha256');
  const src = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  for (const file of [join(root, 'tsconfig.json'), ...src.sort()])
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build();
  console.log('Compiled src to dist.');
}
