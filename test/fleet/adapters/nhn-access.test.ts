import { describe, expect, test } from 'vitest';
import { type AccessRule, accessOf, accessRulesOf, openingsOf } from '../../../src/fleet/adapters/nhn/access.js';

const rule = (address: string, more: Partial<AccessRule> = {}): AccessRule => ({
  id: address,
  address,
  method: 'SCRAM_SHA_256',
  databases: 'ENTIRE',
  users: 'ENTIRE',
  ...more,
});
const trust = { method: 'TRUST' };
const reject = { method: 'REJECT' };

const doors = (openings: string[] | undefined, rules: AccessRule[] | undefined): string[] | undefined =>
  accessOf(
    openings?.map((address) => ({ address })),
    rules,
  ).exposures?.map(({ kind, address, detail }) => `${kind} ${address}${detail ? ` ${detail}` : ''}`);

describe('who gets in', () => {
  const everyone = ['security group 0.0.0.0/0', 'access rule 0.0.0.0/0 SCRAM_SHA_256'];
  test.each<[string, string[] | undefined, AccessRule[] | undefined, string[] | undefined]>([
    ['everyone by both locks', ['0.0.0.0/0'], [rule('0.0.0.0/0')], everyone],
    [
      'everyone by two halves of the network',
      ['0.0.0.0/1', '10.0.0.0/8', '128.0.0.0/1'],
      [rule('0.0.0.0/0')],
      [
        ...['0.0.0.0/1', '128.0.0.0/1'].map((half) => `security group ${half}`),
        ...['0.0.0.0/1', '128.0.0.0/1'].map((half) => `access rule ${half} SCRAM_SHA_256`),
      ],
    ],
    [
      'everyone by two halves of the rules',
      ['0.0.0.0/0'],
      [rule('0.0.0.0/1'), rule('128.0.0.0/1')],
      ['security group 0.0.0.0/0', 'access rule 0.0.0.0/1 SCRAM_SHA_256', 'access rule 128.0.0.0/1 SCRAM_SHA_256'],
    ],
    ['everyone but those of one half', ['0.0.0.0/1', '128.0.0.0/1'], [rule('0.0.0.0/1')], []],
    ['halves of different families', ['::/1', '128.0.0.0/1'], [rule('::/0'), rule('0.0.0.0/0')], []],
    ['everyone by the network alone', ['0.0.0.0/0'], [rule('10.0.0.0/8')], []],
    ['everyone by the rules alone', ['10.0.0.0/8'], [rule('0.0.0.0/0')], []],
    ['everyone but the rules refuse first', ['0.0.0.0/0'], [rule('0.0.0.0/0', reject), rule('0.0.0.0/0')], []],
    ['trusted within the network', ['10.1.0.0/16'], [rule('10.0.0.0/8', trust)], ['access rule 10.1.0.0/16 TRUST']],
    ['trusted from where none comes', ['10.0.0.0/8'], [rule('192.168.0.0/16', trust)], []],
    ['rules that were not read', ['0.0.0.0/0'], undefined, ['security group 0.0.0.0/0']],
    ['a network that was not read', undefined, [rule('0.0.0.0/0')], ['access rule 0.0.0.0/0 SCRAM_SHA_256']],
    ['neither read', undefined, undefined, undefined],
  ])('%s', (_, openings, rules, expected) => {
    expect(doors(openings, rules)).toEqual(expected);
  });
});

describe('whether anybody gets in', () => {
  test.each<[string, string[] | undefined, AccessRule[] | undefined, boolean]>([
    ['no network rule', [], [rule('0.0.0.0/0')], true],
    ['no access rule', ['0.0.0.0/0'], [], true],
    ['rules that only refuse', ['0.0.0.0/0'], [rule('0.0.0.0/0', reject)], true],
    ['two that do not meet', ['10.0.0.0/8'], [rule('192.168.0.0/16')], true],
    ['one address', ['10.0.0.0/8', '192.168.1.7/32'], [rule('192.168.1.7')], false],
    ['a name', ['10.0.0.0/8'], [rule('.example.com')], false],
    ['not all was read', undefined, [], false],
  ])('%s', (_, openings, rules, isClosed) => {
    const { closed } = accessOf(
      openings?.map((address) => ({ address })),
      rules,
    );
    expect(closed !== undefined).toBe(isClosed);
  });
});

describe('a rule behind one that decides', () => {
  const behind = (...rules: AccessRule[]) =>
    accessOf([], rules).rulesWithoutEffect?.map(({ rule: hidden, isOpposite }) => `${hidden} ${isOpposite}`);
  test.each<[string, AccessRule[], string[]]>([
    ['wider, and refuses', [rule('0.0.0.0/0'), rule('10.0.0.0/8', reject)], ['10.0.0.0/8 REJECT true']],
    ['the same twice', [rule('10.0.0.0/8'), rule('10.0.0.0/8')], ['10.0.0.0/8 SCRAM_SHA_256 false']],
    ['narrower', [rule('10.0.0.0/16'), rule('10.0.0.0/8')], []],
    ['for another user', [rule('0.0.0.0/0', { users: ['a'] }), rule('10.0.0.0/8', { users: ['b'] })], []],
    ['for one user only', [rule('0.0.0.0/0', { users: ['a'] }), rule('10.0.0.0/8')], []],
    ['for all users', [rule('0.0.0.0/0'), rule('10.0.0.0/8', { users: ['a'] })], ['10.0.0.0/8 SCRAM_SHA_256 false']],
    ['for another database', [rule('0.0.0.0/0', { databases: ['a'] }), rule('10.0.0.0/8', { databases: ['b'] })], []],
  ])('%s', (_, rules, expected) => {
    expect(behind(...rules)).toEqual(expected);
  });
});

test('rules are read in their order, and without those that the engine does not have', () => {
  const hba = (address: string, order: number, more = {}) => ({ address, order, authMethod: 'TRUST', ...more });
  const hbaRules = [
    hba('3.0.0.0/8', 3, { hbaRuleStatus: 'CREATED' }),
    hba('2.0.0.0/8', 2, { dbUserApplyType: 'USER_CUSTOM', dbUsers: [{ dbUserId: 'u' }] }),
    hba('1.0.0.0/8', 1),
    hba('4.0.0.0/8', 4, { applicable: false }),
  ];
  expect(accessRulesOf({ hbaRules }).map(({ address, users }) => [address, users])).toEqual([
    ['1.0.0.0/8', 'ENTIRE'],
    ['2.0.0.0/8', ['u']],
  ]);
});

test('rules of a group for the way out, or for other ports, open nothing', () => {
  const cidr = '10.0.0.0/8';
  const ports = (minPort: number, maxPort: number) => ({ portType: 'PORT_RANGE', minPort, maxPort });
  const rules = [
    { cidr, direction: 'EGRESS' },
    { cidr, direction: 'INGRESS', port: ports(5000, 6000) },
    { cidr, direction: 'INGRESS', port: { portType: 'DB_PORT' } },
    { cidr, direction: 'INGRESS', port: ports(15_000, 16_000) },
  ];
  expect(openingsOf({ dbSecurityGroup: { dbSecurityGroupName: 'g', rules } }, 15_432)).toEqual([
    { address: cidr, group: 'g' },
    { address: cidr, group: 'g' },
  ]);
});
