import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Scenario, scenarios } from '../../src/emulator/core/world.js';
import { adapters } from '../../src/fleet/adapters/index.js';
import { type ProviderName, providerNames } from '../../src/providers/settings.js';
import { connect } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { checkStep } from './reader.js';
import { type Found, findingsOf } from './walk/telling.js';

/** Morning in Seoul, after the backups of the night. */
const start = Date.parse('2026-11-21T23:00:00Z');

// The emulators check signatures by the machine's clock, whatever time their own fleet lives in.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: start }));
afterAll(() => void vi.useRealTimers());

/** Severities and rules by instance. */
type ByInstance = Record<string, readonly string[]>;

const usual: Record<string, ByInstance> = {
  nhn: {
    'orders-primary': ['notice access-rules-pending', 'notice parameters-pending'],
    'orders-standby': ['notice parameters-pending'],
    'orders-replica': ['notice parameters-pending'],
    analytics: ['warning open-to-everyone', 'warning public-access', 'warning storage-nearly-full'],
    'billing-legacy': [
      'warning backups-off',
      'warning password-not-asked',
      'warning engine-version-old',
      'warning migration-needed',
      'notice deletion-protection-off',
    ],
    staging: ['warning engine-version-old', 'warning migration-needed', 'warning stopped'],
  },
  samsung: {
    'orders-east': ['warning replication-delayed'],
    staging: ['warning stopped'],
    analytics: ['warning backups-off'],
    partners: ['warning open-to-everyone', 'warning public-access', 'warning engine-version-old'],
  },
  naver: {
    'stats-batch': ['warning backups-off'],
    'partner-portal': ['warning open-to-everyone', 'warning public-access'],
    'billing-legacy': ['warning engine-version-old'],
    'event-archive': ['warning storage-nearly-full'],
  },
  cegedim: {
    reportsqa01: ['warning stopped'],
    billinglegacy: ['warning storage-nearly-full', 'warning engine-version-old', 'notice job-failed'],
    partnerportal: ['warning backups-off', 'warning engine-version-old', 'notice public-access'],
  },
};

/** Where a scenario tells something else than the usual. */
const stories: Record<string, Partial<Record<Scenario, ByInstance>>> = {
  nhn: {
    'storage-full': {
      analytics: ['critical storage-nearly-full', 'warning open-to-everyone', 'warning public-access'],
    },
    failover: {
      'orders-primary': ['warning failover-happened'],
      'orders-standby': [
        'warning failover-happened',
        'warning high-availability-failed',
        'notice access-rules-pending',
        'notice parameters-pending',
      ],
    },
    'region-down': {
      'orders-primary': ['critical connection-failed', 'notice access-rules-pending', 'notice parameters-pending'],
      'orders-standby': ['critical connection-failed', 'notice parameters-pending'],
      'orders-replica': ['critical replication-delayed', 'notice parameters-pending'],
    },
    'replication-delay': { 'orders-replica': ['critical replication-delayed', 'notice parameters-pending'] },
  },
  samsung: {
    'storage-full': {
      partners: [
        'critical storage-nearly-full',
        'warning backup-overdue',
        'warning open-to-everyone',
        'warning public-access',
        'warning engine-version-old',
        'warning job-failed',
      ],
    },
    failover: { orders: ['warning high-availability-failed'] },
    'region-down': { orders: ['critical failed', 'warning high-availability-failed'] },
    'replication-delay': { 'orders-east': ['critical replication-delayed'] },
  },
  naver: {
    'storage-full': { 'event-archive': ['critical storage-nearly-full'] },
    // That the roles changed shows only to somebody who has looked before; a delay shows to nobody.
    failover: { 'shop-orders': ['warning high-availability-failed'] },
    'region-down': { 'shop-orders': ['critical failed', 'warning high-availability-failed'] },
  },
  cegedim: {
    'storage-full': {
      billinglegacy: ['critical storage-nearly-full', 'warning engine-version-old', 'notice job-failed'],
    },
    failover: { ordersprod01: ['critical replication-stopped', 'warning failover-happened'] },
    'region-down': { ordersprod01: ['critical failed', 'warning high-availability-failed'] },
    'replication-delay': { ordersprod01: ['critical replication-stopped'] },
  },
};

/** What `fleet_check` finds in the fleet of one provider, all of which it has to see. */
async function check(provider: ProviderName, scenario: Scenario): Promise<Found[]> {
  const fleet = await startFleet({ providers: [provider], scenario, start });
  const { call } = await connect({ fleet });
  const answer = await call('fleet_check', { detail: true });
  const unseen = (answer.data['unseen'] ?? []) as { why: string }[];
  expect(unseen.filter(({ why }) => !why.includes('does not tell'))).toEqual([]);
  expect(answer.data).not.toHaveProperty('missed');
  return findingsOf(answer);
}

const foundIn = (findings: readonly Found[]): ByInstance => {
  const found: Record<string, string[]> = {};
  for (const { name, severity, rule } of findings) (found[name] ??= []).push(`${severity} ${rule}`);
  return found;
};

describe.each(providerNames)('%s', (provider) => {
  test.each(scenarios)('%s', async (scenario) => {
    const findings = await check(provider, scenario);
    const expected = scenario === 'quiet' ? {} : { ...usual[provider], ...stories[provider]?.[scenario] };
    expect(foundIn(findings)).toEqual(expected);
    for (const { next, notByApi } of findings) {
      expect(next ?? notByApi).toBeDefined();
      if (next) await checkStep(provider, next);
    }
  });
});

test('every adapter is examined', () => {
  expect(Object.keys(adapters).toSorted()).toEqual(Object.keys(usual).toSorted());
});
