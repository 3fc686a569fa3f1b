import { expect, test } from 'vitest';
import { severities } from '../../../src/define/index.js';
import { type Remedy, remedies } from '../../../src/fleet/adapter.js';
import { diagnose } from '../../../src/fleet/diagnose.js';
import { type Finding, type Rule, topics } from '../../../src/fleet/finding.js';
import type { Observations } from '../../../src/fleet/instance.js';
import { rules } from '../../../src/fleet/rules/index.js';
import { timesIn } from '../../../src/values/time-text.js';

const seen: Observations = {
  instance: {
    reference: 'acme:1',
    provider: 'acme',
    id: '1',
    name: 'orders',
    state: 'available',
    providerState: 'UP',
  },
  related: [],
  now: Date.parse('2026-11-22T00:00:00Z'),
  timeText: timesIn('UTC'),
  unavailable: [],
};

const rule = (id: string, changes: Partial<Rule> & { severity?: 'critical' | 'warning' | 'notice' } = {}): Rule => {
  const { severity = 'warning', ...others } = changes;
  const check = () => ({ severity, evidence: [{ field: 'state', value: id }] });
  return { id, topic: 'capacity', reads: [], title: id, meaning: `It means ${id}.`, remedies: [], check, ...others };
};

test('the worst come first, then the topics in their order, then the rules in theirs', () => {
  const order = [
    rule('notice', { severity: 'notice', topic: 'backups' }),
    rule('late topic', { topic: 'availability' }),
    rule('second'),
    rule('third'),
    rule('early topic', { topic: 'backups' }),
    rule('critical', { severity: 'critical', topic: 'availability' }),
  ];
  const found = diagnose(seen, () => undefined, order).map((finding) => finding.rule);
  expect(found).toEqual(['critical', 'early topic', 'second', 'third', 'late topic', 'notice']);
});

test('the next step is the first remedy that the provider has', () => {
  const own = rule('full', { remedies: ['growStorage', 'readMetrics', 'readDetails'] });
  const [finding] = diagnose(
    seen,
    (remedy) => (remedy === 'growStorage' ? undefined : { tool: `acme_${remedy}`, arguments: { id: '1' } }),
    [own],
  );
  expect(finding).toEqual({
    rule: 'full',
    topic: 'capacity',
    severity: 'warning',
    reference: 'acme:1',
    name: 'orders',
    title: 'full',
    evidence: [{ field: 'state', value: 'full' }],
    meaning: 'It means full.',
    next: { tool: 'acme_readMetrics', arguments: { id: '1' } },
  });
});

test.each<[string, Rule['remedies'], Partial<Finding>]>([
  ['the console is named', ['growStorage', 'readDetails'], { notByApi: 'grow the storage' }],
  [
    'a read that helps to decide stays',
    ['growStorage', 'readMetrics', 'readDetails'],
    { notByApi: 'grow the storage', next: { tool: 'acme_readMetrics', arguments: {} } },
  ],
  ['another action does', ['backUpNow', 'restart'], { next: { tool: 'acme_restart', arguments: {} } }],
  [
    'of what only has to be read nothing is missing',
    ['readDetails'],
    { next: { tool: 'acme_readDetails', arguments: {} } },
  ],
])('where the provider has no operation for an action, %s', (_, own, expected) => {
  const lacking = ['growStorage', 'backUpNow'];
  const can = (remedy: Remedy) => !lacking.includes(remedy);
  const step = (remedy: Remedy) => (can(remedy) ? { tool: `acme_${remedy}`, arguments: {} } : undefined);
  const [finding] = diagnose(seen, step, [rule('full', { remedies: own })], can);
  expect({ next: finding?.next, notByApi: finding?.notByApi }).toEqual({
    next: undefined,
    notByApi: undefined,
    ...expected,
  });
});

test('much evidence is cut short, and the rest is counted', () => {
  const evidence = Array.from({ length: 300 }, (_, index) => ({ field: 'address', value: String(index) }));
  const check = () => ({ severity: 'warning' as const, evidence });
  const [finding] = diagnose(seen, () => undefined, [rule('open', { check })]);
  expect(finding?.evidence).toHaveLength(9);
  expect(finding?.evidence.at(-1)).toEqual({ field: 'more', value: '292 more of this kind' });
});

test('what another finding explains is left out, and only where that one finds something', () => {
  const vague = rule('odd');
  const clear = rule('broken', { explains: ['odd'] });
  const found = (...order: Rule[]) => diagnose(seen, () => undefined, order).map((finding) => finding.rule);
  expect(found(vague, clear)).toEqual(['broken']);
  expect(found(vague, { ...clear, check: () => undefined })).toEqual(['odd']);
});

test('without any remedy there is no next step, and without a finding nothing', () => {
  const found = diagnose(seen, () => undefined, [rule('full'), rule('fine', { check: () => undefined })]);
  expect(found.map((finding) => [finding.rule, 'next' in finding])).toEqual([['full', false]]);
});

test('an instance of which nothing is known has no findings', () => {
  expect(diagnose(seen, () => undefined, rules)).toEqual([]);
});

test('rules have names of their own, topics that exist, and remedies that end with something everybody can do', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  const ids = rules.map(({ id }) => id);
  for (const { id, topic, title, meaning, remedies: own, explains = [] } of rules) {
    expect(ids.filter((each) => each !== id)).toEqual(expect.arrayContaining([...explains]));
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$|^(failed|stopped|degraded)$/);
    expect(topics).toContain(topic);
    expect(own.at(-1), id).toBe('readDetails');
    expect(remedies).toEqual(expect.arrayContaining([...own]));
    expect(title.length, id).toBeLessThanOrEqual(60);
    expect(meaning.length, id).toBeLessThanOrEqual(140);
  }
  expect(severities).toEqual(['critical', 'warning', 'notice']);
});
