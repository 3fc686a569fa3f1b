import { describe, expect, test } from 'vitest';
import { type Answer, connect, peers } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';

/** Everything that is not a yes, for the typed name and for the box. */
const noes: [string, Answer][] = [
  ['declining', 'decline'],
  ['cancelling', 'cancel'],
  ['accepting with another name', () => ({ action: 'accept', content: { name: 'orders-primary' } })],
  ['accepting with the name in capitals', () => ({ action: 'accept', content: { name: 'STAGING' } })],
  ['accepting with a ticked box in place of a name', () => ({ action: 'accept', content: { confirm: true } })],
  ['accepting with an empty name', () => ({ action: 'accept', content: { name: '' } })],
];

const notTicked: [string, Answer][] = [
  ['declining', 'decline'],
  ['cancelling', 'cancel'],
  ['leaving the box empty', () => ({ action: 'accept', content: { confirm: false } })],
  ['typing the name in place of a tick', () => ({ action: 'accept', content: { name: 'analytics' } })],
];

describe.each(peers)('a client of the kind %s', (peer) => {
  test.each(noes)('%s deletes nothing, says so, and is not asked again', async (_, answer) => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ peer, fleet, answer });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const result = await call('nhn_delete_db_instance', { dbInstanceId });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('Type `staging` to confirm');
    expect(result.isError).toBe(true);
    expect(result.text).toContain('Nothing was sent');
    expect(fleet.changes()).toEqual([]);
    expect(audit()).toMatchObject([{ event: 'refused', outcome: 'declined', tool: 'nhn_delete_db_instance' }]);
  });

  test.each(notTicked)('%s restarts nothing', async (_, answer) => {
    const fleet = await startFleet();
    const { call, asked } = await connect({ peer, fleet, answer });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const result = await call('nhn_restart_db_instance', { dbInstanceId });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).not.toContain('Type `');
    expect(result.isError).toBe(true);
    expect(fleet.changes()).toEqual([]);
  });

  test('typing the name deletes that instance, once', async () => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ peer, fleet, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const result = await call('nhn_delete_db_instance', { dbInstanceId });
    expect(result.isError).toBe(false);
    expect(result.data['pgfleet']).toMatchObject({ job: expect.stringMatching(/^nhn:/) });
    expect(asked).toHaveLength(1);
    expect(fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${dbInstanceId}`]);
    expect(audit()).toMatchObject([
      { event: 'attempt', approval: 'form', target: dbInstanceId },
      { event: 'outcome', outcome: 'succeeded', target: dbInstanceId },
    ]);
    fleet.world.advance(60_000);
    const { data } = await call('nhn_list_db_instances');
    expect(JSON.stringify(data)).not.toContain(dbInstanceId);
  });

  test('ticking the box restarts', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ peer, fleet, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    expect((await call('nhn_restart_db_instance', { dbInstanceId })).isError).toBe(false);
    expect(fleet.changes()).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
  });

  test('the question tells what the provider knows of the target', async () => {
    const fleet = await startFleet();
    const { call, asked } = await connect({ peer, fleet, answer: 'decline' });
    const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
    await call('nhn_restart_db_instance', { dbInstanceId });
    for (const fact of ['orders-primary', 'MASTER', 'AVAILABLE', 'orders-standby', 'orders-replica', dbInstanceId])
      expect(asked[0]?.message).toContain(fact);
  });

  test('one that cannot be asked gets a token, which runs exactly that call, once', async () => {
    const fleet = await startFleet();
    const { call, asked, audit } = await connect({ peer, fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const planned = await call('nhn_delete_db_instance', { dbInstanceId });
    const { confirmation_token, expires_at, plan } = planned.data;
    expect(planned.isError).toBe(false);
    expect(planned.data['status']).toBe('confirmation_required');
    expect(planned.text).toContain(String(confirmation_token));
    expect(Date.parse(String(expires_at))).toBeGreaterThan(Date.now());
    expect(plan).toMatchObject({ tool: 'nhn_delete_db_instance', risk: 'destructive', name: 'staging' });
    expect(fleet.changes()).toEqual([]);

    expect((await call('confirm_operation', { confirmation_token })).isError).toBe(false);
    expect(fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${dbInstanceId}`]);
    expect(audit()).toMatchObject([{ event: 'attempt', approval: 'token' }, { event: 'outcome' }]);

    const again = await call('confirm_operation', { confirmation_token });
    expect(again.isError).toBe(true);
    expect(fleet.changes()).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  test('a change of the target between question and answer voids the answer and shows the new plan', async () => {
    const fleet = await startFleet();
    const colleague = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(colleague.call, 'billing-legacy');
    const { call, asked } = await connect({
      peer,
      fleet,
      answer: async () => {
        if (asked.length > 1) return { action: 'decline' };
        await colleague.call('nhn_modify_deletion_protection', { dbInstanceId, useDeletionProtection: true });
        return { action: 'accept', content: { confirm: true } };
      },
    });
    const result = await call('nhn_restart_db_instance', { dbInstanceId });
    expect(result.isError).toBe(true);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.message).not.toBe(asked[0]?.message);
    expect(asked[1]?.message).toContain('changed');
    expect(fleet.changes()).toEqual([`PUT /v1.0/db-instances/${dbInstanceId}/deletion-protection`]);
  });
});
