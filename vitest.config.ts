import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most stories wait for a server to start or for a pause between two tries, so a few of them share a core well.
    maxWorkers: 4,
  },
});
