import { expect, test } from 'vitest';
import { checks } from '../../../src/inspect/checks/index.js';
import { LookError } from '../../../src/inspect/look-error.js';
import type { Row } from '../../../src/inspect/open-look.js';
import { runChecks } from '../../../src/inspect/run-checks.js';
import { factsOf, now } from './seen.js';

interface Answering {
  /** What the server answers to a text. Left out, no row. */
  answer?: (text: string) => readonly Row[];
  facts?: Parameters<typeof factsOf>[0];
  until?: number;
  topics?: Parameters<typeof runChecks>[2]['topics'];
}

/** Runs the checks against answers that a server could give. Each statement takes a second. */
async function run({ answer = () => [], facts = {}, until = now + 3_600_000, topics }: Answering = {}) {
  let time = now;
  const query = ({ text }: { text: string }) => {
    time += 1_000;
    return Promise.resolve(text).then(answer);
  };
  const showStatement = () => Promise.resolve('SELECT ?');
  return runChecks(query, factsOf(facts), { topics, until, now: () => time, showStatement });
}

const refusing = (code: string) => () => {
  throw new LookError('refused query', `PostgreSQL answered ${code}: no.`, { code });
};

const unextended = checks.filter(({ only, extension }) => only !== 'standby' && extension === undefined);

test.each([
  ['57014', undefined],
  ['55P03', undefined],
  ['42P01', undefined],
  ['42501', 'GRANT pg_monitor TO "looks";'],
])('a check that the server answers with %s saw nothing, and the others go on', async (code, allow) => {
  const role = { name: 'looks', quoted: '"looks"', isMonitor: false, canSignal: false };
  const report = await run({ answer: refusing(code), facts: { role } });
  expect(report.findings).toEqual([]);
  expect(report.checked).toEqual([]);
  expect(report.cut).toBeUndefined();
  const seen = report.notSeen.filter(({ check }) => check !== 'top-statement');
  expect(seen.map(({ check }) => check)).toEqual(unextended.map(({ id }) => id));
  expect(new Set(seen.map((each) => each.allow))).toEqual(new Set([allow]));
});

test('what is left when the connection ends was not checked, and it is said why', async () => {
  let asked = 0;
  const answer = () => {
    if (++asked === 3) throw new LookError('lost', 'The connection to the server was lost.');
    return [];
  };
  const report = await run({ answer });
  expect(report.checked).toHaveLength(2);
  expect(report.cut?.why).toBe('The connection to the server was lost.');
  expect(report.cut?.checks).toHaveLength(checks.filter(({ only }) => only !== 'standby').length - 2);
});

test('no check begins after the time is over', async () => {
  const report = await run({ until: now + 5_000 });
  expect(report.checked).toHaveLength(5);
  expect(report.cut).toMatchObject({ why: 'The time of this look was over.' });
});

test('more rows than are looked at are said, and the faults of one finding are few', async () => {
  const rows = Array.from({ length: 101 }, (_, index) => ({ object: `public.t${index}`, bytes: '0' }));
  const answer = (text: string) => (text.includes('indisprimary') ? rows : []);
  const report = await run({ answer, topics: ['indexes'] });
  expect(report.findings).toMatchObject([{ check: 'no-primary-key', more: 90 }]);
  expect(report.findings[0]?.faults).toHaveLength(10);
  expect(report.notSeen).toEqual([
    { check: 'no-primary-key', topic: 'indexes', what: 'There is more than the 100 rows that were looked at.' },
  ]);
});

test('what is in other databases is not seen from one, which is told once', async () => {
  const report = await run({ facts: { otherDatabases: 2 }, topics: ['indexes', 'sessions'] });
  expect(report.notSeen).toEqual([]);
  expect(report.elsewhere?.what).toBe('What is in 2 other databases is not seen from orders.');
  const ofServer = await run({ facts: { otherDatabases: 2 }, topics: ['sessions'] });
  expect(ofServer.elsewhere).toBeUndefined();
});

test('each text of a statement goes through what makes it safe, and no raw text is in a report', async () => {
  const session = { pid: 7, login: 'app', query: `alter role app password 'hunter2'`, hidden: '0' };
  const times = { state_change: new Date(0), xact_start: new Date(0), query_start: new Date(0) };
  const report = await run({ answer: () => [{ ...session, ...times }], topics: ['sessions'] });
  expect(report.findings.length).toBeGreaterThan(2);
  expect(JSON.stringify(report)).toContain('SELECT ?');
  expect(JSON.stringify(report)).not.toMatch(/hunter2|rawStatement/);
});

test('checks have names of their own, a source for each threshold, and sentences', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, title, meaning, thresholds } of checks) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title, id).toMatch(/^[A-Z].*[^.]$/);
    expect(meaning, id).toMatch(/^[A-Z].*\.$/);
    expect(thresholds.every(({ of, source }) => of && source) && thresholds.length > 0, id).toBe(true);
  }
});
