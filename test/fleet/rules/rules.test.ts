import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/fleet/diagnose.js';
import type { Fact } from '../../../src/fleet/instance.js';
import { rules } from '../../../src/fleet/rules/index.js';
import { cases } from './cases.js';
import { door, event, hour, job, observe, risingTo, type Seen, steady } from './seen.js';

/** The fields that only some reads fill, and the fact by which a rule asks for them. */
const factOf: Readonly<Record<string, Fact>> = {
  providerState: 'state',
  deletionProtection: 'settings',
  parametersPending: 'settings',
  migrationNeeded: 'settings',
  highAvailability: 'highAvailability',
  endpoints: 'network',
  publicAccess: 'network',
  storage: 'storage',
  storageUsedPercent: 'storageUse',
  backups: 'backups',
  exposures: 'access',
  closed: 'access',
  rulesWithoutEffect: 'access',
  accessRulesPending: 'access',
  events: 'events',
  jobs: 'jobs',
  cpuPercent: 'load',
  connectionsPercent: 'load',
  replicationLagSeconds: 'replicationLag',
};

/** The same, which notes the facts that somebody looks at. */
const noting = <T extends object>(seen: T, looked: Set<Fact>): T =>
  new Proxy(seen, {
    get(target, field) {
      const fact = factOf[String(field)];
      if (fact) looked.add(fact);
      return Reflect.get(target, field);
    },
  });

describe.each(rules)('$id', (rule) => {
  test('looks at nothing that it does not declare', () => {
    const looked = new Set<Fact>();
    for (const [, seen] of cases[rule.id] ?? []) {
      const observed = observe(seen);
      rule.check(noting({ ...observed, instance: noting(observed.instance, looked) }, looked));
    }
    expect([...looked].filter((fact) => !rule.reads.includes(fact))).toEqual([]);
  });

  test.each(cases[rule.id] ?? [])('%s', (_, seen, severity) => {
    const findings = diagnose(observe(seen), () => undefined, rules);
    expect(findings.find((finding) => finding.rule === rule.id)?.severity).toBe(severity);
  });

  test('is told by what it saw, and silent where nothing was seen', () => {
    const found = (cases[rule.id] ?? []).flatMap(([, seen]) => rule.check(observe(seen)) ?? []);
    expect(found.length).toBeGreaterThan(0);
    for (const { evidence } of found) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const { field, value } of evidence) expect([field, value]).not.toContain('');
    }
    expect(rule.check(observe({}))).toBeUndefined();
  });
});

test('every rule has its cases, and every case its rule', () => {
  expect(Object.keys(cases).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
});

test.each<[string, Seen, Record<string, string>]>([
  [
    'storage-nearly-full',
    { storageUsedPercent: risingTo(93, 1.2) },
    { STORAGE_USAGE: '93 %', 'full by the trend': '2026-11-28T03:00:00Z, in 5.8 days, at 1.2 % a day' },
  ],
  ['cpu-saturated', { cpuPercent: steady('CPU_USAGE', 97) }, { CPU_USAGE: '97 % over 30 minutes' }],
  [
    'failover-happened',
    {
      instance: { role: 'failed primary', providerState: 'FAILOVER', state: 'failed' },
      events: [event('Failover\n`x`')],
    },
    { role: 'failed primary', state: 'failed (FAILOVER)', 'event E_40': '2026-11-22T06:00:00.000Z Failover x' },
  ],
  [
    'engine-version-old',
    { instance: { engineVersion: '13.3' } },
    { engineVersion: '13.3', 'end of life of PostgreSQL 13': '2025-11-13' },
  ],
  ['job-stuck', { jobs: [job('running', 3 * hour)] }, { 'job j1': '2026-11-22T04:00:00.000Z, 3 hours ago: WORKING' }],
  [
    'open-to-everyone',
    { exposures: [door('0.0.0.0/0')] },
    { 'hbaRules[].address': 'access rule 0.0.0.0/0 (SCRAM_SHA_256)' },
  ],
])('%s names the field and its value', (id, seen, evidence) => {
  const found = rules.find((rule) => rule.id === id)?.check(observe(seen));
  expect(Object.fromEntries(found?.evidence.map(({ field, value }) => [field, value]) ?? [])).toEqual(evidence);
});
