import { spawnSync } from 'node:child_process';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that need a program which npm does not bring. Without it they are left out, except in CI, where they fail. */
const needs: Record<string, readonly string[]> = {
  'redis-server': ['test/store/**', 'test/http/replicas/**', 'test/fleet/shared-watch.test.ts'],
  openssl: ['test/inspect/tls.test.ts'],
  chromium: ['test/http/page/{appearance,issuer,oidc,screenshot,stories}.test.ts', 'test/http/board/**'],
};

const missing = process.env['CI']
  ? []
  : Object.keys(needs).filter((program) => spawnSync(program, ['--version']).error !== undefined);
for (const program of missing) process.stderr.write(`${program} is not installed: ${needs[program]} are left out.\n`);

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/services/postgres-setup.ts'],
    exclude: [...configDefaults.exclude, ...missing.flatMap((program) => needs[program] ?? [])],
    // Only what hangs is given up: on a machine that does much else, a story takes many times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Stories share no state, so each process loads the product once, not once a file.
    isolate: false,
    // Most stories wait for a server to start or for a pause between two tries, so a few of them share a core well.
    maxWorkers: 4,
  },
});
