import { expect, test } from 'vitest';
import { connect } from './client.js';

const refused = (status: number) => ({ status, body: undefined });
const inState = (state: string) => ({ status: 409, body: expect.objectContaining({ errorDesc: state }) });
const wrongField = (errorDesc: string) => ({ status: 400, body: { errorCode: 'INVALID_FIELD_VALUE', errorDesc } });

test('the stopped instance is started and stopped again', async () => {
  const { world, call, change, at } = await connect();
  expect(await change('reportsqa01', 'stop')).toEqual(inState('INACTIVE'));
  const { status } = await change('reportsqa01', 'start');
  expect(status).toBe(202);
  expect((await call('GET', at('reportsqa01'))).body.status).toBe('STARTING');
  expect(await change('reportsqa01', 'start')).toEqual(inState('STARTING'));
  world.advance(16_000);
  expect((await call('GET', at('reportsqa01'))).body.status).toBe('ACTIVE');
  await change('reportsqa01', 'stop');
  world.advance(11_000);
  expect((await call('GET', at('reportsqa01'))).body.status).toBe('INACTIVE');
});

test('a stuck action stays in progress, and holds its instance', async () => {
  const { world, faults, change, action, call } = await connect();
  faults.add({ on: 'PATCH /itcare/databases/postgresql/:id', kind: 'stuck-job', times: 1 });
  const { body } = await change('ordersqa01', 'resize', { sizing: '2cpu8gb' });
  world.advance(900_000);
  expect(await action(body.id)).toMatchObject({ status: 'IN_PROGRESS', completedAt: null });
  expect(await change('ordersqa01', 'stop')).toEqual(inState('UPDATING'));
  const running = await call('GET', '/itcare/actions?statuses=IN_PROGRESS&resourceName=ordersqa01');
  expect(running.body.map(({ id }: { id: number }) => id)).toEqual([body.id]);
});

test('an old version is upgraded before it can become HA', async () => {
  const { world, call, change, action, at } = await connect();
  await change('reportsqa01', 'start');
  world.advance(16_000);
  expect(await change('billinglegacy', 'enable_ha', { replicationLag: 50 })).toEqual(refused(422));
  expect((await call('GET', `${at('reportsqa01')}/versions`)).body).toEqual([16]);
  expect(await change('reportsqa01', 'upgrade', { targetVersion: '15' })).toMatchObject(
    wrongField('options.targetVersion'),
  );
  await change('reportsqa01', 'upgrade', { targetVersion: '16', changeReference: 'RFC 1234' });
  world.advance(61_000);
  expect((await call('GET', at('reportsqa01'))).body).toMatchObject({ version: '16', productCode: 'deb12pg16' });
  const { body } = await change('reportsqa01', 'enable_ha', { replicationLag: 50 });
  world.advance(46_000);
  expect(await action(body.id)).toMatchObject({ status: 'SUCCESS' });
  expect((await call('GET', at('reportsqa01'))).body).toMatchObject({
    topology: 'HA',
    nodeCount: 2,
    allowedReplicationLag: 50,
  });
});

test('an upgrade with a full disk ends in ERROR, and the instance is as before', async () => {
  const { world, call, change, action, at } = await connect();
  const { body } = await change('billinglegacy', 'upgrade', { targetVersion: '16' });
  world.advance(61_000);
  expect(await action(body.id)).toMatchObject({ status: 'ERROR', message: expect.stringContaining('free space') });
  expect((await call('GET', at('billinglegacy'))).body).toMatchObject({ status: 'ACTIVE', version: '11' });
});

test('a restore overwrites the databases of the target', async () => {
  const { world, call, change, idOf, at } = await connect();
  const sourceId = idOf('ordersprod01');
  const to = (timestamp: string, more = {}) => ({ sourceId, stop: 'BEFORE', timestamp, ...more });
  const { status } = await change('ordersqa01', 'restore', to('2026-03-01T09:00:00.000+00:00'));
  expect(status).toBe(202);
  expect((await call('GET', at('ordersqa01'))).body.status).toBe('RESTORING');
  world.advance(41_000);
  const { body } = await call('GET', `${at('ordersqa01')}/databases`);
  expect(body.map(({ name }: { name: string }) => name)).toEqual(['orders', 'orders_archive']);

  const tooOld = await change('ordersqa01', 'restore', to('2026-02-20T09:00:00.000+00:00'));
  expect(tooOld).toMatchObject(wrongField('options.timestamp'));
  const future = await change('ordersqa01', 'restore', to('2026-03-12T09:00:00.000+00:00'));
  expect(future).toMatchObject(wrongField('options.timestamp'));
  const fromPortal = to('2026-03-09T09:00:00.000+00:00', { sourceId: idOf('partnerportal') });
  expect(await change('ordersqa01', 'restore', fromPortal)).toEqual(refused(422));
});

test('a restore brings what was there at that time, even over the instance itself', async () => {
  const { world, call, change, idOf, at } = await connect();
  const extensions = async () => {
    const { body } = await call('GET', `${at('ordersprod01')}/databases`);
    return body[0].extensions.map(({ name }: { name: string }) => name);
  };
  const before = await extensions();
  const timestamp = new Date(world.now()).toISOString();
  const wanted = { dbname: 'orders', extensions_list: [{ name: 'hstore' }] };
  expect((await change('ordersprod01', 'install_extension', wanted)).status).toBe(202);
  world.advance(60_000);
  expect(await extensions()).toEqual([...before, 'hstore']);
  const back = { sourceId: idOf('ordersprod01'), stop: 'BEFORE', timestamp };
  expect((await change('ordersprod01', 'restore', back)).status).toBe(202);
  world.advance(60_000);
  expect(await extensions()).toEqual(before);
});

test('patching is switched at once; a pair has no group of its own', async () => {
  const { call, change, at } = await connect();
  const patchParty = { excluded: false, patchGroup: '3' };
  const { status, body } = await change('partnerportal', 'update_patch_party', { patchParty });
  expect([status, body.status]).toEqual([202, 'SUCCESS']);
  expect((await call('GET', at('partnerportal'))).body.patchParty).toMatchObject({
    ...patchParty,
    exclusionReason: null,
    patchDate: '2026-03-21T21:00:00.000Z',
  });
  expect(await change('ordersprod01', 'update_patch_party', { patchParty })).toEqual(refused(422));
  const exclusion = { excluded: true, exclusionReason: 'busy season' };
  await change('ordersprod01', 'update_patch_party', { patchParty: exclusion });
  expect((await call('GET', at('ordersprod01'))).body.patchParty).toMatchObject({
    ...exclusion,
    excludedBy: 'sandbox-client',
    patchDate: null,
  });
});

test('extensions are installed into one database', async () => {
  const { world, call, change, at } = await connect();
  const install = (name: string, dbname = 'orders') => ({ dbname, extensions_list: [{ name }] });
  await change('ordersprod01', 'install_extension', install('postgis'));
  world.advance(9000);
  const { body } = await call('GET', `${at('ordersprod01')}/databases`);
  expect(body[0].extensions.at(-1)).toEqual({ name: 'postgis', schema: 'public', version: '3.4.2' });
  expect(body[1].extensions).toHaveLength(1);
  expect(await change('ordersprod01', 'install_extension', install('postgis'))).toEqual(refused(409));
  const nowhere = await change('ordersprod01', 'install_extension', install('hstore', 'nowhere'));
  expect(nowhere).toMatchObject(wrongField('options.dbname'));
  const unknown = await change('ordersprod01', 'install_extension', install('nothing'));
  expect(unknown).toMatchObject(wrongField('options.extensions_list'));
  expect(await change('billinglegacy', 'install_extension', install('hstore', 'billing'))).toEqual(refused(422));
});

test.each([
  ['operation', 'explode', undefined],
  ['options', 'resize', undefined],
  ['options.sizing', 'resize', { sizing: 'huge' }],
  ['options.replicationLag', 'enable_ha', { replicationLag: 501 }],
  ['options.force', 'start', { force: true }],
  ['options.patchParty.excluded', 'update_patch_party', { patchParty: {} }],
])('a wrong %s is refused with its name', async (field, operation, options) => {
  const { change } = await connect();
  expect(await change('reportsqa01', operation, options)).toMatchObject(wrongField(field));
});
