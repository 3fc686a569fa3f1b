import { expect, test } from 'vitest';
import { connect, creationType, databases, order } from './client.js';

const invalid = (field: string) => ({
  status: 400,
  body: {
    status: 'BAD_REQUEST',
    errorCode: 'INVALID_FIELD_VALUE',
    errorDesc: field,
    errorMessage: `Error on field '${field}'`,
  },
});
const refused = (status: number) => ({ status, body: undefined });

test('an instance is created, found, resized and deleted', async () => {
  const { world, call, create, action } = await connect();
  const { status, body: started } = await create(order);
  expect([status, started.status]).toEqual([202, 'IN_PROGRESS']);
  expect(started.internalId).not.toBe(started.id);

  const listed = async () => {
    const { body } = await call('GET', '/itcare/compute/resources?size=100');
    return body.content.find(({ name, type }: Record<string, string>) => name === order.name && type === 'PostgreSQL');
  };
  const { id } = await listed();
  expect(await listed()).toMatchObject({ status: 'CREATING' });
  world.advance(41_000);
  expect(await action(started.id)).toMatchObject({ status: 'SUCCESS', resourceName: order.name });
  const made = (await call('GET', `${databases}/${id}`)).body;
  expect(made).toMatchObject({ status: 'ACTIVE', nodeCount: 1, storage: 40, cpu: 2, ram: 4, networkId: 132 });
  expect(JSON.stringify(made)).not.toContain(order.admPassword);

  await call('PATCH', `${databases}/${id}`, { operation: 'resize', options: { sizing: '4cpu8gb' } });
  world.advance(31_000);
  expect((await call('GET', `${databases}/${id}`)).body).toMatchObject({ cpu: 4, ram: 8, status: 'ACTIVE' });

  const gone = await call('DELETE', `${databases}/${id}`);
  expect(gone.status).toBe(202);
  world.advance(21_000);
  expect(await call('GET', `${databases}/${id}`)).toEqual(refused(404));
  expect(await action(gone.body.id)).toMatchObject({ status: 'SUCCESS' });
  expect(await listed()).toBeUndefined();
});

test('HA is built across two data centers', async () => {
  const { world, call, create } = await connect();
  const place = { networkId: 210, area: undefined, az: 'EB-PROD-B', serviceId: 101 };
  await create({ ...order, ...place, topology: 'HA', tls: true, nodePrefix: 'STOCK' });
  world.advance(61_000);
  const { body } = await call('GET', '/itcare/compute/resources?size=100');
  const { id } = body.content.find(({ name }: Record<string, string>) => name === order.name);
  const { body: nodes } = await call('GET', `${databases}/${id}/nodes`);
  expect(nodes.map(({ name, labelDataCenter }: Record<string, string>) => [name, labelDataCenter])).toEqual([
    ['STOCK01', 'EB5'],
    ['STOCK02', 'EB4'],
  ]);
});

test.each([
  ['name', { name: 'no' }],
  ['name', { name: 'Cluster' }],
  ['diskSize', { diskSize: 39 }],
  ['admPassword', { admPassword: 'nodigitsHere-at-all' }],
  ['allowedReplicationLag', { allowedReplicationLag: 10_241 }],
  ['area', { area: undefined }],
  ['az', { az: 'nowhere' }],
  ['nodePrefix', { topology: 'HA', az: 'EB-QA-A', tls: true }],
  ['tls', { topology: 'HA', az: 'EB-QA-A', nodePrefix: 'STOCK' }],
  ['serviceId', { serviceId: 9 }],
  ['networkId', { networkId: 9 }],
  ['productCode', { productCode: 'deb10pg11' }],
  ['nodeCount', { nodeCount: 3 }],
])('an order with a wrong %s is refused with its name', async (field, change) => {
  const { create } = await connect();
  expect(await create({ ...order, ...change })).toEqual(invalid(field));
});

test('the order of the document is taken', async () => {
  const { create } = await connect();
  const example = {
    productCode: 'deb12pg16',
    serviceId: 123,
    name: 'NEWPOSTGRE01',
    nodeSizing: '2cpu4gb',
    diskSize: 40,
    networkId: 132,
    admPassword: 'Test123@2022',
    topology: 'STANDALONE',
    trigram: 'tri',
    allowedReplicationLag: 10,
    area: 'EB-QA',
    az: 'az',
    tls: true,
  };
  expect((await create(example)).status).toBe(202);
});

test('an order needs its own content type', async () => {
  const { call } = await connect();
  expect(await call('POST', databases, order)).toEqual(invalid('Content-Type'));
  expect((await call('POST', databases, order, `${creationType}; charset=utf-8`)).status).toBe(202);
});

test('a taken name is a conflict, a network elsewhere is inconsistent', async () => {
  const { create } = await connect();
  expect(await create({ ...order, name: 'ordersqa01' })).toEqual(refused(409));
  expect(await create({ ...order, networkId: 210 })).toEqual(refused(422));
  expect(await create({ ...order, az: 'EB-PROD-A' })).toEqual(refused(422));
});

test('without free addresses the action ends in ERROR and nothing is left', async () => {
  const { world, call, create, action } = await connect();
  const pair = { topology: 'HA', tls: true, nodePrefix: 'STOCK', area: undefined, az: 'EB-PROD-A', networkId: 214 };
  const { body } = await create({ ...order, ...pair });
  world.advance(61_000);
  expect(await action(body.id)).toMatchObject({ status: 'ERROR', message: expect.stringContaining('214') });
  const { body: resources } = await call('GET', '/itcare/compute/resources?size=100');
  expect(JSON.stringify(resources)).not.toContain(order.name);
});

test('the inventory comes in pages that begin at 0', async () => {
  const { call } = await connect();
  const { body: first } = await call('GET', '/itcare/compute/resources?page=0&size=5');
  expect(first).toMatchObject({ number: 0, size: 5, numberOfElements: 5, first: true, last: false, totalPages: 3 });
  const { body: last } = await call('GET', '/itcare/compute/resources?page=2&size=5');
  expect(last).toMatchObject({ number: 2, numberOfElements: first.totalElements - 10, first: false, last: true });
});
