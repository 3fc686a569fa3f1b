import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Scenario, scenarios } from '../../src/emulator/core/world.js';
import { adapters } from '../../src/fleet/adapters/index.js';
import { diagnose } from '../../src/fleet/diagnose.js';
import type { Finding } from '../../src/fleet/finding.js';
import { rules } from '../../src/fleet/rules/index.js';
import { type ProviderName, providerNames } from '../../src/providers/settings.js';
import { checkStep, inFleet, observedIn, readerOn } from './reader.js';

/** Morning in Seoul, after the backups of the night. */
const start = Date.parse('2026-11-21T23:00:00Z');

// The emulators check signatures by the machine's clock, whatever time their own fleet lives in.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: start }));
afterAll(() => void vi.useRealTimers());

/** Severities and rules by instance. */
type Found = Record<string, readonly string[]>;

const usual: Record<string, Found> = {
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
const stories: Record<string, Partial<Record<Scenario, Found>>> = {
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
    'replication-delay': { 'orders-east': ['critical replication-delayed'] },
  },
  naver: {
    'storage-full': { 'event-archive': ['critical storage-nearly-full'] },
    // That the roles changed shows only to somebody who has looked before; a delay shows to nobody.
    failover: { 'shop-orders': ['warning high-availability-failed'] },
  },
  cegedim: {
    'storage-full': {
      billinglegacy: ['critical storage-nearly-full', 'warning engine-version-old', 'notice job-failed'],
    },
    failover: { ordersprod01: ['critical replication-stopped', 'warning failover-happened'] },
    'replication-delay': { ordersprod01: ['critical replication-stopped'] },
  },
};

async function examine(provider: ProviderName, scenario: Scenario): Promise<Finding[]> {
  const adapter = adapters[provider];
  const { read, emulator } = await readerOn(provider, { scenario, start });
  const listed = await adapter.list(read);
  const findings = [];
  for (const { id, group } of listed) {
    const record = await adapter.get(id, read, Date.now());
    const others = listed.filter((other) => other.group === group && other.id !== id);
    const now = emulator.world.now();
    const observed = await adapter.observe(record, now, read);
    const related = others.map((other) => inFleet(provider, other));
    const seen = observedIn(provider, observed, { related, now });
    expect(seen.unavailable.filter(({ why }) => !why.includes('does not tell'))).toEqual([]);
    findings.push(...diagnose(seen, (remedy) => adapter.step(remedy, inFleet(provider, record), seen), rules));
  }
  return findings;
}

const foundIn = (findings: readonly Finding[]): Found => {
  const found: Record<string, string[]> = {};
  for (const { name, severity, rule } of findings) (found[name] ??= []).push(`${severity} ${rule}`);
  return found;
};

describe.each(providerNames)('%s', (provider) => {
  test.each(scenarios)('%s', async (scenario) => {
    const findings = await examine(provider, scenario);
    const expected = scenario === 'quiet' ? {} : { ...usual[provider], ...stories[provider]?.[scenario] };
    expect(foundIn(findings)).toEqual(expected);
    for (const { next } of findings) {
      expect(next).toBeDefined();
      if (next) await checkStep(provider, next);
    }
  });
});

test('every adapter is examined', () => {
  expect(Object.keys(adapters).toSorted()).toEqual(Object.keys(usual).toSorted());
});
