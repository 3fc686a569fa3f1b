import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { finished, follow, jobOf } from '../../support/follow.js';
import { fresh, instanceNamed } from './cegedim.js';

const end = endOfFile();

const start = () => startFleet({ providers: ['cegedim'] });
const instances = '/itcare/databases/postgresql';

describe.each(['2026', '2025'] as const)('with a client of %s', (peer) => {
  test('an instance is started unasked, and stopped once the box is ticked', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    const { call, asked } = connection;
    const id = await instanceNamed(call, 'reportsqa01');
    const status = async () => (await call('cegedim_get_instance', { id })).data['status'];
    expect(await status()).toBe('INACTIVE');

    const { heard, ...started } = await follow(connection, fleet, jobOf(await call('cegedim_start_instance', { id })));
    expect(heard[0]).toContain('IN_PROGRESS');
    expect(started).toMatchObject({ state: 'succeeded', providerState: 'SUCCESS' });
    expect(await status()).toBe('ACTIVE');
    expect(asked).toEqual([]);

    const stopped = await finished(connection, fleet, jobOf(await call('cegedim_stop_instance', { id })));
    expect(stopped).toMatchObject({ state: 'succeeded', providerState: 'SUCCESS' });
    expect(asked).toHaveLength(1);
    expect(await status()).toBe('INACTIVE');
    expect(fleet.changes()).toEqual(Array(2).fill(`PATCH ${instances}/${id}`));
  });

  test('an instance is deleted once its name is typed', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    const { call, asked } = connection;
    const id = await instanceNamed(call, 'reportsqa01');
    const job = jobOf(await call('cegedim_delete_instance', { id }));
    expect(asked[0]?.message).toContain('Type `reportsqa01` to confirm');
    expect(asked[0]?.message).toContain('Databases that are lost: reports');
    expect(await finished(connection, fleet, job)).toMatchObject({ state: 'succeeded' });
    const { isError, text } = await call('cegedim_get_instance', { id });
    expect(isError).toBe(true);
    expect(text).toContain('404');
    expect(text).toContain('cegedim_list_resources');
  });
});

test('declining deletes nothing', async () => {
  const fleet = await start();
  const { call } = await connect({ peer: '2025', fleet, answer: 'decline' });
  const { isError, text } = await call('cegedim_delete_instance', { id: await instanceNamed(call, 'ordersprod01') });
  expect(isError).toBe(true);
  expect(text).toContain('Nothing was sent');
  expect(fleet.changes()).toEqual([]);
});

describe('on one fleet', async () => {
  const fleet = await startFleet({ providers: ['cegedim'], end });
  const connection = await connect({ fleet, answer: 'yes', end });
  const { call, asked } = connection;

  beforeEach(() => {
    for (const list of [fleet.sent, fleet.requests, asked]) list.length = 0;
  });

  test('before an instance is overwritten, both it and the source are shown', async () => {
    const [id, sourceId] = [await instanceNamed(call, 'ordersqa01'), await instanceNamed(call, 'ordersprod01')];
    const timestamp = new Date(fleet.world.now() - 3_600_000).toISOString().replace('Z', '+00:00');
    const options = { sourceId, stop: 'BEFORE', timestamp };
    const job = jobOf(await call('cegedim_restore_instance', { id, options }));
    expect(asked[0]?.message).toMatch(/^Instance: ordersqa01 \(/m);
    expect(asked[0]?.message).toMatch(/^Source of the restore: ordersprod01 \(/m);
    expect(asked[0]?.message).toContain('Type `ordersqa01` to confirm');
    expect(await finished(connection, fleet, job)).toMatchObject({ state: 'succeeded' });
    const { data } = await call('cegedim_list_databases', { id });
    expect(JSON.stringify(data)).toContain('orders_archive');
  });

  test('an action that fails says so, with the reason that the provider gives', async () => {
    const pair = { topology: 'HA', az: 'EB-PROD-A', tls: true, nodePrefix: 'PARTNER' };
    const nearlyFull = { serviceId: 104, networkId: 214, area: 'EB-PROD' };
    const job = jobOf(await call('cegedim_create_instance', { ...fresh, ...nearlyFull, ...pair }));
    expect(await finished(connection, fleet, job)).toMatchObject({
      state: 'failed',
      providerState: 'ERROR',
      message: /too few free addresses/,
    });
  });

  test('a patch party is changed at once, without a job', async () => {
    const id = await instanceNamed(call, 'partnerportal');
    const patchParty = { excluded: false, patchGroup: '3' };
    const { data, isError, text } = await call('cegedim_update_patch_party', { id, options: { patchParty } });
    expect(isError).toBe(false);
    expect(data['pgfleet']).not.toHaveProperty('job');
    expect(text).not.toContain('wait_for_job');
    expect(JSON.parse(fleet.requests.at(-1)?.body ?? '')).toEqual({
      operation: 'update_patch_party',
      options: { patchParty },
    });
  });

  test('creating speaks a content type of its own', async () => {
    const created = await call('cegedim_create_instance', fresh);
    expect(fleet.requests.at(-1)?.headers['content-type']).toBe('application/vnd.cegedim-it.v1+json');
    expect(await finished(connection, fleet, jobOf(created))).toMatchObject({ state: 'succeeded' });
    expect((await call('cegedim_get_instance', { id: await instanceNamed(call, 'freshdb001') })).data).toMatchObject({
      status: 'ACTIVE',
    });
  });

  test('a conflict with the state of an instance names the state', async () => {
    const args = { id: await instanceNamed(call, 'reportsqa01'), options: { sizing: '4cpu8gb' } };
    const { isError, text } = await call('cegedim_resize_instance', args);
    expect(isError).toBe(true);
    expect(text).toContain('CONFLICT');
    expect(text).toContain('reportsqa01 is INACTIVE');
  });

  test('an expired token is renewed once, and nobody notices', async () => {
    const id = await instanceNamed(call, 'reportsqa01');
    const read = `GET ${instances}/:id`;
    const change = `PATCH ${instances}/:id`;
    for (const on of [read, change]) fleet.faults.add({ on, kind: 'expired-token', times: 1 });
    fleet.sent.length = 0;
    expect((await call('cegedim_get_instance', { id })).isError).toBe(false);
    expect((await call('cegedim_start_instance', { id })).isError).toBe(false);
    expect(fleet.sent).toEqual([read, read, read, change, change].map((line) => line.replace(':id', String(id))));
  });
});
