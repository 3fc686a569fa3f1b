import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PolicyError, readPolicy } from '../../../src/call/policy/read-policy.js';
import { facts, read } from './facts.js';

function faultsOf(text: string): readonly string[] {
  try {
    readPolicy(text, 'policy.json', facts);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
  return [];
}

test.each([
  ['{', 'policy.json is not JSON ('],
  ['[]', 'policy.json: it is []; it has to be an object.'],
  ['{}', 'policy.json: rules is missing; it has to be a list of rules.'],
  ['{"rules":{}}', 'policy.json: rules is {}; it has to be a list of rules.'],
  ['{"rules":[]}', 'policy.json: rules is []; a policy without rules decides nothing.'],
  ['{"rules":[{"effect":"ask"}],"version":1}', 'policy.json: "version" is not known; known are fourEyes, rules.'],
  ['{"rules":[{"effect":"ask"}],"fourEyes":"yes"}', 'policy.json: fourEyes is "yes"; it has to be true or false.'],
])('the file %s is refused', (text, fault) => {
  expect(faultsOf(text)).toEqual([expect.stringContaining(fault)]);
});

const wrongRules: [unknown, string][] = [
  ['deny', 'it is "deny"; it has to be an object.'],
  [{}, 'effect is missing; it has to be allow, ask, human or deny.'],
  [{ effect: 'block' }, 'effect is "block"; it has to be allow, ask, human or deny.'],
  [{ effect: 'deny', tool: ['x'] }, '"tool" is not known; known are effect, caller, tools, risks, providers, '],
  [{ effect: 'deny', caller: { name: 'reporter' } }, 'caller."name" is not known; known are subjects, groups.'],
  [{ effect: 'deny', caller: {} }, 'caller is {}; it has to hold subjects or groups. Leave it out for any caller.'],
  [
    { effect: 'deny', caller: { subjects: ['!reporter'] } },
    'caller.subjects[0] is "!reporter"; a pattern cannot be turned round',
  ],
  [{ effect: 'deny', tools: 'nhn_*' }, 'tools is "nhn_*"; it has to be a list.'],
  [{ effect: 'deny', tools: [] }, 'tools is []; an empty list fits nothing. Leave it out for any.'],
  [{ effect: 'deny', tools: ['nhn_drop_*'] }, 'tools[0] is "nhn_drop_*"; it fits no tool. Write the name of a tool'],
  [{ effect: 'deny', tools: ['nhn_*', 7] }, 'tools[1] is 7; it has to be a text of 1 to 200 characters in one line.'],
  [{ effect: 'deny', risks: ['bad'] }, 'risks[0] is "bad"; it has to be read, write, disruptive, exposing or '],
  [{ effect: 'deny', providers: ['aws'] }, 'providers[0] is "aws"; it has to be nhn, samsung, naver, cegedim or pg'],
  [{ effect: 'deny', accounts: ['prod'] }, 'accounts[0] is "prod"; it has to be nhn, samsung, naver or cegedim.'],
  [{ effect: 'deny', instances: ['prod-[0-9]'] }, 'instances[0] is "prod-[0-9]"; "[" and "]" have no meaning here'],
  [{ effect: 'deny', instances: [''] }, 'instances[0] is ""; it has to be a text of 1 to 200 characters in one line.'],
  [{ effect: 'deny', times: [{}] }, 'times[0] is {}; it has to have days, or from and to, or both.'],
  [{ effect: 'deny', times: [{ zone: 'Asia/Seoul' }] }, 'times[0] is {"zone":"Asia/Seoul"}; it has to have days'],
  [{ effect: 'deny', times: [{ from: '6:00', to: '08:00' }] }, 'times[0].from is "6:00"; it has to be a time from 00:'],
  [{ effect: 'deny', times: [{ from: '24:00', to: '08:00' }] }, 'times[0].from is "24:00"; it has to be a time from'],
  [{ effect: 'deny', times: [{ from: '08:00' }] }, 'it has to have both from and to, or neither.'],
  [{ effect: 'deny', times: [{ from: '08:00', to: '08:00' }] }, 'from and to are the same. Leave both out for the wh'],
  [{ effect: 'deny', times: [{ days: ['monday'] }] }, 'times[0].days[0] is "monday"; it has to be sun, mon, tue, w'],
  [{ effect: 'deny', times: [{ days: ['mon'], zone: 'Seoul' }] }, 'times[0].zone is "Seoul"; there is no such time zo'],
  [{ effect: 'human', fourEyes: 1 }, 'fourEyes is 1; it has to be true or false.'],
  [{ effect: 'deny', fourEyes: true }, 'fourEyes is true; it belongs to rules whose effect is human. Leave it out.'],
  [{ effect: 'deny', reason: 'a\nb' }, 'reason is "a\\nb"; it has to be a text of 1 to 500 characters in one line.'],
  [{ effect: 'deny', tools: ['nhn_*'], providers: ['naver'] }, 'tools and providers exclude each other; no tool that'],
];

test.each(wrongRules)('the rule %j is refused', (rule, fault) => {
  const faults = faultsOf(JSON.stringify({ rules: [{ effect: 'ask', risks: ['exposing'] }, rule] }));
  expect(faults).toEqual([expect.stringContaining(fault)]);
  expect(faults[0]).toMatch(/^policy\.json, rule 2: .*\.$/);
});

test('all faults are told at once', () => {
  const rules = [
    { effect: 'block', risks: ['worst'], colour: 'red' },
    { effect: 'deny', times: [{ from: '25:00', to: '06:00', zone: 'Mars' }] },
    { effect: 'human', fourEyes: true },
    { effect: 'deny', tools: ['nhn_drop_*'] },
  ];
  expect(faultsOf(JSON.stringify({ rules }))).toEqual(
    [
      'policy.json, rule 1: effect is "block"; it has to be',
      'policy.json, rule 1: risks[0] is "worst"; it has to be',
      'policy.json, rule 1: "colour" is not known; known are',
      'policy.json, rule 2: times[0].from is "25:00"; it has to be',
      'policy.json, rule 2: times[0].zone is "Mars"; there is no such time zone',
      'policy.json, rule 4: tools[0] is "nhn_drop_*"; it fits no tool',
      'policy.json, rule 4: it is never reached; rule 3 has no conditions and decides on every call.',
    ].map((beginning) => expect.stringContaining(beginning)),
  );
});

test.each([
  [[{ effect: 'deny' }, { effect: 'ask' }], 2],
  [[{ effect: 'allow' }, { effect: 'ask' }, { effect: 'deny', risks: ['read'] }], 3],
])('of %j, rule %i is never reached', (rules, unreached) => {
  expect(faultsOf(JSON.stringify({ rules }))).toEqual([
    `policy.json, rule ${unreached}: it is never reached; ` +
      `rule ${unreached - 1} has no conditions and decides on every call.`,
  ]);
});

test('what comes after an allow for everything is reached: it leaves guarded risks alone', () => {
  expect(read({ rules: [{ effect: 'allow' }, { effect: 'deny' }] }).rules).toHaveLength(2);
});

test('the example is sound', () => {
  const text = readFileSync(new URL('../../../examples/policy.json', import.meta.url), 'utf8');
  expect(readPolicy(text, 'examples/policy.json', facts).rules).toHaveLength(6);
});
