import { describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';

/** A read and a guarded change by name, at each other provider. */
const stories = [
  {
    provider: 'samsung',
    read: { tool: 'samsung_get_cluster', arguments: { cluster_id: 'orders' }, shows: { name: 'orders' } },
    change: { tool: 'samsung_terminate_cluster', arguments: { cluster_id: 'staging' }, asks: /staging → [0-9a-f]{32}/ },
  },
  {
    provider: 'naver',
    read: {
      tool: 'naver_list_databases',
      arguments: { cloudPostgresqlInstanceNo: 'naver:shop-orders' },
      shows: { pgfleet: { named: [expect.stringMatching(/^naver:shop-orders → \d+$/)] } },
    },
    change: {
      tool: 'naver_delete_instance',
      arguments: { cloudPostgresqlInstanceNo: 'stats-batch' },
      asks: /stats-batch → \d+/,
    },
  },
  {
    provider: 'cegedim',
    read: { tool: 'cegedim_get_instance', arguments: { id: 'ordersprod01' }, shows: { name: 'ordersprod01' } },
    change: { tool: 'cegedim_delete_instance', arguments: { id: 'ordersprod01' }, asks: /ordersprod01 → \d+/ },
  },
] as const;

describe.each(stories)('$provider', ({ provider, read, change }) => {
  test('reads by name', async () => {
    const { call } = await connect({ fleet: await startFleet({ providers: [provider] }) });
    const { data, text, isError } = await call(read.tool, read.arguments);
    expect(isError, text).toBe(false);
    expect(data).toMatchObject(read.shows);
  });

  test('asks about a change by name, and shows what the name means', async () => {
    const fleet = await startFleet({ providers: [provider] });
    const { call, asked, audit } = await connect({ fleet, answer: 'decline' });
    const { text } = await call(change.tool, change.arguments);
    expect(asked[0]?.message, text).toMatch(change.asks);
    expect(audit().at(-1)).toMatchObject({ named: [expect.stringMatching(change.asks)] });
  });
});
