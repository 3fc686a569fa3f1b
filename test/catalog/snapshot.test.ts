import { expect, test } from 'vitest';
import { listTools } from '../../src/docs/list-tools.js';

const entries = await listTools();
const groups = [...new Set(entries.map(({ provider, group }) => `${provider}/${group}`))];

// What a model sees of each group: every change of it shows in review.
test.each(groups)('%s', async (group) => {
  const own = entries.filter((entry) => `${entry.provider}/${entry.group}` === group);
  await expect(`${JSON.stringify(own, null, 1)}\n`).toMatchFileSnapshot(`__snapshots__/${group}.json`);
});
