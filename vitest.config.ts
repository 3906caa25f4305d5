import { defineConfig } from 'vitest/config';

const EMULATOR_TESTS = 'test/**/*.emulator.test.ts';
const CLOUD_TESTS = 'test/**/*.cloud.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './test/reporters/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [EMULATOR_TESTS, CLOUD_TESTS],
          setupFiles: 'test/property-seed.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'emulator',
          include: [EMULATOR_TESTS],
          globalSetup: 'test/emulator/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cloud',
          include: [CLOUD_TESTS],
          globalSetup: 'test/cloud/global-setup.ts',
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
