import { describe, expect, test } from 'vitest';
import type { FleetAccount } from '../../src/fleet/account.js';
import { findInstances } from '../../src/fleet/find.js';
import type { FleetInstance } from '../../src/fleet/instance.js';

const accounts: FleetAccount[] = [
  { name: 'nhn', provider: 'nhn' },
  { name: 'Shop-DB', provider: 'naver' },
  { name: 'samsung', provider: 'samsung' },
];

function instance(account: string, id: string, name: string): FleetInstance {
  const { provider } = accounts.find((each) => each.name === account) ?? { provider: account };
  const belonging = account === provider ? { provider } : { provider, account };
  return { reference: `${account}:${id}`, ...belonging, id, name, state: 'available', providerState: 'UP' };
}

const instances = [
  instance('nhn', 'a1', 'orders-primary'),
  instance('nhn', 'a2', 'orders-standby'),
  instance('nhn', 'a3', 'staging'),
  instance('samsung', 'b1', 'orders'),
  instance('samsung', 'b2', 'orders-east'),
  instance('samsung', 'b3', 'staging'),
  instance('samsung', 'b4', 'ordersprod01'),
  instance('Shop-DB', '77', 'shop orders'),
];

const find = (text: string) => findInstances(text, { instances, failures: [] }, accounts);
const idsOf = (found: readonly FleetInstance[]) => found.map(({ id }) => id).join(' ');

describe('a text means', () => {
  test.each<[text: string, ids: string, alike?: string]>([
    ['nhn:a1', 'a1'],
    ['a1', 'a1'],
    ['Orders-Primary', 'a1'],
    // Several of one name are all meant, and so are all whose names begin with a text that is no name.
    ['staging', 'a3 b3'],
    ['nhn orders', 'a1 a2'],
    ['ordersprod', 'b4'],
    // An exact name is meant alone, and those that begin with it are told.
    ['orders', 'b1', 'a1 a2 b2'],
    ['samsung orders', 'b1', 'b2'],
    ['Samsung:ORDERS', 'b1', 'b2'],
    ['삼성 orders', 'b1', 'b2'],
    ['삼성'.normalize('NFD') + ' orders', 'b1', 'b2'],
    ['orders samsung', 'b1', 'b2'],
    ['orders at samsung', 'b1', 'b2'],
    ['orders@samsung', 'b1', 'b2'],
    ['nhn:orders-primary', 'a1'],
    ['NHN/staging', 'a3'],
    ['NHN:a3', 'a3'],
    // A name may have spaces, and an account another name than its provider.
    ['shop orders', '77'],
    ['shop-db shop orders', '77'],
    ['네이버 shop orders', '77'],
    ['Shop-DB:77', '77'],
    // What answers print.
    ['nhn orders-primary [nhn:a1]: primary, available, 17.6', 'a1'],
    ['warning samsung staging [samsung:b3]: The instance is stopped (state stopped).', 'b3'],
    ['nhn:a3 (replica, stopped), samsung:b3 (primary, stopped)', 'a3 b3'],
    ['orders-east (samsung, degraded)', 'b2'],
    ['- nhn:orders-primary: backups.enabled false.', 'a1'],
    ['nhn:staging:', 'a3'],
    ['could not be read: events of nhn:a1, nhn:staging (500)', 'a1 a3'],
    ['restore samsung:staging: no, it was created later', 'b3'],
    ['not examined: samsung:orders, Shop-DB:shop orders (403)', 'b1 77'],
    ['pgfleet://samsung/instances/b2', 'b2'],
    ['"orders-primary"', 'a1'],
  ])('%s: %s', (text, ids, alike = '') => {
    const found = find(text);
    expect({ ids: idsOf(found.instances), alike: idsOf(found.alike) }).toEqual({ ids, alike });
  });

  test.each<[text: string, reason: RegExp]>([
    // A name that is cut inside a word may be a slip.
    ['order', /none named "order".*Did you mean "orders"/],
    ['- nhn:orders: a name that is cut', /none named/],
    ['samsung orders-primary', /none named "samsung orders-primary"/],
    ['aws orders', /none named "aws orders"/],
    ['samsung', /none named "samsung"/],
    ['!', /fleet_overview lists what exists/],
  ])('nothing: %s', (text, reason) => {
    expect(() => find(text)).toThrow(reason);
  });
});

test('more than a few are named instead of answered', () => {
  const many = Array.from({ length: 12 }, (_, index) => instance('nhn', `m${index}`, `shard-${index}`));
  expect(() => findInstances('shard', { instances: many, failures: [] }, accounts)).toThrow(
    /"shard" fits several: nhn:m0 \(available\), .* and 2 more; give the reference of one/,
  );
});

test('an account that could not be asked may have what is not found', () => {
  const failures = [{ provider: 'samsung', message: 'refused' }];
  expect(() => findInstances('nowhere', { instances, failures }, accounts)).toThrow(
    'samsung could not be asked, so it may be there',
  );
});
