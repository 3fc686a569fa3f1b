import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/system.js';
import { connectHttp } from '../../http/support/connect-http.js';
import { approverWith, tokensFor } from '../../http/support/people.js';
import { startHttp } from '../../http/support/start-http.js';
import { connect, peers } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';

const rename = 'nhn_modify_db_instance';
const remove = 'nhn_delete_db_instance';

describe.each(peers)('a client of the kind %s', (peer) => {
  test('agrees to an instance and not to a name: what bears it by then is not looked for', async () => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const other = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
    const { dbInstanceId } = await instanceNamed(other.call, 'staging');
    const analytics = await instanceNamed(other.call, 'analytics');
    const { call, asked } = await connect({
      fleet,
      peer,
      answer: async () => {
        if (asked.length > 1) return { action: 'accept', content: { name: 'staging-old' } };
        await other.call(rename, { dbInstanceId, dbInstanceName: 'staging-old' });
        await other.call(rename, { dbInstanceId: analytics.dbInstanceId, dbInstanceName: 'staging' });
        fleet.world.advance(600_000);
        return { action: 'accept', content: { name: 'staging' } };
      },
    });
    const { text } = await call(remove, { dbInstanceId: 'staging' });
    expect(asked[1]?.message, text).toContain(`Named: staging → ${dbInstanceId}`);
    expect(fleet.changes().filter((line) => line.startsWith('DELETE'))).toEqual([
      `DELETE /v1.0/db-instances/${dbInstanceId}`,
    ]);
  });
});

test('over HTTP, a plan with a token and its confirmation say what the name means', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const server = await startHttp({ fleet });
  const { call } = await connectHttp({ url: server.url });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const named = [`staging → ${dbInstanceId}`];
  const asked = await call(remove, { dbInstanceId: 'staging' });
  expect(asked.data).toMatchObject({ status: 'confirmation_required', plan: { arguments: { dbInstanceId }, named } });
  const { confirmation_token } = asked.data;
  const done = await call('confirm_operation', { confirmation_token });
  expect(done.isError, done.text).toBe(false);
  expect(done.data['pgfleet']).toMatchObject({ named });
  expect(fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${dbInstanceId}`]);
  const read = await call('nhn_get_db_instance', { dbInstanceId: 'nhn:analytics' });
  expect(read.data).toMatchObject({ dbInstanceName: 'analytics' });
});

test('what a person approves on the page is the id, and the page says what the name means', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { env, tokens } = tokensFor({ oncall: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
  const server = await startHttp({ fleet, env: { ...env, PGFLEET_CONFIRM: 'human' }, clock: systemClock });
  const { call } = await connectHttp({ url: server.url, token: tokens.oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const parked = await call('nhn_restart_db_instance', { dbInstanceId: 'nhn:analytics' });
  const { approval_id } = parked.data;
  const reviewer = approverWith(server.url, tokens.reviewer);
  const [approval] = await reviewer.list();
  expect(approval).toMatchObject({ plan: { named: [{ given: 'nhn:analytics', id: dbInstanceId }] } });
  await reviewer.approve(String(approval_id));
  const done = await call('confirm_operation', { approval_id });
  expect(done.data['pgfleet'], done.text).toMatchObject({ named: [`nhn:analytics → ${dbInstanceId}`] });
  expect(fleet.changes()).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
});
