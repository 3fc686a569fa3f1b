import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/fleet/diagnose.js';
import type { Severity } from '../../src/fleet/finding.js';
import type { FleetInstance, Observations, Series } from '../../src/fleet/instance.js';
import { rules } from '../../src/fleet/rules/index.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-22T07:00:00Z');
const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();

type Seen = Omit<Partial<Observations>, 'instance'> & { instance?: Partial<FleetInstance> };

const observe = ({ instance, ...others }: Seen): Observations => ({
  instance: {
    reference: 'acme:1',
    provider: 'acme',
    id: '1',
    name: 'orders',
    state: 'available',
    providerState: 'UP',
    role: 'primary',
    ...instance,
  },
  related: [],
  now,
  unavailable: [],
  ...others,
});

/** Values that end now, one each `step`. */
const series = (source: string, values: readonly number[], step = 5 * minute): Series => ({
  source,
  unit: '%',
  points: values.map((value, index) => [now - (values.length - 1 - index) * step, value]),
});
/** Three days, hour by hour, that end at a value and rise by so much a day. */
const risingTo = (last: number, perDay: number) =>
  series(
    'STORAGE_USAGE',
    Array.from({ length: 73 }, (_, index) => last - ((72 - index) / 24) * perDay),
    hour,
  );
const steady = (source: string, value: number) => series(source, Array(12).fill(value));

const event = (text: string, age = hour) => ({
  time: ago(age),
  provider: 'acme',
  kind: 'event' as const,
  category: 'DB_INSTANCE',
  code: 'E_40',
  text,
});
const job = (state: 'running' | 'failed', age: number) => ({ handle: 'j1', state, word: 'WORKING', since: ago(age) });
const door = (address: string, withoutPassword = false) => ({
  kind: 'access rule',
  address,
  detail: withoutPassword ? 'TRUST' : 'SCRAM_SHA_256',
  withoutPassword,
  source: 'hbaRules[].address',
});
const pair = (state: string) => ({ highAvailability: { enabled: true, state } });

/** A rule, what it is shown, and how bad it finds that; nothing where it finds nothing. */
const cases: Record<string, [what: string, seen: Seen, severity?: Severity][]> = {
  'storage-nearly-full': [
    ['84 %', { storageUsedPercent: steady('STORAGE_USAGE', 84) }],
    ['85 %', { storageUsedPercent: steady('STORAGE_USAGE', 85) }, 'warning'],
    ['95 %', { storageUsedPercent: steady('STORAGE_USAGE', 95) }, 'critical'],
    ['86 % by the record alone', { instance: { storage: { usedPercent: 86 } } }, 'warning'],
    ['full in 4 days', { storageUsedPercent: risingTo(60, 10) }],
    ['full in 2.5 days', { storageUsedPercent: risingTo(75, 10) }, 'warning'],
    ['full in 22 hours', { storageUsedPercent: risingTo(78, 24) }, 'critical'],
    ['the same, stopped', { instance: { state: 'stopped' }, storageUsedPercent: risingTo(78, 24) }],
    ['the provider’s word', { instance: { state: 'degraded', providerState: 'STORAGE_FULL' } }, 'critical'],
    ['PostgreSQL’s word', { instance: { providerState: 'ERROR, backup: No space left on device' } }, 'critical'],
  ],
  'cpu-saturated': [
    ['89 %', { cpuPercent: steady('CPU_USAGE', 89) }],
    ['90 %', { cpuPercent: steady('CPU_USAGE', 90) }, 'warning'],
    ['98 %', { cpuPercent: steady('CPU_USAGE', 98) }, 'critical'],
    ['one peak', { cpuPercent: series('CPU_USAGE', [20, 20, 20, 20, 100]) }],
    ['two points', { cpuPercent: series('CPU_USAGE', [100, 100]) }],
    ['points of yesterday', { cpuPercent: { ...steady('CPU_USAGE', 99), points: [[now - day, 99]] } }],
    ['stopped since', { instance: { state: 'stopped' }, cpuPercent: steady('CPU_USAGE', 99) }],
  ],
  'connections-saturated': [
    ['79 %', { connectionsPercent: steady('CONNECTIONS', 79) }],
    ['one moment at 80 %', { connectionsPercent: series('CONNECTIONS', [20, 80, 20]) }, 'warning'],
    ['95 %', { connectionsPercent: steady('CONNECTIONS', 95) }, 'critical'],
    ['two points', { connectionsPercent: series('CONNECTIONS', [99, 99]) }],
  ],
  'replication-delayed': [
    ['59 s', { replicationLagSeconds: steady('LAG', 59) }],
    ['60 s', { replicationLagSeconds: steady('LAG', 60) }, 'warning'],
    ['10 minutes', { replicationLagSeconds: steady('LAG', 600) }, 'critical'],
    ['caught up', { replicationLagSeconds: series('LAG', [900, 900, 3]) }],
    ['an hour ago', { replicationLagSeconds: { ...steady('LAG', 900), points: [[now - hour, 900]] } }],
    ['the provider’s word', { instance: { providerState: 'REPLICATION_DELAY' } }, 'warning'],
    ['a stopped replica', { instance: { state: 'stopped' }, replicationLagSeconds: steady('LAG', 900) }],
    [
      'replication that stands',
      { instance: { providerState: 'REPLICATION_STOP' }, replicationLagSeconds: steady('LAG', 900) },
    ],
  ],
  'replication-stopped': [
    ['the provider’s word', { instance: { providerState: 'REPLICATION_STOP' } }, 'critical'],
    ['a pair that is not replicated', { instance: pair('not replicated') }, 'critical'],
    ['a delay', { instance: { providerState: 'REPLICATION_DELAY' } }],
    ['a stopped replica', { instance: { state: 'stopped', providerState: 'REPLICATION_STOP' } }],
    ['the primary that failed', { instance: { role: 'failed primary', providerState: 'REPLICATION_STOP' } }],
  ],
  'failover-happened': [
    ['an event', { events: [event('Failover is complete.')] }, 'warning'],
    ['an event of the day before', { events: [event('Failover is complete.', 25 * hour)] }],
    ['another event', { events: [event('Backup is complete.')] }],
    ['an event of another', { events: [{ ...event('Failover is complete.'), reference: 'acme:2' }] }],
    ['the primary that failed', { instance: { role: 'failed primary', state: 'failed' } }, 'warning'],
    ['the state of the pair', { instance: pair('FAILOVER_COMPLETED') }, 'warning'],
    ['the state of the pair, at its standby', { instance: { ...pair('FAILOVER_COMPLETED'), role: 'standby' } }],
  ],
  'high-availability-paused': [
    ['paused', { instance: pair('PAUSED') }, 'warning'],
    ['paused for a task', { instance: pair('PAUSED_DUE_TO_TASK') }, 'notice'],
    ['off by itself', { instance: pair('DISABLE_REPLICATION_DELAY') }, 'warning'],
    ['stable', { instance: pair('STABLE') }],
    ['none at all', { instance: { highAvailability: { enabled: false } } }],
    ['paused, at the standby', { instance: { ...pair('PAUSED'), role: 'standby' } }],
    ['paused and stopped', { instance: { ...pair('PAUSED'), state: 'stopped' } }],
  ],
  'high-availability-failed': [
    ['after a failover', { instance: pair('FAILOVER_COMPLETED') }, 'warning'],
    ['a failover that failed', { instance: pair('FAILOVER_FAILED') }, 'critical'],
    ['a standby under repair', { instance: pair('recovering') }, 'warning'],
    ['running', { instance: pair('running') }],
    ['paused', { instance: pair('PAUSED') }],
    ['replication that stands', { instance: pair('not replicated') }],
  ],
  'connection-failed': [
    ['the provider’s word', { instance: { state: 'failed', providerState: 'FAIL_TO_CONNECT' } }, 'critical'],
    ['the primary that failed', { instance: { role: 'failed primary', providerState: 'FAIL_TO_CONNECT' } }],
    ['another word', { instance: { providerState: 'AVAILABLE' } }],
  ],
  failed: [
    ['a failure', { instance: { state: 'failed', providerState: 'ERROR' } }, 'critical'],
    ['no connection', { instance: { state: 'failed', providerState: 'FAIL_TO_CONNECT' } }],
    ['a full disk', { instance: { state: 'failed', providerState: 'STORAGE_FULL' } }],
    ['the primary that failed', { instance: { state: 'failed', role: 'failed primary' } }],
    ['available', {}],
  ],
  degraded: [
    ['without more words', { instance: { state: 'degraded', providerState: 'running, node-2 odd' } }, 'warning'],
    ['a standby under repair', { instance: { state: 'degraded', ...pair('recovering') } }],
    ['a full disk', { instance: { state: 'degraded', providerState: 'STORAGE_FULL' } }],
    ['available', {}],
  ],
  stopped: [
    ['stopped', { instance: { state: 'stopped', providerState: 'SHUTDOWN' } }, 'warning'],
    ['available', {}],
  ],
  'waits-for-person': [
    ['a failover to be done by hand', { instance: { progress: 'WAIT_MANUAL_CONTROL' } }, 'warning'],
    ['another task', { instance: { progress: 'FAILING_OVER' } }],
  ],
  'state-unknown': [
    ['no servers', { instance: { state: 'unknown', providerState: 'running, no servers' } }, 'warning'],
    ['no connection', { instance: { state: 'unknown', providerState: 'unreachable' } }],
    ['changing', { instance: { state: 'changing' } }],
  ],
  'migration-needed': [
    ['needed', { migrationNeeded: { source: 'needMigration', value: 'true, CentOS 7.9' } }, 'warning'],
  ],
  'parameters-pending': [
    ['waiting', { parametersPending: { source: 'parameterGroupStatus', value: 'NEED_TO_APPLY' } }, 'notice'],
    [
      'waiting at the primary that failed',
      {
        instance: { role: 'failed primary' },
        parametersPending: { source: 'parameterGroupStatus', value: 'NEED_TO_APPLY' },
      },
    ],
  ],
  'engine-version-old': [
    ['long past', { instance: { engineVersion: '9.6.24' } }, 'warning'],
    ['past since ten days', { instance: { engineVersion: '14.6' } }, 'warning'],
    ['past in 181 days', { instance: { engineVersion: '15.4' }, now: Date.parse('2027-05-14') }],
    ['past in 180 days', { instance: { engineVersion: '15.4' }, now: Date.parse('2027-05-15') }, 'notice'],
    ['years to go', { instance: { engineVersion: '17.6' } }],
    ['not in the table yet', { instance: { engineVersion: '19.1' } }],
    ['no number', { instance: { engineVersion: 'unknown' } }],
  ],
  'deletion-protection-off': [
    ['off', { instance: { deletionProtection: false } }, 'notice'],
    ['off, at a replica', { instance: { deletionProtection: false, role: 'replica' } }],
    ['on', { instance: { deletionProtection: true } }],
  ],
  'job-stuck': [
    ['an hour', { jobs: [job('running', hour)] }, 'warning'],
    ['59 minutes', { jobs: [job('running', 59 * minute)] }],
    ['failed', { jobs: [job('failed', hour)] }],
  ],
  'job-failed': [
    ['an hour ago', { jobs: [job('failed', hour)] }, 'warning'],
    ['last week', { jobs: [job('failed', 7 * day)] }, 'notice'],
    ['running', { jobs: [job('running', hour)] }],
  ],
  'password-not-asked': [
    ['from a network', { exposures: [door('10.0.0.0/22', true)] }, 'warning'],
    ['from everywhere', { exposures: [door('10.0.0.0/22', true), door('0.0.0.0/0', true)] }, 'critical'],
    ['asked', { exposures: [door('0.0.0.0/0')] }],
  ],
  'open-to-everyone': [
    ['IPv4', { exposures: [door('0.0.0.0/0')] }, 'warning'],
    ['IPv6', { exposures: [door('::/0')] }, 'warning'],
    ['a network', { exposures: [door('10.0.0.0/8')] }],
    ['a lock that is worse', { exposures: [door('0.0.0.0/0', true)] }],
  ],
  'public-access': [
    ['for some', { instance: { publicAccess: true } }, 'notice'],
    ['for everyone', { instance: { publicAccess: true }, exposures: [door('0.0.0.0/0')] }, 'warning'],
    ['by its network', { exposures: [{ kind: 'network', address: '203.0.113.0/24', source: 'isPublic' }] }, 'notice'],
    ['private', { instance: { publicAccess: false } }],
  ],
  'access-rules-pending': [
    ['one', { accessRulesPending: { source: 'hbaRules[].reservedAction', count: 1 } }, 'notice'],
    ['none', { accessRulesPending: { source: 'hbaRules[].reservedAction', count: 0 } }],
  ],
  'backups-off': [
    ['off', { instance: { backups: { enabled: false } } }, 'warning'],
    ['kept for no day', { instance: { backups: { retentionDays: 0 } } }, 'warning'],
    ['off and stopped', { instance: { state: 'stopped', backups: { enabled: false } } }, 'notice'],
    ['off, at a standby', { instance: { role: 'standby', backups: { enabled: false } } }],
    ['on', { instance: { backups: { enabled: true, retentionDays: 7 } } }],
  ],
  'backup-overdue': [
    ['25 hours', { instance: { backups: { enabled: true, newest: ago(25 * hour) } } }],
    ['26 hours', { instance: { backups: { enabled: true, newest: ago(26 * hour) } } }, 'warning'],
    ['3 days', { instance: { backups: { newest: ago(3 * day) } } }, 'critical'],
    ['stopped', { instance: { state: 'stopped', backups: { enabled: true, newest: ago(3 * day) } } }],
    ['at a replica', { instance: { role: 'replica', backups: { enabled: true, newest: ago(3 * day) } } }],
    ['off', { instance: { backups: { enabled: false, newest: ago(3 * day) } } }],
    ['not told', { instance: { backups: { enabled: true } } }],
    ['no date', { instance: { backups: { enabled: true, newest: 'yesterday' } } }],
  ],
};

describe.each(rules)('$id', (rule) => {
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
    { STORAGE_USAGE: '93 %', 'full by the trend': '2026-11-28 03:00 UTC, in 5.8 days, at 1.2 % a day' },
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
  ['job-stuck', { jobs: [job('running', 3 * hour)] }, { 'job j1': 'WORKING, 2026-11-22T04:00:00.000Z, 3 hours ago' }],
  [
    'open-to-everyone',
    { exposures: [door('0.0.0.0/0')] },
    { 'hbaRules[].address': 'access rule 0.0.0.0/0 (SCRAM_SHA_256)' },
  ],
])('%s names the field and its value', (id, seen, evidence) => {
  const found = rules.find((rule) => rule.id === id)?.check(observe(seen));
  expect(Object.fromEntries(found?.evidence.map(({ field, value }) => [field, value]) ?? [])).toEqual(evidence);
});
