import { expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';

test.each(['orders-primary', 'nhn:orders-primary', 'NHN:orders-primary'])(
  '%s is read as the instance that bears the name',
  async (given) => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const { call } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
    const { data, text, isError } = await call('nhn_get_db_instance', { dbInstanceId: given });
    expect(isError, text).toBe(false);
    expect(data).toMatchObject({ dbInstanceId, pgfleet: { named: [expect.stringContaining(`→ ${dbInstanceId}`)] } });
    expect(text).toContain(`→ ${dbInstanceId}.`);
  },
);

test('an id is read without a look for names, and so is a reference', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call } = await connect({ fleet });
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  fleet.sent.length = 0;
  await call('nhn_get_db_instance', { dbInstanceId });
  const { data } = await call('nhn_get_db_instance', { dbInstanceId: `nhn:${dbInstanceId}` });
  expect(data['dbInstanceId']).toBe(dbInstanceId);
  expect(fleet.sent.length).toBe(2);
});

test('a guarded change by name is asked about, sent and recorded with the id', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call, asked, audit } = await connect({ fleet, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const { isError, text } = await call('nhn_delete_db_instance', { dbInstanceId: 'staging' });
  expect(isError, text).toBe(false);
  expect(asked[0]?.message).toContain(`Named: staging → ${dbInstanceId}.`);
  expect(fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${dbInstanceId}`]);
  expect(audit()[0]).toMatchObject({ event: 'attempt', target: dbInstanceId, named: [`staging → ${dbInstanceId}`] });
});
