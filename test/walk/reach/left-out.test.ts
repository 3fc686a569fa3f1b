import { expect, test } from 'vitest';
import { startAnswering } from '../../support/answering.js';
import { connect } from '../../support/connect.js';
import { success } from '../../support/nhn.js';

/** More than one answer shows. */
const all = Array.from({ length: 3_000 }, (_, number) => `instance-${number}`);

async function answering(names: readonly string[], env: Record<string, string> = {}) {
  const dbInstances = names.map((dbInstanceName) => ({ dbInstanceName }));
  return connect({ fleet: await startAnswering(['nhn'], () => success({ dbInstances })), env });
}

test('what an answer leaves out is shown by the select that it names, to the last', async () => {
  const { call } = await answering(all);
  const first = await call('nhn_list_db_instances');
  const [, select = ''] =
    /run_read_operation, with the same arguments and a select such as "([^"]+)"/.exec(first.text) ?? [];
  const seen = new Set((first.data['dbInstances'] as { dbInstanceName: string }[]).map((each) => each.dbInstanceName));
  expect(select).toBe(`dbInstances[${seen.size}:]`);
  while (seen.size < all.length) {
    const before = seen.size;
    const more = { operation: 'nhn_list_db_instances', select: `dbInstances[${seen.size}:].dbInstanceName` };
    const { data, text } = await call('run_read_operation', more);
    for (const name of data['selected'] as string[]) seen.add(name);
    expect(seen.size).toBeGreaterThan(before);
    expect(text.includes('A select that passes over what came')).toBe(seen.size < all.length);
  }
  expect([...seen]).toEqual(all);
});

test('an answer that leaves something out names no tool that is not offered', async () => {
  const { call } = await answering(all, { PGFLEET_RUN: 'off' });
  const { text } = await call('nhn_list_db_instances');
  expect(text).toContain('Narrower arguments');
  expect(text).not.toContain('run_read_operation');
});
