import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isGuarded } from '../../../src/define/index.js';
import { providerNames } from '../../../src/providers/settings.js';
import { loadToolset } from '../../../src/server/catalog.js';
import { startAnswering } from '../../support/answering.js';
import { connect, type Result } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';

const end = endOfFile();

interface Example {
  tool: string;
  arguments: Record<string, unknown>;
  request: { method: string; path: string };
  answer: object | null;
}

/** A path without the ids in it. */
const placeOf = (path: string) => path.replaceAll(/\/[^/]*\d{3}[^/]*|\/[\da-f]{8}[^/]*/g, '/:id');

/** The examples have an id of its own for each thing, and the calls have one for all. */
const known = (answer: object): string =>
  JSON.stringify(answer).replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f-]{22}/g, '0ddb042c-5af6-43fb-a914-f4dd0540eb7c');

/** Where the documented call would change nothing of the documented state, or nothing that is guarded. */
const otherwise: Readonly<Record<string, object>> = {
  nhn_modify_backup_info: { backupPeriod: 0 },
  nhn_modify_deletion_protection: { useDeletionProtection: false },
  nhn_modify_high_availability: { useHighAvailability: false },
  nhn_modify_network_info: { usePublicAccess: false },
  samsung_set_archive_config: { archive_enabled: false },
  samsung_set_security_group_rules: { add_ip_addresses: ['0.0.0.0/0'] },
};

const fleet = await startFleet({ scenario: 'failover', end });
const { call: callEmulator } = await connect({ fleet, end });
const rowsOf = async (tool: string, args: object, list: string) =>
  (await callEmulator(tool, { ...args })).data[list] as Record<string, unknown>[];
const nhn = (name: string) => ({ dbInstanceId: `nhn:${name}` });
const { parameterGroupId } = (await callEmulator('nhn_get_db_instance', nhn('orders-primary'))).data;
const rules = await rowsOf('nhn_list_hba_rules', nhn('analytics'), 'hbaRules');
const [replica] = (await rowsOf('naver_list_instances', {}, 'cloudPostgresqlInstanceList'))
  .flatMap((row) => row['cloudPostgresqlServerInstanceList'] as Record<string, unknown>[])
  .filter((server) => JSON.stringify(server['cloudPostgresqlServerRole']).includes('Read Replica'));
const timestamp = new Date(fleet.world.now() - 86_400_000).toISOString().replace('Z', '+00:00');

/** What the documented states do not allow, at the emulator, where it is possible. */
const emulated = new Map<string, object>([
  ['nhn_modify_deletion_protection', { ...nhn('analytics'), useDeletionProtection: false }],
  ['nhn_promote_db_instance', nhn('orders-replica')],
  ['nhn_repair_high_availability', nhn('orders-primary')],
  ['nhn_split_high_availability', nhn('orders-primary')],
  ['nhn_modify_db_user', { ...nhn('analytics'), dbUserId: 'etl', dbPassword: 'secret://generate' }],
  ['nhn_delete_db_user', { ...nhn('analytics'), dbUserId: 'etl' }],
  ['nhn_reorder_hba_rules', { ...nhn('analytics'), hbaRuleIds: rules.map((rule) => rule['hbaRuleId']).toReversed() }],
  ['nhn_reset_parameter_group', { parameterGroupId }],
  ['nhn_delete_parameter_group', { parameterGroupId: 'default-v14-19' }],
  ['samsung_switchover_cluster', { cluster_id: 'samsung:orders' }],
  ['naver_delete_read_replica', { cloudPostgresqlServerInstanceNo: replica?.['cloudPostgresqlServerInstanceNo'] }],
  ['cegedim_restore_instance', { id: 'ordersqa01', options: { sourceId: 'ordersprod01', stop: 'BEFORE', timestamp } }],
]);

function expectSmall({ data, text }: Result): void {
  expect(data['status'], text).toBe('confirmation_required');
  expect(JSON.stringify(data).length).toBeLessThanOrEqual(1.2 * text.length);
}

test.each([...emulated])('%s costs little more as fields than as text', async (tool, args) =>
  expectSmall(await callEmulator(tool, { ...args })),
);

describe.each(providerNames)('what %s asks before', async (name) => {
  const examples = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Example[];
  const toolset = await loadToolset(name);
  const guarded = Object.values(toolset?.groups ?? {})
    .flat()
    .filter((tool) => isGuarded(tool.risk) && !emulated.has(tool.name));
  const provider = await startAnswering(
    [name],
    ({ method, path }) => {
      const place = placeOf(path);
      const found = examples.find(({ request }) => request.method === method && placeOf(request.path) === place);
      return { body: known(found?.answer ?? {}) };
    },
    { end },
  );
  const { call } = await connect({ fleet: provider, end });

  test.each(guarded.map((tool) => [tool.name]))('%s costs little more as fields than as text', async (tool) => {
    const [example] = examples.filter((each) => each.tool === tool);
    expectSmall(await call(tool, { ...example?.arguments, ...otherwise[tool] }));
  });
});
