import { fixedHex } from '../../core/ids.js';

/** What clusters can be created with. */

const version = (softwareVersion: string, osVersion: string, endOfService = false) => ({
  id: fixedHex(`engine-version:${softwareVersion}`),
  name: `PostgreSQL ${softwareVersion}`,
  majorVersion: softwareVersion.split('.')[0] ?? '',
  softwareVersion,
  osVersion,
  endOfService,
});
export type EngineVersion = ReturnType<typeof version>;

export const engineVersions: EngineVersion[] = [
  version('12.22', '8.10', true),
  version('14.17', '8.10'),
  version('14.19', '8.10'),
  version('15.14', '9.4'),
  version('16.6', '9.4'),
  version('16.8', '9.4'),
  version('16.10', '9.4'),
  version('17.6', '9.4'),
];

export const majorVersions = [...new Set(engineVersions.map(({ majorVersion }) => majorVersion))];

const serverType = (name: string, cpuCore: number, memoryGb: number, type: 'Standard' | 'High Capacity') => ({
  name,
  cpuCore,
  memoryGb,
  type,
});

export const serverTypes = [
  serverType('db1v1m2', 1, 2, 'Standard'),
  serverType('db1v2m4', 2, 4, 'Standard'),
  serverType('db1v2m8', 2, 8, 'Standard'),
  serverType('db1v4m16', 4, 16, 'Standard'),
  serverType('db1v8m32', 8, 32, 'Standard'),
  serverType('db1v16m64', 16, 64, 'Standard'),
  serverType('dbh2v24m48', 24, 48, 'High Capacity'),
  serverType('dbh2v32m128', 32, 128, 'High Capacity'),
];

export const productImageType = 'PostgreSQL Community';

/** What a new cluster may choose, by property. The list of the real service is not documented. */
export const engineProperties: [name: string, value: string][] = [
  ['database_encoding', 'UTF-8'],
  ['database_encoding', 'EUC_KR'],
  ['database_encoding', 'SQL_ASCII'],
  ['database_locale', 'C'],
  ['database_locale', 'ko_KR.utf8'],
  ['database_locale', 'en_US.utf8'],
  ['default_database_port', '2866'],
];
