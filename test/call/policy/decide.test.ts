import { expect, test } from 'vitest';
import { policyOf } from '../../../src/call/policy/decide.js';
import { type Asked, decide, effectOf, read, usual } from './facts.js';

const conditions: [object, Asked, 'fits' | 'does not fit'][] = [
  [{}, {}, 'fits'],
  [{ caller: { subjects: ['oncall@*'] } }, {}, 'fits'],
  [{ caller: { subjects: ['ONCALL@example.com'] } }, {}, 'does not fit'],
  [{ caller: { subjects: ['reporter', 'oncall*'] } }, {}, 'fits'],
  [{ caller: { subjects: ['oncall'] } }, {}, 'does not fit'],
  [{ caller: { subjects: ['https://id.example#oncall@example.com'] } }, {}, 'fits'],
  [{ caller: { subjects: ['HTTPS://id.example#oncall@example.com'] } }, {}, 'does not fit'],
  [{ caller: { groups: ['DBA*'] } }, {}, 'fits'],
  [{ caller: { groups: ['ops'] } }, {}, 'does not fit'],
  [{ caller: { groups: ['*'] } }, { caller: { ...usual.caller, groups: [] } }, 'does not fit'],
  [{ caller: { subjects: ['oncall*'], groups: ['ops'] } }, {}, 'does not fit'],
  [{ caller: { subjects: ['oncall*'], groups: ['dba'] } }, {}, 'fits'],
  [{ tools: ['nhn_delete_*'] }, {}, 'fits'],
  [{ tools: ['nhn_list_*'] }, {}, 'does not fit'],
  [{ tools: ['*_delete_{db_instance,cluster}'] }, {}, 'fits'],
  [{ risks: ['exposing', 'destructive'] }, {}, 'fits'],
  [{ risks: ['destructive'] }, { risks: ['write'] }, 'does not fit'],
  [{ providers: ['nhn', 'samsung'] }, {}, 'fits'],
  [{ providers: ['samsung'] }, {}, 'does not fit'],
  [{ providers: ['pgfleet'] }, { provider: 'pgfleet', tool: 'fleet_check', risks: ['read'] }, 'fits'],
  [{ accounts: ['nhn', 'naver'] }, { account: 'nhn' }, 'fits'],
  [{ accounts: ['samsung'] }, { account: 'nhn' }, 'does not fit'],
  [{ accounts: ['nhn'] }, { provider: 'pgfleet', tool: 'fleet_check', risks: ['read'] }, 'does not fit'],
  [{ instances: ['prod-*'] }, {}, 'fits'],
  [{ instances: ['Prod-*'] }, {}, 'does not fit'],
  [{ instances: ['prod-*'] }, { instances: [] }, 'does not fit'],
  [{ tools: ['nhn_*'], risks: ['destructive'], instances: ['prod-*'] }, {}, 'fits'],
  [{ tools: ['nhn_*'], risks: ['destructive'], instances: ['test-*'] }, {}, 'does not fit'],
];

test.each(conditions)('a rule with %j, for a call with %j: it %s', async (rule, asked, expected) => {
  const effect = effectOf(await decide([{ effect: 'deny', ...rule }], asked));
  expect(effect).toBe(expected === 'fits' ? 'deny' : 'none');
});

test('the first rule that fits decides, and says which it is and why', async () => {
  const rules = [
    { effect: 'deny', providers: ['samsung'] },
    { effect: 'human', risks: ['destructive'], fourEyes: true, reason: 'Two people delete.' },
    { effect: 'deny' },
  ];
  expect(await decide(rules)).toEqual({ effect: 'human', rule: 2, reason: 'Two people delete.', fourEyes: true });
  expect(await decide(rules, { risks: ['write'] })).toEqual({ effect: 'deny', rule: 3, fourEyes: false });
});

test('where no rule fits, nothing is decided', async () => {
  expect(await decide([{ effect: 'deny', risks: ['read'] }])).toEqual({ fourEyes: false });
});

test.each([
  [undefined, undefined, false],
  [true, undefined, true],
  [true, false, false],
  [undefined, true, true],
])('four eyes: %s in the file and %s in the rule make %s', async (ofFile, ofRule, expected) => {
  const policy = policyOf(read({ fourEyes: ofFile, rules: [{ effect: 'human', fourEyes: ofRule }] }));
  const decision = await policy({ ...usual, instances: async () => ({ names: [], isUnknown: false }) });
  expect(decision?.fourEyes).toBe(expected);
});

const someOfMany: [string, readonly string[], 'fits' | 'does not fit'][] = [
  ['allow', ['test-1', 'test-2'], 'fits'],
  ['allow', ['test-1', 'prod-1'], 'does not fit'],
  ['allow', [], 'does not fit'],
  ['ask', ['test-1', 'prod-1'], 'fits'],
  ['human', ['test-1', 'prod-1'], 'fits'],
  ['deny', ['test-1', 'prod-1'], 'fits'],
  ['deny', ['prod-1'], 'does not fit'],
  ['deny', [], 'does not fit'],
];

test.each(someOfMany)('%s for test-*, called on %j: it %s', async (effect, instances, expected) => {
  const decision = await decide([{ effect, instances: ['test-*'], risks: ['destructive'] }], { instances });
  expect(effectOf(decision)).toBe(expected === 'fits' ? effect : 'none');
});

test.each([
  ['deny', { instances: ['prod-*'] }, 'fits'],
  ['human', { instances: ['prod-*'] }, 'fits'],
  ['ask', { instances: ['prod-*'] }, 'fits'],
  ['allow', { instances: ['*'] }, 'does not fit'],
  ['deny', { touches: 'unknown' }, 'fits'],
] as const)('%s with %j, for a call whose instances are not all known: it %s', async (effect, rule, expected) => {
  const rules = [{ effect, risks: ['destructive'], ...rule }];
  expect(effectOf(await decide(rules, { instances: ['test-1'], isUnknown: true }))).toBe(
    expected === 'fits' ? effect : 'none',
  );
  if ('touches' in rule) expect(effectOf(await decide(rules))).toBe('none');
});

test.each([
  ['deny', ['disruptive'], 'fits'],
  ['human', ['exposing'], 'fits'],
  ['ask', ['destructive'], 'does not fit'],
  ['allow', ['disruptive'], 'does not fit'],
  ['allow', ['disruptive', 'exposing'], 'fits'],
] as const)('%s with the risks %j, for a call with two dangers: it %s', async (effect, risks, expected) => {
  const decision = await decide([{ effect, risks }], { risks: ['exposing', 'disruptive'] });
  expect(effectOf(decision)).toBe(expected === 'fits' ? effect : 'none');
});

test.each(['deny', 'human', 'ask', 'allow'] as const)(
  '%s by name holds for a rename whatever its risks',
  async (effect) => {
    const rules = [{ effect, risks: ['destructive'], instances: ['prod-*'] }];
    const rename = { risks: ['write'], instances: ['prod-1', 'test-1'], isRename: true } as const;
    expect(effectOf(await decide(rules, rename))).toBe(effect === 'allow' ? 'none' : effect);
    expect(effectOf(await decide(rules, { ...rename, isRename: false }))).toBe('none');
  },
);

test('a rule about what nothing leads back from', async () => {
  const rules = [{ effect: 'human', irreversible: true }];
  expect(effectOf(await decide(rules, { isIrreversible: true }))).toBe('human');
  expect(effectOf(await decide(rules))).toBe('none');
});

test.each([
  [{}, 'read', 'allow'],
  [{}, 'write', 'allow'],
  [{}, 'disruptive', 'none'],
  [{}, 'exposing', 'none'],
  [{}, 'destructive', 'none'],
  [{ tools: ['nhn_delete_db_instance'] }, 'destructive', 'none'],
  [{ risks: ['disruptive'] }, 'disruptive', 'allow'],
  [{ risks: ['disruptive'] }, 'destructive', 'none'],
  [{ risks: ['disruptive'] }, 'write', 'none'],
] as const)('allow with %j, for a call that is %s: %s', async (rule, risk, expected) => {
  expect(effectOf(await decide([{ effect: 'allow', ...rule }], { risks: [risk] }))).toBe(expected);
});

test('names of instances are asked for once, and only when they matter', async () => {
  let asked = 0;
  const instances = async () => {
    asked += 1;
    return { names: ['stage-1'], isUnknown: false };
  };
  const other = { effect: 'deny', providers: ['samsung'], instances: ['*'] };
  const prod = { effect: 'deny', instances: ['prod-*'] };
  const test = { effect: 'deny', instances: ['test-*'] };

  await policyOf(read({ rules: [other, { effect: 'human' }] }))({ ...usual, instances });
  expect(asked).toBe(0);
  await policyOf(read({ rules: [prod, test, { effect: 'human' }] }))({ ...usual, instances });
  expect(asked).toBe(1);
});

test('when the names cannot be had, no rule decides', async () => {
  const rules = [{ effect: 'deny', instances: ['prod-*'] }, { effect: 'ask' }];
  const instances = async () => {
    throw new Error('The provider does not answer.');
  };
  await expect(policyOf(read({ rules }))({ ...usual, instances })).rejects.toThrow('The provider does not answer.');
});
