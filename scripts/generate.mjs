// npm run generate: writes the Prisma client to src/storage/generated.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'src/storage/generated/.stamp');

/** Whether the client is there and was made from this schema by this Prisma. */
export function isGenerated() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Generates the client; throws with Prisma's output when it cannot. */
export function generate() {
  // Generating never runs the schema engine, which Prisma would download: any file that exists keeps it from that.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const prisma = join(root, 'node_modules/prisma/build/index.js');
  const run = spawnSync(process.execPath, [prisma, 'generate'], { cwd: root, env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout ?? ''}${run.stderr ?? ''}`);
  writeFileSync(stamp, fingerprint());
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['prisma/schema.prisma', 'node_modules/prisma/package.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  generate();
  console.log('Wrote the Prisma client to src/storage/generated.');
}
