import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSearch } from '../../src/define/search/index.js';
import { listTools } from '../../src/docs/list-tools.js';
import { searchIndex } from '../../src/docs/search-documents.js';

const index = searchIndex(await listTools());
const { search, runbookFor } = openSearch(index);
const providers = new Set(['nhn', 'pgfleet']);
const namesFor = (text: string, limit = 8) => search(text, { providers, limit }).flatMap(({ names }) => names);

test('the index that the build made is that of the declarations', () => {
  const built = readFileSync(new URL('../../dist/search.json', import.meta.url), 'utf8');
  expect(JSON.parse(built)).toEqual(JSON.parse(JSON.stringify(index)));
});

test('an operation is found in either language, and by its own name', () => {
  expect(namesFor('nhn_delete_backup')[0]).toBe('nhn_delete_backup');
  expect(namesFor('delete a backup', 3)).toContain('nhn_delete_backup');
  expect(namesFor('백업 삭제해줘', 3)).toContain('nhn_delete_backup');
});

test('only what belongs to the providers is found, and no more than wanted', () => {
  const found = search('list backups', { providers: new Set(['naver']), limit: 5 });
  expect(found.length).toBeLessThanOrEqual(5);
  expect(found.flatMap(({ names }) => names).filter((name) => !name.startsWith('naver_'))).toEqual([]);
  expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
});

test.each([
  '',
  '   ',
  '\u0000\u0007\u001b[31m',
  '🔥🔥🔥',
  '\ud800',
  '%_*()[]{}\\^$',
  '__proto__',
  'qqqqq jjjjj',
  'ㅋㅋㅋ ㄷㅂ',
])('%j finds nothing, and does not fail', (text) => {
  expect(namesFor(text)).toEqual([]);
  expect(runbookFor(text)).toBeUndefined();
});

test('a text of any length is searched by its beginning', () => {
  expect(namesFor(`delete a backup ${'x '.repeat(10_000)}`)[0]).toBe('nhn_delete_backup');
  expect(namesFor('가'.repeat(10_000))).toEqual([]);
});

test.each([
  ['the disk is full', 'handle_full_storage'],
  ['디스크가 꽉 찼어', 'handle_full_storage'],
  ['are we backed up', 'check_backups'],
])('%s: the runbook %s', (text, name) => expect(runbookFor(text)).toBe(name));
