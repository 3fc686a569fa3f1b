import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { type Connection, connect, type Result } from '../../support/connect.js';
import { startMany } from './many.js';
import { allPages, findingsOf, instancesOf } from './telling.js';

const mostTokens = 25_000;
const each = 125;

async function connectToMany(): Promise<Connection> {
  return connect({ env: (await startMany(each)).environment, args: ['--profile', 'full'] });
}

function expectFitting({ text, data }: Result): void {
  expect(countTokens(text)).toBeLessThan(mostTokens);
  expect(countTokens(JSON.stringify(data))).toBeLessThan(mostTokens);
}

test('500 instances are counted, filtered and paged, each page within its size', async () => {
  const { call } = await connectToMany();
  for (const limit of [100, 40]) {
    const pages = await allPages(call, { limit });
    for (const page of pages) {
      expectFitting(page);
      expect(page.data).not.toHaveProperty('leftOut');
      expect(page.text).not.toContain('Left out');
      for (const { reference } of instancesOf(page)) expect(page.text).toContain(`[${reference}]`);
    }
    const references = pages.flatMap((page) => instancesOf(page).map(({ reference }) => reference));
    expect(pages[0]?.data['total']).toBe(4 * each);
    expect(references).toHaveLength(4 * each);
    expect(new Set(references).size).toBe(4 * each);
  }
  const stopped = await call('fleet_overview', { state: 'stopped', limit: 100 });
  for (const { state } of instancesOf(stopped)) expect(state).toBe('stopped');
  expect((await call('fleet_overview', { provider: 'naver', limit: 1 })).data['total']).toBe(each);
});

test('500 instances are checked within the size and the time of one answer', async () => {
  const { call } = await connectToMany();
  const begun = performance.now();
  const answer = await call('fleet_check');
  expect(performance.now() - begun).toBeLessThan(45_000);
  expectFitting(answer);
  const missed = (answer.data['missed'] ?? []) as unknown[];
  expect(findingsOf(answer).length).toBeGreaterThan(10);
  expect(answer.text).toContain('Left out for size');
  expect(Number(answer.data['examined']) + missed.length).toBeLessThanOrEqual(4 * each);
});
