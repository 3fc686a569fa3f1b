import { expect, test } from 'vitest';
import { listTools } from '../../src/docs/list-tools.js';
import { providerNames } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';

const entries = new Map((await listTools()).map((entry) => [entry.name, entry]));
const toolsets = await Promise.all(providerNames.map((provider) => loadToolset(provider)));
const tools = toolsets.flatMap((toolset) => Object.values(toolset?.groups ?? {}).flat());

/** Facts that a model once took for something else, and the text that has to tell them. */
const told: [string, RegExp][] = [
  ['nhn_replicate_db_instance', /Deletion protection, public access and alarms are not taken over/],
  ['nhn_create_db_instance', /"General SSD|e\.g\. General SSD, General HDD/],
  ['nhn_list_storage_types', /General SSD and General HDD/],
  ['nhn_list_db_versions', /no operation upgrades/],
  ['nhn_list_available_db_versions', /No operation moves/],
  ['nhn_get_metric_statistics', /count, minimum, maximum, mean and last/],
  ['nhn_restore_db_instance', /\[\{\}\]: as on the source/],
  ['nhn_force_restart_db_instance', /within 10 minutes/],
  ['nhn_restart_db_instance', /swaps the roles/],
  ['samsung_create_replica', /role DATA only/],
  ['samsung_create_other_region_replica', /role DATA only/],
  ['samsung_set_archive_config', /retention_period_day belongs in every call/],
  ['naver_add_db_users', /No argument gives rights/],
  ['cegedim_install_extension', /version 15 or later/],
  ['cegedim_restore_instance', /12 or later/],
  ['cegedim_enable_ha', /version 12 or later/],
  ['cegedim_upgrade_instance', /100 GB.*a full backup follows/s],
];

test.each(told)('%s tells %s', (name, text) => {
  const { description, inputSchema } = entries.get(name) ?? {};
  expect(description + JSON.stringify(inputSchema)).toMatch(text);
});

const planned: [string, RegExp][] = [
  ['samsung_create_other_region_replica', /disks of role DATA only/],
  ['samsung_set_archive_config', /Without retention_period_day/],
  ['cegedim_upgrade_instance', /20 minutes for each 100 GB/],
];

test.each(planned)('the plan of %s tells %s', (name, text) => {
  const dangers = toolsets.flatMap((toolset) => toolset?.effects[name]?.dangers ?? []);
  const own = tools.find((tool) => tool.name === name)?.warning;
  expect([own, ...dangers.map(({ warning }) => warning)].join(' ')).toMatch(text);
});

/** Settings of a new NHN instance that are off where nothing is said. */
const off = ['useDeletionProtection', 'useDefaultNotification', 'useHighAvailability'];

test.each(['nhn_create_db_instance', 'nhn_restore_backup', 'nhn_restore_db_instance'])(
  '%s names its defaults',
  (name) => {
    const properties = entries.get(name)?.inputSchema.properties ?? {};
    for (const field of off) expect(JSON.stringify(properties[field]), field).toContain('default false');
    expect(JSON.stringify(properties['network'])).toContain('default false');
  },
);

/** Ids that no answer to another argument shows, so the tool that lists them is named. */
const ids = ['dbFlavorId', 'extensionId', 'databaseIds', 'dbUserIds', 'ruleIds', 'userGroupIds', 'memberIds'];
const taking = [...entries.values()].flatMap(({ name, inputSchema: { properties = {} } }) =>
  ids.filter((id) => id in properties).map((id) => [name, id, JSON.stringify(properties[id])] as const),
);

test.each(taking)('%s says where %s comes from', (_, _id, schema) => {
  expect([...entries.keys()].filter((name) => schema.includes(`from ${name}`))).toHaveLength(1);
});

/** Ids that no operation tells. */
const onlyInTheConsole: [string, string][] = [
  ['nhn_backup_to_object_storage', 'tenantId'],
  ['nhn_export_backup', 'tenantId'],
  ['samsung_create_cluster', 'subnet_id'],
  ['samsung_create_cluster', 'vip_public_ip_id'],
  ['samsung_create_other_region_replica', 'subnet_id'],
];

test.each(onlyInTheConsole)('%s says that %s is found in the console', (name, field) => {
  expect(JSON.stringify(entries.get(name)?.inputSchema.properties?.[field])).toMatch(/from (the|its) console/);
});
