import { expect, test } from 'vitest';
import { accepted, connect, creation, engineVersion } from './client.js';

const refusal = (status: number, code: string, detail: unknown = expect.anything()) => ({
  status,
  answer: { errors: [{ code, title: code, status, detail }] },
});

test('a cluster is created, changed and terminated', async () => {
  const { world, send, get, change } = connect();
  const given = creation(await engineVersion(get, '17.6'));
  const { answer } = await send('POST', '/v1/clusters', given);
  const { request_id, resource } = accepted.parse(answer);
  const path = `/v1/clusters/${resource.id}`;
  expect(await get(path)).toMatchObject({ name: 'invoices', service_state: 'CREATING' });
  expect(await get(`/v1/requests/${request_id}`)).toEqual({ request_id, state: 'ACCEPTED' });
  world.advance(10_000);
  expect(await get(`/v1/requests/${request_id}`)).toEqual({ request_id, state: 'PROCESSING' });
  world.advance(60_000);
  expect(await get(`/v1/requests/${request_id}`)).toEqual({ request_id, state: 'COMPLETED' });
  expect(await get('/v1/clusters?service_state=RUNNING&name=invoices')).toMatchObject({ count: 1 });
  expect(await send('POST', '/v1/clusters', given)).toMatchObject(refusal(409, 'NameConflict'));

  await change('POST', `${path}/security-group-rules`, { add_ip_addresses: ['10.0.0.0/8'] });
  await change('POST', `${path}/maintenance`, {
    start_day_of_week: 'TUE',
    start_time: '03',
    start_minute: '30',
    term_hour: '2',
  });
  expect(await get(path)).toMatchObject({
    allowable_ip_addresses: ['10.0.0.0/8'],
    maintenance_option: { starting_time: '0330', use_maintenance_option: true },
  });
  expect(JSON.stringify(await get(path))).not.toContain('Passw0rd');

  await change('DELETE', path);
  expect(await send('GET', path)).toMatchObject(refusal(404, 'ResourceNotFound'));
});

test('values that are wrong are told one by one, with their places', async () => {
  const { send, get } = connect();
  const given = creation(await engineVersion(get, '17.6'), { name: 'not-letters', colour: 'red' });
  expect(await send('POST', '/v1/clusters', given)).toMatchObject({
    status: 400,
    answer: [
      { loc: ['body', 'name'], type_: 'value_error', ctx: {} },
      { loc: ['body'], type_: 'value_error', ctx: {} },
    ],
  });
});

test.each([
  ['a pair in a group without one', { ha_enabled: true }],
  ['NAT without a public address', { nat_enabled: true }],
  ['an unknown engine version', { dbaas_engine_version_id: 'x' }],
])('%s is refused', async (_what, changes) => {
  const { send, get } = connect();
  const given = creation(await engineVersion(get, '17.6'), changes);
  expect(await send('POST', '/v1/clusters', given)).toMatchObject(refusal(400, 'ValidationError'));
});

test.each(['Example_Passw0rd', 'Example-Pässw0rd'])('the password %s is refused', async (password) => {
  const { send, get } = connect();
  const given = creation(await engineVersion(get, '17.6'));
  given.init_config_option.database_user_password = password;
  expect(await send('POST', '/v1/clusters', given)).toMatchObject({ status: 400, answer: [{ type_: 'value_error' }] });
});

test('stopping and starting go through their states, and only from the right one', async () => {
  const { world, send, get, find } = connect();
  const { path } = await find('orders');
  expect(await send('POST', `${path}/start`)).toMatchObject(refusal(400, 'InvalidState'));
  await send('POST', `${path}/stop`);
  expect(await get(path)).toMatchObject({ service_state: 'RUNNING' });
  world.advance(3_000);
  expect(await get(path)).toMatchObject({ service_state: 'STOPPING' });
  expect(await send('POST', `${path}/restart`)).toMatchObject(refusal(409, 'ClusterBusy'));
  world.advance(20_000);
  expect(await get(path)).toMatchObject({ service_state: 'STOPPED' });
  await send('POST', `${path}/start`);
  world.advance(20_000);
  expect(await get(path)).toMatchObject({ service_state: 'RUNNING' });
});

test('the state of what a request changes can be unclear on the way', async () => {
  const { world, faults, send, get, find } = connect();
  const { path } = await find('analytics');
  faults.add({ on: 'POST /v1/clusters/:cluster_id/restart', kind: 'unclear-state' });
  await send('POST', `${path}/restart`);
  const way: [number, string][] = [
    [1, 'RUNNING'],
    [2, 'UNKNOWN'],
    [3, 'RESTARTING'],
    [60, 'RUNNING'],
  ];
  for (const [seconds, service_state] of way) {
    world.advance(seconds * 1000);
    expect(await get(path)).toMatchObject({ service_state });
  }
});

test('work can be stuck for ever', async () => {
  const { world, faults, send, get, find } = connect();
  const { path } = await find('analytics');
  faults.add({ on: 'POST /v1/clusters/:cluster_id/restart', kind: 'stuck-job' });
  const { request_id } = accepted.parse((await send('POST', `${path}/restart`)).answer);
  world.advance(86_400_000);
  expect(await get(path)).toMatchObject({ service_state: 'RESTARTING' });
  expect(await get(`/v1/requests/${request_id}`)).toMatchObject({ state: 'PROCESSING' });
});

test('an unknown request is a bad request', async () => {
  expect(await connect().send('GET', '/v1/requests/req-x')).toMatchObject(refusal(400, 'RequestNotFound'));
});

test('a switchover swaps the two servers', async () => {
  const { get, find, change, send } = connect();
  const { path } = await find('orders');
  await change('POST', `${path}/switchover`);
  const instances = [
    { name: 'orders001', role_type: 'STANDBY' },
    { name: 'orders002', role_type: 'ACTIVE' },
  ];
  expect(await get(path)).toMatchObject({ instance_groups: [{ instances }] });
  const { path: alone } = await find('analytics');
  expect(await send('POST', `${alone}/switchover`)).toMatchObject(refusal(400, 'InvalidState'));
});

test('disks only grow, servers only change their type', async () => {
  const { get, find, change, send } = connect();
  const { path, groupId, diskIds } = await find('analytics');
  const data = diskIds.find(({ role_type }) => role_type === 'DATA')?.id;
  expect(await send('POST', `/v1/block-storage-groups/${data}/resize`, { size_gb: 512 })).toMatchObject({
    status: 400,
  });
  await change('POST', `/v1/block-storage-groups/${data}/resize`, { size_gb: 2048 });
  await change('POST', `/v1/instance-groups/${groupId}/block-storage-groups`, { role_type: 'TEMP', size_gb: 64 });
  await change('POST', `/v1/instance-groups/${groupId}/resize`, { server_type_name: 'db1v8m32' });
  expect(await get(path)).toMatchObject({
    instance_groups: [
      { server_type_name: 'db1v8m32', block_storage_groups: [{}, { size_gb: 2048 }, { role_type: 'TEMP' }] },
    ],
  });
});

test('a patch stays in its major version', async () => {
  const { get, find, change, send } = connect();
  const { path } = await find('analytics');
  const patch = (software_version: string) => ({ software_version, backup_before_upgrade: false });
  expect(await send('PUT', `${path}/patch`, patch('17.6'))).toMatchObject({ status: 400 });
  await change('PUT', `${path}/patch`, patch('16.10'));
  expect(await get(path)).toMatchObject({ software_version: '16.10', service_state: 'RUNNING' });
});
