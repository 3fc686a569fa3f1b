import { expect, test } from 'vitest';
import { loadToolset } from '../../../src/server/catalog.js';
import { connect } from './client.js';

test('every declared operation is answered, by GET and by POST', async () => {
  const { send } = connect();
  const tools = Object.values((await loadToolset('naver'))?.groups ?? {}).flat();
  for (const { route } of tools) {
    const operation = route.replace(/.*\//, '');
    expect([200, 400], operation).toContain((await send(operation, {}, { method: 'GET' })).status);
    expect([200, 400], operation).toContain((await send(operation)).status);
  }
});

test('what the emulator does not imitate looks like nothing else', async () => {
  expect((await connect().send('getCloudPostgresqlMetricList')).status).toBe(501);
});

test('the answer is XML unless JSON is asked for', async () => {
  const { send } = connect();
  const response = await send('getCloudPostgresqlUserList', { cloudPostgresqlInstanceNo: '1235544' });
  expect(response.headers.get('content-type')).toContain('xml');
  const text = await response.text();
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<getCloudPostgresqlUserListResponse><requestId>/);
  expect(text).toContain('<cloudPostgresqlUserList><cloudPostgresqlUser><userName>portal_app</userName>');
  expect(await (await send('getCloudPostgresqlInstanceDetail', { cloudPostgresqlInstanceNo: '1' })).text()).toContain(
    '<responseError><returnCode>5001017</returnCode>',
  );
});

test('a missing instance has its documented code, and HTTP 400', async () => {
  const { send } = connect();
  const fields = { cloudPostgresqlInstanceNo: '1', responseFormatType: 'json' };
  const response = await send('getCloudPostgresqlInstanceDetail', fields);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ responseError: { returnCode: '5001017' } });
});

test.each([
  ['an unknown parameter', { folderPath: '/x' }, /folderPath/],
  ['an empty parameter', { zoneCode: '' }, /zoneCode is empty/],
  ['a list in one parameter', { cloudPostgresqlInstanceNoList: '1,2' }, /cloudPostgresqlInstanceNoList/],
  ['a list with a gap', { 'cloudPostgresqlInstanceNoList.2': '1' }, /NoList\.1 is missing/],
  ['a page without a size', { pageNo: '1' }, /pageSize/],
  ['a region that is not there', { regionCode: 'XX' }, /regionCode/],
])('%s is refused', async (_what, fields: Record<string, string>, reason) => {
  const { returnCode, returnMessage } = await connect().call('getCloudPostgresqlInstanceList', fields);
  expect(returnCode).toBe('9900400');
  expect(returnMessage).toMatch(reason);
});

test('a body that is no form does not get past the gateway', async () => {
  const { send } = connect();
  const response = await send('getCloudPostgresqlBackupList', { pageNo: '0' }, { contentType: 'application/json' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { errorCode: '100', message: 'Bad Request Exception' } });
});

test('lists are filtered by numbered parameters, and paged with the total of all', async () => {
  const { call, list } = connect();
  const two = { 'cloudPostgresqlInstanceNoList.1': '1234925', 'cloudPostgresqlInstanceNoList.2': '1235310' };
  expect(await list('getCloudPostgresqlInstanceList', two)).toHaveLength(2);
  expect(await list('getCloudPostgresqlInstanceList', { zoneCode: 'KR-2' })).toHaveLength(3);
  const page = await call('getCloudPostgresqlInstanceList', { pageNo: '1', pageSize: '3' });
  expect(page).toMatchObject({ totalRows: 5 });
  expect(page['cloudPostgresqlInstanceList']).toHaveLength(2);
});

test('a server size is found for an image, and subnets for a VPC', async () => {
  const { call, list } = connect();
  const images = await call('getCloudPostgresqlImageProductList', { generationCode: 'G2' });
  expect(images).toMatchObject({ returnCode: 0, totalRows: 3 });
  const image = { cloudPostgresqlImageProductCode: 'SW.VPGSL.OS.LNX64.CNTOS.0708.PGSQL.133.B050' };
  expect(await list('getCloudPostgresqlProductList', { ...image, zoneCode: 'KR-1' })).toHaveLength(3);
  const [vpc] = await list('getCloudPostgresqlTargetVpcList');
  expect(vpc).toMatchObject({ vpcNo: '5087', createdDate: '2024-02-05T10:12:31+0900' });
  const subnets = await list('getCloudPostgresqlTargetSubnetList', { ...image, vpcNo: '5087', isPublic: 'true' });
  expect(subnets.map(({ subnetNo }) => subnetNo)).toEqual(['5049', '5050']);
});
