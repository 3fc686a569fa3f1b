import { describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';

const missing = '00000000-0000-4000-8000-000000000000';

describe('the arguments count', () => {
  test('a new instance without public access is made at once', async () => {
    const fleet = await startFleet();
    const { call, asked } = await connect({ fleet, answer: 'decline' });
    const result = await call('nhn_create_db_instance', await newInstance(call, {}));
    expect(result.text).not.toContain('failed');
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual(['POST /v1.0/db-instances']);
  });

  test('one that the internet can reach is asked about', async () => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ fleet, answer: 'decline' });
    await call('nhn_create_db_instance', await newInstance(call, { usePublicAccess: true }));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('exposing');
    expect(asked[0]?.message).not.toContain('pass-1234');
    expect(fleet.changes()).toEqual([]);
    expect(audit()).toMatchObject([{ risk: 'exposing', outcome: 'declined' }]);
  });

  const modify = 'nhn_modify_db_instance';
  const table: [string, string, object, string][] = [
    ['a new name only', modify, { dbInstanceName: 'stage' }, 'write'],
    ['a new description only', modify, { description: 'x' }, 'write'],
    ['a name and a description', modify, { dbInstanceName: 'stage', description: 'x' }, 'write'],
    ['a name and a port', modify, { dbInstanceName: 'stage', dbPort: 5432 }, 'disruptive'],
    ['other security groups', modify, { dbSecurityGroupIds: [missing] }, 'exposing'],
    ['no security groups', modify, { dbSecurityGroupIds: [] }, 'disruptive'],
    ['a name and no security groups', modify, { dbInstanceName: 'x', dbSecurityGroupIds: [] }, 'disruptive'],
    ['the same port', modify, { dbPort: 15432 }, 'unchanged'],
    ['protection off', 'nhn_modify_deletion_protection', { useDeletionProtection: false }, 'destructive'],
    ['public access off', 'nhn_modify_network_info', { usePublicAccess: false }, 'disruptive'],
    ['public access on where it is on', 'nhn_modify_network_info', { usePublicAccess: true }, 'unchanged'],
    ['backups for longer', 'nhn_modify_backup_info', { backupPeriod: 60 }, 'write'],
    ['backups for less time', 'nhn_modify_backup_info', { backupPeriod: 1 }, 'destructive'],
  ];
  test.each(table)('%s', async (_, tool, args, risk) => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ fleet, answer: 'decline' });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const { data } = await call(tool, { dbInstanceId, ...args });
    const isAsked = risk !== 'write' && risk !== 'unchanged';
    expect(data['status'] === 'unchanged').toBe(risk === 'unchanged');
    expect(audit()[0]).toMatchObject(risk === 'unchanged' ? { outcome: risk } : { risk });
    // What is asked about is this, and not what the operation could do at worst.
    expect(asked.map(({ message }) => message)).toEqual(isAsked ? [expect.stringContaining(risk)] : []);
    expect(fleet.changes()).toHaveLength(risk === 'write' ? 1 : 0);
  });
});

describe('modes of confirmation', () => {
  test('token: a client with forms gets a token all the same', async () => {
    const fleet = await startFleet();
    const { call, asked } = await connect({ fleet, answer: 'yes', env: { PGFLEET_CONFIRM: 'token' } });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const { data } = await call('nhn_delete_db_instance', { dbInstanceId });
    expect(data['status']).toBe('confirmation_required');
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
  });

  test('deny: guarded calls end with a reason, others run', async () => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ fleet, answer: 'yes', env: { PGFLEET_CONFIRM: 'deny' } });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const refused = await call('nhn_delete_db_instance', { dbInstanceId });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('PGFLEET_CONFIRM=deny');
    expect(fleet.changes()).toEqual([]);
    expect((await call('nhn_start_db_instance', { dbInstanceId })).isError).toBe(false);
    expect(asked).toEqual([]);
    expect(audit()).toMatchObject([
      { event: 'refused', outcome: 'denied', risk: 'destructive' },
      { event: 'attempt', approval: 'not needed', risk: 'write' },
      { event: 'outcome', outcome: 'succeeded' },
    ]);
  });

  test('off: guarded calls run at once, and the record says so', async () => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ fleet, answer: 'decline', env: { PGFLEET_CONFIRM: 'off' } });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    expect((await call('nhn_delete_db_instance', { dbInstanceId })).isError).toBe(false);
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${dbInstanceId}`]);
    expect(audit()[0]).toMatchObject({ event: 'attempt', approval: 'switched off' });
  });
});

describe('read-only', () => {
  test('only reads are listed, and nothing else can be called', async () => {
    const fleet = await startFleet();
    const { call, listTools } = await connect({ fleet, answer: 'yes', env: { PGFLEET_READ_ONLY: '1' } });
    const tools = (await listTools()) as { name: string; annotations?: { readOnlyHint?: boolean } }[];
    const names = tools.map(({ name }) => name);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    expect(names).toContain('nhn_list_db_instances');
    expect(names).not.toContain('confirm_operation');
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    await expect(call('nhn_start_db_instance', { dbInstanceId })).rejects.toThrow('nhn_start_db_instance');
    await expect(call('confirm_operation', { confirmation_token: 'x' })).rejects.toThrow('confirm_operation');
    expect(fleet.changes()).toEqual([]);
  });
});

describe('the target', () => {
  test('that does not exist: nobody is asked, and the tool that lists is named', async () => {
    const fleet = await startFleet();
    const { call, asked } = await connect({ fleet, answer: 'yes' });
    const result = await call('nhn_delete_db_instance', { dbInstanceId: missing });
    expect(result.isError).toBe(true);
    expect(result.text).toContain(missing);
    expect(result.text).toContain('nhn_list_db_instances');
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
  });

  const faults = ['garbage', 'cut-before', 'cut-after', 'expired-token'] as const;
  test.each(faults)('that cannot be read (%s): nobody is asked, and nothing is said to be unknown', async (kind) => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ fleet, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    fleet.faults.add({ on: 'GET /v1.0/db-instances/:dbInstanceId', kind });
    const result = await call('nhn_delete_db_instance', { dbInstanceId });
    expect(result.isError).toBe(true);
    expect(result.text).toContain('Nothing was sent');
    expect(result.text).not.toContain('not known');
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
    expect(audit()).toMatchObject([{ event: 'refused', outcome: 'unreadable target' }]);
  });

  test('whose surroundings cannot be read is asked about, and that is said', async () => {
    const fleet = await startFleet();
    const { call, asked } = await connect({ fleet, answer: 'decline' });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    fleet.faults.add({ on: 'GET /v1.0/backups', kind: 'cut-after' });
    await call('nhn_delete_db_instance', { dbInstanceId });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('could not be read');
    expect(fleet.changes()).toEqual([]);
  });

  test('that has a new name since the token was made: the token is void, the new plan has a new one', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const first = await call('nhn_delete_db_instance', { dbInstanceId });
    await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: 'staging-two' });
    fleet.world.advance(60_000);

    const second = await call('confirm_operation', { confirmation_token: first.data['confirmation_token'] });
    expect(second.data).toMatchObject({ status: 'confirmation_required', plan: { name: 'staging-two' } });
    expect(fleet.changes().filter((line) => line.startsWith('DELETE'))).toEqual([]);

    const third = await call('confirm_operation', { confirmation_token: second.data['confirmation_token'] });
    expect(third.isError).toBe(false);
    expect(fleet.changes().at(-1)).toBe(`DELETE /v1.0/db-instances/${dbInstanceId}`);
  });
});
