import { expect, test } from 'vitest';
import { listTools } from '../../src/docs/list-tools.js';

const entries = await listTools();
const providers = [...new Set(entries.map(({ provider }) => provider))];

// What a model sees of each provider: every change of it shows in review.
test.each(providers)('%s', async (provider) => {
  const own = entries.filter((entry) => entry.provider === provider);
  await expect(`${JSON.stringify(own, null, 1)}\n`).toMatchFileSnapshot(`__snapshots__/${provider}.json`);
});
