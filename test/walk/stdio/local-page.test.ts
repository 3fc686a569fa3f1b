import { expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/system.js';
import { approvalsCommand } from '../../../src/http/page/cli-client.js';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';

const env = { PGFLEET_CONFIRM: 'human' };

/** The terminal of the person at this machine, who reads what the server says on stderr. */
function personAt({ stderr }: Pick<Connection, 'stderr'>) {
  const server = new URL(/approval page: (http:\S+)\/approvals/.exec(stderr())?.[1] ?? '');
  let token = '';
  return async (command: Parameters<typeof approvalsCommand>[1]) => {
    const code = /one-time code for the approval page: (\S+)/.exec(stderr())?.[1] ?? '';
    const keep = async (session: string) => {
      token = session;
    };
    const credential = token === '' ? { code, keep } : { token };
    return approvalsCommand({ server, credential, fetch, clock: systemClock }, command);
  };
}

test('over stdio too, only a person on the page can let a guarded call run, once', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes', env });
  const { call, asked, audit } = connection;
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const { data } = await call('nhn_delete_db_instance', { dbInstanceId });
  expect(data).toMatchObject({ status: 'approval_pending', plan: { name: 'staging' } });
  expect(fleet.changes()).toEqual([]);

  const person = personAt(connection);
  expect(await person({ verb: 'list' })).toContain('staging');
  const id = String(data['approval_id']);
  await expect(person({ verb: 'approve', id, name: 'other' })).rejects.toThrow('is not staging');
  expect(await person({ verb: 'approve', id, name: 'staging' })).toContain('Approved');

  expect((await call('confirm_operation', { approval_id: id })).isError).toBe(false);
  expect((await call('confirm_operation', { approval_id: id })).isError).toBe(true);
  expect(fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${dbInstanceId}`]);
  expect(asked).toEqual([]);
  expect(
    audit()
      .map(({ event, approval, approver }) => ({ event, approval, approver }))
      .slice(0, 2),
  ).toEqual([
    { event: 'decision', approval: undefined, approver: 'the person at the server' },
    { event: 'attempt', approval: 'person', approver: 'the person at the server' },
  ]);
});

test('what a person refused tells the reason and does not run', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, env });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const { data } = await connection.call('nhn_restart_db_instance', { dbInstanceId });
  const id = String(data['approval_id']);
  await personAt(connection)({ verb: 'refuse', id, reason: 'After the release.' });
  const refused = await connection.call('nhn_restart_db_instance', { dbInstanceId });
  expect(refused.isError).toBe(true);
  expect(refused.text).toContain('After the release.');
  expect(fleet.changes()).toEqual([]);
});
