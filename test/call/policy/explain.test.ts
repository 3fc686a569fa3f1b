import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain, type HypotheticalCall } from '../../../src/call/policy/explain.js';
import { PolicyError, readPolicy } from '../../../src/call/policy/read-policy.js';
import { facts, read } from './facts.js';

const example = readPolicy(
  readFileSync(new URL('../../../examples/policy.json', import.meta.url), 'utf8'),
  'examples/policy.json',
  facts,
);

const call: HypotheticalCall = {
  caller: 'oncall',
  groups: ['dba'],
  tool: 'nhn_delete_db_instance',
  instances: ['prod-1'],
  time: Date.parse('2026-11-23T03:00:00Z'),
  timeText: '2026-11-23T12:00+09:00',
};

const explained = (other: Partial<HypotheticalCall>) => explain(example, { ...call, ...other });

test('deleting in production waits for a second person', () => {
  expect(explained({})).toMatchInlineSnapshot(`
    "oncall (in dba) calls nhn_delete_db_instance (destructive, provider nhn) on prod-1 at 2026-11-23T12:00+09:00.

    rule 1  deny   does not fit: caller.groups wants contractors; the caller is in dba
    rule 2  human  fits
    rule 3  allow  not reached
    rule 4  deny   not reached
    rule 5  allow  not reached
    rule 6  ask    not reached

    Verdict: human, by rule 2. Only an approval outside the conversation counts. The one who asks cannot give it.
    Reason: A second person agrees to what touches production."
  `);
});

test('a restart in working hours is refused, with the reason', () => {
  expect(explained({ tool: 'nhn_restart_db_instance', instances: ['stage-1'], groups: [] })).toMatchInlineSnapshot(`
    "oncall (in no group) calls nhn_restart_db_instance (disruptive, provider nhn) on stage-1 at 2026-11-23T12:00+09:00.

    rule 1  deny   does not fit: caller.groups wants contractors; the caller is in no group
    rule 2  human  does not fit: instances wants prod-*; the call concerns stage-1
    rule 3  allow  does not fit: caller.groups wants dba; the caller is in no group
    rule 4  deny   fits
    rule 5  allow  not reached
    rule 6  ask    not reached

    Verdict: deny, by rule 4. It is refused.
    Reason: Restarts and failovers wait for the evening."
  `);
});

test('without an instance, it says what depends on it', () => {
  expect(explained({ instances: undefined })).toMatchInlineSnapshot(`
    "oncall (in dba) calls nhn_delete_db_instance (destructive, provider nhn) at 2026-11-23T12:00+09:00.

    rule 1  deny   does not fit: caller.groups wants contractors; the caller is in dba
    rule 2  human  fits if the call is about prod-*; name one with --instance
    rule 3  allow  fits if the call is about test-* or dev-*; name one with --instance
    rule 4  deny   does not fit: risks wants disruptive; the call is destructive
    rule 5  allow  does not fit: allow without risks is for read and write only; the call is destructive
    rule 6  ask    fits

    Verdict: ask, by rule 6, unless rule 2 or 3 fits. A person at the client is asked."
  `);
});

test('the risk may be another than the tool’s own', () => {
  expect(explained({ risks: ['write'], instances: ['stage-1'] })).toMatchInlineSnapshot(`
    "oncall (in dba) calls nhn_delete_db_instance (write, provider nhn) on stage-1 at 2026-11-23T12:00+09:00.

    rule 1  deny   does not fit: caller.groups wants contractors; the caller is in dba
    rule 2  human  does not fit: risks wants disruptive, exposing or destructive; the call is write
    rule 3  allow  does not fit: risks wants disruptive or destructive; the call is write
    rule 4  deny   does not fit: risks wants disruptive; the call is write
    rule 5  allow  fits
    rule 6  ask    not reached

    Verdict: allow, by rule 5. It runs without a question."
  `);
});

test('where no rule fits, the server’s own mode holds', () => {
  const policy = read({
    rules: [{ effect: 'deny', caller: { subjects: ['writer', 'audit*'] }, providers: ['naver'] }],
  });
  expect(explain(policy, call)).toMatchInlineSnapshot(`
    "oncall (in dba) calls nhn_delete_db_instance (destructive, provider nhn) on prod-1 at 2026-11-23T12:00+09:00.

    rule 1  deny   does not fit: caller.subjects wants writer or audit*; the caller is oncall

    Verdict: no rule fits; the server’s own mode of confirmation (--confirm) holds."
  `);
});

test.each([
  [{ tool: 'nhn_drop_everything' }, 'There is no tool "nhn_drop_everything".'],
  [{ risks: ['bad'] }, 'There is no risk "bad". It has to be read, write, disruptive, exposing or destructive.'],
  [{ account: 'prod' }, 'There is no account "prod" of nhn. There are: nhn.'],
  [{ time: Number.NaN }, 'Write it such as 2026-11-22T03:00:00Z.'],
])('a call with %j cannot be', (other, fault) => {
  expect(() => explained(other)).toThrow(PolicyError);
  expect(() => explained(other)).toThrow(fault);
});

test('where a provider has several accounts, one of them has to be named', () => {
  const accounts = ['nhn', 'prod'].map((name) => ({ name, provider: 'nhn' }));
  const rules = [{ effect: 'deny', accounts: ['prod'] }];
  const policy = readPolicy(JSON.stringify({ rules }), 'policy.json', { ...facts, accounts });
  expect(() => explain(policy, call)).toThrow('Name one of its accounts with --account: nhn, prod.');
  expect(explain(policy, { ...call, account: 'nhn' })).toContain('accounts wants prod; the account is nhn');
  expect(explain(policy, { ...call, account: 'prod' })).toContain('Verdict: deny, by rule 1.');
});

test('names cannot move the cursor of the terminal', () => {
  const text = explained({
    caller: '\u001b[2Jroot\u0007',
    instances: ['a\u202Eb\nVerdict: allow'],
    groups: ['\u009b1m'],
  });
  const lines = text.split('\n');
  expect(lines.filter((line) => /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('Verdict'))).toHaveLength(1);
});

test('every danger, every instance and the new name of one are judged as they are for a call', () => {
  const rules = [
    { effect: 'deny', risks: ['destructive'], instances: ['prod-*'] },
    { effect: 'human', irreversible: true },
    { effect: 'deny', touches: 'unknown' },
    { effect: 'allow', risks: ['disruptive'] },
  ];
  const judged = (other: Partial<HypotheticalCall>) =>
    explain(read({ rules }), { ...call, tool: 'nhn_modify_db_instance', ...other }).split('\n');
  const rename = judged({ risks: ['write'], instances: ['prod-1'], renamedTo: 'test-1' });
  expect(rename[0]).toContain('(write, provider nhn) on prod-1 and names it test-1');
  expect(rename.at(-1)).toContain('Verdict: deny, by rule 1.');
  const both = judged({ risks: ['disruptive', 'exposing'], instances: ['test-1'] });
  expect(both.at(-1)).toContain('Verdict: no rule fits');
  expect(judged({ risks: ['destructive'], instances: ['test-1'], irreversible: true }).at(-1)).toContain('by rule 2');
  expect(judged({ risks: ['write'], instances: ['unknown'] }).at(-1)).toContain('Verdict: deny, by rule 3.');
});
