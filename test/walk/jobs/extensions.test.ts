import { expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { finished, jobOf } from '../../support/follow.js';
import { instanceNamed } from '../../support/nhn.js';

interface Extension {
  extensionId: string;
  extensionName: string;
  databases: { dbInstanceGroupExtensionId: string; databaseId: string; reservedAction: string }[];
}

/** Reserves an extension in a database of the group of orders. */
async function reserve(call: Connection['call'], name: string) {
  const { dbInstanceGroupId, dbInstanceId } = await instanceNamed(call, 'orders-primary');
  const { data } = await call('nhn_list_databases', { dbInstanceId });
  const [database] = data['databases'] as { databaseId: string }[];
  const listed = async () =>
    ((await call('nhn_list_extensions', { dbInstanceGroupId })).data['extensions'] as Extension[]).find(
      ({ extensionName }) => extensionName === name,
    );
  const extensionId = (await listed())?.extensionId;
  const given = { dbInstanceGroupId, extensionId, databaseId: database?.databaseId, schemaName: 'public' };
  const { text } = await call('nhn_install_extension', given);
  expect(text).toContain('nhn_apply_extension_changes');
  return { dbInstanceGroupId, reserved: (await listed())?.databases[0]?.dbInstanceGroupExtensionId };
}

test('an extension that fails in a job which is COMPLETED is a failure, with its reason', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const connection = await connect({ fleet, answer: 'yes' });
  const { dbInstanceGroupId } = await reserve(connection.call, 'earthdistance');
  const applied = await connection.call('nhn_apply_extension_changes', { dbInstanceGroupId });
  expect(applied.text).toContain('look at nhn_list_extensions');
  const ended = await finished(connection, fleet, jobOf(applied));
  expect(ended).toMatchObject({
    state: 'failed',
    providerState: 'COMPLETED, but 1 in error: earthdistance INSTALL_ERROR',
    jobStatus: 'COMPLETED',
    failedExtensions: [{ errorReason: 'required extension "cube" is not installed' }],
  });
});

test('one that is installed is a success', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const connection = await connect({ fleet, answer: 'yes' });
  const { dbInstanceGroupId } = await reserve(connection.call, 'cube');
  const applied = await connection.call('nhn_apply_extension_changes', { dbInstanceGroupId });
  expect(await finished(connection, fleet, jobOf(applied))).toMatchObject({ state: 'succeeded' });
});

test('a list that cannot be read leaves the success of the job, and says to look', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const connection = await connect({ fleet, answer: 'yes' });
  const { dbInstanceGroupId } = await reserve(connection.call, 'earthdistance');
  const job = jobOf(await connection.call('nhn_apply_extension_changes', { dbInstanceGroupId }));
  const on = 'GET /v1.0/db-instance-groups/:dbInstanceGroupId/extensions';
  fleet.faults.add({ on, kind: 'status', value: 404 });
  const ended = await finished(connection, fleet, job);
  expect(ended).toMatchObject({ state: 'succeeded', next: expect.stringContaining('nhn_list_extensions') });
});

test('after a reserved change is cancelled, nothing is proposed to be applied', async () => {
  const { call } = await connect({ fleet: await startFleet({ providers: ['nhn'] }), answer: 'yes' });
  const { dbInstanceGroupId, reserved } = await reserve(call, 'ltree');
  const given = { dbInstanceGroupId, dbInstanceGroupExtensionId: reserved, withCascade: false };
  const { isError, text } = await call('nhn_delete_extension', given);
  expect(isError).toBe(false);
  expect(text).not.toContain('nhn_apply_extension_changes');
});
