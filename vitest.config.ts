import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// unit: pure code, no services. services: PostgreSQL, Redis and the local Slack. browser: Chromium too.
// Slack’s edge and the jobs that need no more than small fakes of their ports.
const withoutServices = [
  'test/slack/{views/**/,}*.test.ts',
  'test/jobs/{drainLane,pace,sweep}.test.ts',
  'test/web/*.test.ts',
];

// What waits most begins first: the others fill its pauses.
const WAITING = [/\/e2e\/(broken|slackWrites|outages|killed|burst)\./, /\/(e2e|demo)\//, /./];

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => WAITING.findIndex((one) => one.test(moduleId));
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

// No test is judged by its speed: a slow machine, used by others too, takes what it takes.
const A_HANG = 900_000;

export default defineConfig({
  test: {
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: [
            'test/{time,incident,postmortem,bench}/**/*.test.ts',
            ...withoutServices,
            'test/*.test.ts',
          ],
          testTimeout: A_HANG,
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'services',
          sequence: { groupOrder: 1 },
          include: ['test/{usecases,storage,slack,jobs,web,demo,e2e}/**/*.test.ts'],
          exclude: withoutServices,
          globalSetup: ['test/support/services.ts'],
          testTimeout: A_HANG,
          hookTimeout: A_HANG,
          // Nothing here keeps state in a module: files share what they have loaded. They wait more than they compute.
          isolate: false,
          maxWorkers: 5,
        },
      },
      {
        test: {
          name: 'faults',
          sequence: { groupOrder: 2 },
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/support/services.ts'],
          hookTimeout: A_HANG,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 3 },
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/services.ts'],
          testTimeout: A_HANG,
          hookTimeout: A_HANG,
        },
      },
    ],
  },
});
