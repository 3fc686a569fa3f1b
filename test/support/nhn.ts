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
