import type { Client, Progress } from '@modelcontextprotocol/client';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, expect, test } from 'vitest';
import type { Clock } from '../../../src/values/clock.js';
import { handClock, turningClock } from '../../support/clock.js';
import { type Connection, connect, type Result } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Many, startMany } from './many.js';
import { allPages, findingsOf, instancesOf } from './telling.js';

const mostTokens = 25_000;
const each = 125;

const end = endOfFile();

let many: Many;
beforeAll(async () => {
  many = await startMany(each, end);
});

const connectToMany = (clock: Clock): Promise<Connection> =>
  connect({ env: many.environment, args: ['--profile', 'full'], clock });

function expectFitting({ text, data }: Result): void {
  expect(countTokens(text)).toBeLessThan(mostTokens);
  expect(countTokens(JSON.stringify(data))).toBeLessThan(mostTokens);
}

test('500 instances are counted, filtered and paged, each page within its size', async () => {
  // Time stands still, so that all pages are of one look at the fleet.
  const { call } = await connectToMany(handClock());
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

/** What a request takes by the clock of the server, so that a check comes as far on every machine. */
const requestMilliseconds = 10;

test('500 instances are checked within the size and the time of an answer, which tells how far it is', async () => {
  const start = Date.now();
  const now = () => start + many.requests() * requestMilliseconds;
  // Nothing is given up by the time of this machine, which may be busy.
  const { client, call } = await connectToMany({ ...turningClock(), now, later: () => () => undefined });
  const before = many.requests();
  const told: Progress[] = [];
  const options = { onprogress: (progress: Progress) => void told.push(progress), resetTimeoutOnProgress: true };
  await (client as Client).callTool({ name: 'fleet_check', arguments: {} }, options);
  expect(many.requests() - before).toBeLessThan(6 * 4 * each);
  const answer = await call('fleet_check');
  expectFitting(answer);
  expect(findingsOf(answer).length).toBeGreaterThan(10);
  expect(answer.text).toContain(`1 to 60 of ${String(answer.data['total'])} shown. offset 60 shows what follows.`);
  expect(answer.data['examined']).toBe(4 * each);
  expect(answer.data).not.toHaveProperty('missed');
  expect(told.at(-1)).toMatchObject({ progress: 4 * each, total: 4 * each });
  const counts = told.map(({ progress }) => progress);
  expect(counts.length).toBeGreaterThan(20);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
});
