import { beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { startHttp } from '../support/start-http.js';
import { startFixtures } from './fixture-server.js';
import { type Check, knownScenarios, type Report, requiredScenarios, runSuite } from './program.js';
import { type Era, revisions, type Scenario, scenarios } from './scenarios.js';

const end = endOfFile();
const eras: readonly Era[] = [...revisions, 'extension'];
const reports = new Map<string, Report>();

beforeAll(async () => {
  const real = await startHttp({ process: true, end });
  const fixtures = await startFixtures();
  end(fixtures.close);
  const servers = Object.entries({ real: real.url, fixtures: fixtures.url });
  await Promise.all(
    servers.map(async ([on, url]) => {
      for (const era of eras) reports.set(`${on} ${era}`, await runSuite(url, era));
    }),
  );
});

const cases = scenarios.flatMap((scenario) => scenario.eras.map((era) => ({ ...scenario, era })));

const checksOf = ({ name, on, era }: { name: string; on: Scenario['on']; era: Era }): readonly Check[] => {
  const report = reports.get(`${on} ${era}`);
  return report?.checks.get(name) ?? expect.fail(`The suite tells nothing of ${name}:\n${report?.output}`);
};

const isFault = ({ status }: Check): boolean => status === 'FAILURE' || status === 'WARNING';
/** Beside the scenario's own checks there is one of all messages, which passes where nothing else was looked at. */
const isPassed = ({ id, status }: Check): boolean => status === 'SUCCESS' && id !== 'wire-schema-valid';

describe('the conformance suite passes', () => {
  test.each(cases.filter(({ not }) => not === undefined))('$name, $era, on the $on server', (scenario) => {
    const { except = {} } = scenario;
    const checks = checksOf(scenario);
    const faults = checks.filter(isFault);
    const unexpected = faults.filter(({ id }) => except[id] === undefined);
    expect(unexpected.map(({ id, status, errorMessage }) => `${status} ${id}: ${errorMessage}`)).toEqual([]);
    expect(Object.keys(except).filter((id) => !faults.some((fault) => fault.id === id))).toEqual([]);
    expect(checks.some(isPassed)).toBe(true);
  });
});

describe('what cannot apply would not pass', () => {
  test.each(cases.filter(({ not }) => not !== undefined))('$name, $era: $not', (scenario) => {
    const checks = checksOf(scenario);
    expect(checks.some(isFault) || !checks.some(isPassed)).toBe(true);
  });
});

test('every scenario that the suite knows is in the table', async () => {
  const known = await knownScenarios();
  const wanted = [...known].flatMap(([name, words]) =>
    eras.filter((era) => words.includes(era)).map((era) => `${name} ${era}`),
  );
  const listed = cases.map(({ name, era }) => `${name} ${era}`);
  expect([...new Set(listed)].toSorted()).toEqual(wanted.toSorted());
});

/** Of what a revision requires of servers, all that the product does not offer. */
const waived = {
  '2025-11-25': ['logging-set-level', 'tools-call-with-logging'],
  '2026-07-28': [],
};

test.each(revisions)('all that %s requires is run, but for what is not offered', async (revision) => {
  const required = await requiredScenarios(revision);
  const run = cases.filter(({ era, not }) => era === revision && not === undefined).map(({ name }) => name);
  expect(required).not.toEqual([]);
  expect(required.filter((name) => !run.includes(name))).toEqual(waived[revision]);
});
