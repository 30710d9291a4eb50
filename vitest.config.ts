// The parts side by side, then the whole, alone on the processor because its processes keep real time; boxes only when asked for.
import { defineConfig } from 'vitest/config';

const WHOLE = ['test/e2e/**/*.test.ts', 'test/faults/**/*.test.ts'];
const BOXES = ['test/boxes/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...WHOLE, ...BOXES],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: WHOLE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        // npm run test:systemd: whole systems with the packages installed.
        test: {
          name: 'boxes',
          include: BOXES,
          globalSetup: 'test/boxes/global-setup.ts',
          maxWorkers: 1,
          testTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
