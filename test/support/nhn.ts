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
