import type { Severity } from '../../../src/define/index.js';
import { ago, day, door, event, hour, job, minute, now, pair, risingTo, type Seen, series, steady } from './seen.js';

const empty = { backups: { enabled: true, noneMade: true } } as const;

const lock = (address: string) => ({ source: 'cidr', lets: [address] });
const hidden = (isOpposite: boolean) => ({
  source: 'hbaRules 2',
  rule: '10.0.0.0/8 REJECT',
  behind: 'all',
  isOpposite,
});

/** A rule, what it is shown, and how bad it finds that; nothing where it finds nothing. */
export const cases: Record<string, [what: string, seen: Seen, severity?: Severity][]> = {
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
    [
      'an hour ago, and the provider still tells of it',
      {
        instance: { providerState: 'RUNNING, replication DELAYED' },
        replicationLagSeconds: { ...steady('LAG', 900), points: [[now - hour, 900]] },
      },
      'critical',
    ],
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
    ['an instance that failed', { instance: { state: 'failed', ...pair('not replicated') } }],
    ['the primary that failed', { instance: { role: 'failed primary', providerState: 'REPLICATION_STOP' } }],
  ],
  'failover-happened': [
    ['an event', { events: [event('Failover is complete.')] }, 'warning'],
    ['an event of the day before', { events: [event('Failover is complete.', 25 * hour)] }],
    ['another event', { events: [event('Backup is complete.')] }],
    ['one that began', { events: [event('Failover began.')] }],
    ['one that failed', { events: [event('Failover failed.')] }],
    ['the state of a pair at the start of it', { instance: pair('FAILOVER_STARTED') }],
    ['the state of a pair after one that failed', { instance: pair('FAILOVER_FAILED') }],
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
    ['one that stops with its primary', { instance: { ...pair('STOPPING'), state: 'changing', progress: 'STOPPING' } }],
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
    ['IPv4 with bits of a host', { exposures: [door('1.2.3.4/0')] }, 'warning'],
    ['half of IPv4', { exposures: [door('0.0.0.0/1')] }],
    ['both halves', { exposures: [door('0.0.0.0/1'), door('128.0.0.0/1')] }, 'warning'],
    ['a half of each family', { exposures: [door('0.0.0.0/1'), door('8000::/1')] }],
    ['a network', { exposures: [door('10.0.0.0/8')] }],
    ['a lock that is worse', { exposures: [door('0.0.0.0/0', true)] }],
  ],
  'public-access': [
    ['for some', { instance: { publicAccess: true } }, 'notice'],
    ['for everyone', { instance: { publicAccess: true }, exposures: [door('0.0.0.0/0')] }, 'warning'],
    ['by its network', { exposures: [{ kind: 'network', address: '203.0.113.0/24', source: 'isPublic' }] }, 'notice'],
    ['private', { instance: { publicAccess: false } }],
  ],
  'closed-to-all': [
    ['no rule at all', { closed: [{ source: 'hbaRules[].address', lets: [] }] }, 'warning'],
    ['two networks that differ', { closed: [lock('10.0.0.0/8'), lock('192.168.0.0/16')] }, 'warning'],
    ['still under way', { instance: { state: 'changing' }, closed: [lock('10.0.0.0/8')] }],
  ],
  'rule-without-effect': [
    ['the same again', { rulesWithoutEffect: [hidden(false)] }, 'notice'],
    ['a refusal behind a welcome', { rulesWithoutEffect: [hidden(false), hidden(true)] }, 'warning'],
    ['none', { rulesWithoutEffect: [] }],
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
  'backup-never-made': [
    ['none in two days', { instance: { ...empty, created: ago(2 * day) } }, 'critical'],
    ['none in 26 hours', { instance: { ...empty, created: ago(26 * hour) } }, 'critical'],
    ['none in 25 hours', { instance: { ...empty, created: ago(25 * hour) } }],
    ['none, but off', { instance: { backups: { enabled: false, noneMade: true }, created: ago(2 * day) } }],
    [
      'on by the days alone',
      { instance: { backups: { retentionDays: 7, noneMade: true }, created: ago(day * 2) } },
      'critical',
    ],
    ['a list that was not read', { instance: { backups: { enabled: true }, created: ago(2 * day) } }],
    ['an age that is not told', { instance: empty }],
    ['a standby', { instance: { ...empty, role: 'standby', created: ago(2 * day) } }],
  ],
  'backup-overdue': [
    ['25 hours', { instance: { backups: { enabled: true, newest: ago(25 * hour) } } }],
    ['26 hours', { instance: { backups: { enabled: true, newest: ago(26 * hour) } } }, 'warning'],
    ['3 days', { instance: { backups: { enabled: true, newest: ago(3 * day) } } }, 'critical'],
    ['on by the days alone', { instance: { backups: { retentionDays: 7, newest: ago(3 * day) } } }, 'critical'],
    ['settings that were not read', { instance: { backups: { newest: ago(3 * day) } } }],
    ['stopped', { instance: { state: 'stopped', backups: { enabled: true, newest: ago(3 * day) } } }],
    ['at a replica', { instance: { role: 'replica', backups: { enabled: true, newest: ago(3 * day) } } }],
    ['off', { instance: { backups: { enabled: false, newest: ago(3 * day) } } }],
    ['not told', { instance: { backups: { enabled: true } } }],
    ['no date', { instance: { backups: { enabled: true, newest: 'yesterday' } } }],
  ],
};
