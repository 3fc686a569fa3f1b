import type { Answer } from './answering.js';
import type { Connection } from './connect.js';

export interface Instance {
  dbInstanceId: string;
  dbInstanceGroupId: string;
  dbInstanceName: string;
  dbInstanceStatus: string;
}

/** The seeded instance of a name. */
export async function instanceNamed(call: Connection['call'], name: string): Promise<Instance> {
  const { data } = await call('nhn_list_db_instances');
  const found = (data['dbInstances'] as Instance[]).find(({ dbInstanceName }) => dbInstanceName === name);
  if (!found) throw new Error(`The emulator has no instance ${name}.`);
  return found;
}

/** What NHN says when it did what it was asked. */
export const success = (body: object): Answer => ({
  body: { header: { resultCode: 0, resultMessage: 'SUCCESS', isSuccessful: true }, ...body },
});

/** What it says when it did not. */
export const refusal = (resultCode: number, resultMessage: string): Answer => ({
  body: { header: { resultCode, resultMessage, isSuccessful: false } },
});

/** Any instance of the sandbox, with what a new one has to be made of. */
export async function newInstance(call: Connection['call'], network: object) {
  const { data } = await call('nhn_list_parameter_groups');
  const flavors = await call('nhn_list_db_flavors');
  const subnets = await call('nhn_list_subnets');
  const first = (list: unknown, field: string, kept: (row: Record<string, unknown>) => boolean = () => true) =>
    (list as Record<string, unknown>[]).find(kept)?.[field];
  return {
    dbInstanceName: 'fresh',
    dbFlavorId: first(flavors.data['dbFlavors'], 'dbFlavorId'),
    dbVersion: 'POSTGRESQL_V17_6',
    dbPort: 15_432,
    dbUserName: 'app',
    dbPassword: 'pass-1234',
    databaseName: 'app',
    parameterGroupId: first(
      data['parameterGroups'],
      'parameterGroupId',
      (row) => row['dbVersion'] === 'POSTGRESQL_V17_6',
    ),
    network: { subnetId: first(subnets.data['subnets'], 'subnetId'), ...network },
    storage: { storageType: 'General SSD', storageSize: 20 },
    backup: { backupPeriod: 1, backupSchedules: [{ backupWndBgnTime: '02:00:00', backupWndDuration: 'ONE_HOUR' }] },
  };
}
