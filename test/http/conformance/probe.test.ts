import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { startFixtures } from './fixture-server.js';
import { runSuite } from './program.js';
test('probe', async () => {
  const server = await startFixtures();
  for (const era of ['2025-11-25', '2026-07-28', 'extension'] as const) {
    const t = Date.now();
    const { checks, output } = await runSuite(server.url, era);
    const lines = [`##### ${era} ${Date.now() - t} ms`];
    for (const [name, all] of checks) {
      const bad = all.filter(({ status }) => status === 'FAILURE' || status === 'WARNING' || status === 'SKIPPED');
      lines.push(`${bad.length === 0 ? 'ok ' : 'BAD'} ${name} ${all.filter((c) => c.status === 'SUCCESS').length}/${all.length} ${bad.map((c) => `\n      ${c.status} ${c.id}: ${c.errorMessage}`).join('')}`);
    }
    writeFileSync(`/tmp/probe-${era}.txt`, `${lines.join('\n')}\n`);
    writeFileSync(`/tmp/probe-${era}.out`, output);
  }
  console.log(server.faults());
  await server.close();
}, 200_000);
