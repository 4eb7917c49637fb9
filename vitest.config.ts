import { defineConfig } from 'vitest/config';

// unit: pure code, no services. services: PostgreSQL, Redis and the local Slack. browser: Chromium too.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{time,incident,postmortem,slack/views,bench}/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'services',
          include: ['test/{usecases,storage,slack,jobs,web,demo,e2e}/**/*.test.ts'],
          exclude: ['test/slack/views/**'],
          globalSetup: ['test/support/services.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/services.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
