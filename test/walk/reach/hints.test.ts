import { expect, test } from 'vitest';
import { connect, peers } from '../../support/connect.js';

/** What a client of the default list needs at hand to get at all else. */
const needed = ['fleet_check', 'find_operation', 'run_read_operation', 'run_operation', 'wait_for_job'];

test.each(peers)('a host of %s that looks tools up late is told which to load, and what finds each', async (peer) => {
  const { listTools } = await connect({ peer, args: ['--sandbox'] });
  const tools = (await listTools()).map(({ name, _meta }) => ({ name, hints: new Map(Object.entries(Object(_meta))) }));
  const loaded = tools.flatMap(({ name, hints }) => (hints.get('anthropic/alwaysLoad') === true ? [name] : []));
  expect(loaded).toEqual(expect.arrayContaining([...needed, 'confirm_operation']));
  expect(loaded.filter((name) => /^(nhn|samsung|naver|cegedim)_/.test(name))).toEqual([]);
  for (const { name, hints } of tools) expect(hints.get('anthropic/searchHint'), name).toMatch(/^\S.{2,59}$/);
});
