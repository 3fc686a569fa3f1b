import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readPolicy } from '../../src/call/policy/read-policy.js';
import { readConfig } from '../../src/config/config.js';
import { readPolicyFile } from '../../src/config/policy-file.js';
import { servingSettings } from '../../src/config/serving/serving-settings.js';
import { listTools } from '../../src/docs/list-tools.js';
import { providerNames, settingsOf } from '../../src/providers/settings.js';
import { anchorsOf, blocksOf, documents, linksOf, pages, read, root, spansOf } from './documents.js';
import { code, importsOf } from './files.js';

const catalog = await listTools();
/** As where nothing but an account of each provider is configured. */
const facts = {
  tools: catalog,
  providers: providerNames,
  accounts: providerNames.map((name) => ({ name, provider: name })),
};
const names = catalog.map(({ name }) => name);
const manifest = JSON.parse(read('package.json'));
const ofProviders = providerNames.flatMap((name) => Object.values(settingsOf(name)).flatMap(({ env }) => env));

function faultsOf(env: Record<string, string>): string {
  try {
    readConfig({ env, flags: {} });
    return '';
  } catch (error) {
    return String(error);
  }
}

test.each(documents)('every variable in %s is one that pgfleet knows', (path) => {
  const named = [...new Set(read(path).match(/\bPGFLEET_[A-Z_]*[A-Z]\b/g) ?? [])];
  const unknown = named.filter(
    (name) => !name.startsWith('PGFLEET_SECRET') && faultsOf({ [name]: '1' }).includes('not known'),
  );
  expect(unknown.filter((name) => name !== 'PGFLEET_CONFIG')).toEqual([]);
});

test.each(documents)('every variable of a provider in %s is one that pgfleet knows', (path) => {
  const prefixes = [...new Set(ofProviders.map((name) => name.slice(0, name.indexOf('_'))))].join('|');
  // An account may take its values from any variable.
  const text = read(path).replace(/"env": "\w+"/g, '');
  const named = text.match(new RegExp(`\\b(?:${prefixes})_[A-Z_]*[A-Z]\\b`, 'g')) ?? [];
  expect(named.filter((name) => !ofProviders.includes(name))).toEqual([]);
});

test('every setting has its place in the pages about settings', () => {
  const text = read('docs/settings.md') + read('docs/serving.md');
  const all = [...ofProviders, ...Object.values(servingSettings).map(({ env }) => env)];
  expect(all.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('the names of settings and their variables fit together', () => {
  const odd = Object.entries(servingSettings).filter(
    ([key, { env }]) => env !== `PGFLEET_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
  );
  expect(odd).toEqual([]);
});

test('the policy among the examples can be used as it is', () => {
  expect(readPolicyFile(join(root, 'examples/policy.json'), facts).rules.length).toBeGreaterThan(0);
});

test.each(pages)('JSON in %s can be copied', (path) => {
  for (const block of blocksOf(read(path), 'json'))
    if ('rules' in JSON.parse(block)) {
      // Examples name accounts that a reader has.
      const named = [...block.matchAll(/"accounts": \[([^\]]*)\]/g)].flatMap(
        ([, names = '']) => names.match(/[\w-]+/g) ?? [],
      );
      const accounts = [...facts.accounts, ...named.map((name) => ({ name, provider: 'nhn' }))];
      expect(readPolicy(block, path, { ...facts, accounts }).rules.length).toBeGreaterThan(0);
    }
});

test.each(pages)('every link in %s leads somewhere', (path) => {
  const lost = linksOf(read(path)).filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(read(target)).includes(anchor));
  });
  expect(lost).toEqual([]);
});

test.each(documents)('every script of npm in %s exists', (path) => {
  const scripts = [...read(path).matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(test|start)\b)/g)];
  expect(scripts.flatMap(([, run, own]) => run ?? own ?? []).filter((name) => !(name in manifest.scripts))).toEqual([]);
});

test.each(documents)('every tool in %s exists', (path) => {
  const words = read(path).match(new RegExp(`\\b(?:fleet|${providerNames.join('|')})_[a-z_]+\\*?`, 'g')) ?? [];
  const fits = (word: string) =>
    word.endsWith('*') ? names.some((name) => name.startsWith(word.slice(0, -1))) : names.includes(word);
  expect(words.filter((word) => !fits(word))).toEqual([]);
});

const methods = /^(tools|prompts)\/(list|call|get)$/;

test.each(pages)('every path in %s exists', (path) => {
  const own = /^(?:src|tools|prompts|test|docs|examples|demo|bench)\/[\w./-]*$/;
  const paths = spansOf(read(path)).filter((span) => own.test(span) && !methods.test(span));
  expect(paths.filter((each) => !existsSync(join(root, each)))).toEqual([]);
});

test.each(pages)('%s starts the program that the package has', (path) => {
  const named = read(path).match(/\bdist\/[\w./-]+\.js\b/g) ?? [];
  expect(named.filter((each) => each !== manifest.bin.pgfleet)).toEqual([]);
});

test('the README is short, and has every tool of pgfleet itself', () => {
  const text = read('README.md');
  const own = catalog.filter(({ provider }) => provider === 'pgfleet').map(({ name }) => name);
  expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  expect(text.split('\n').length).toBeLessThan(150);
});

test('the page about dependencies has every package that the product is made of, and no other', () => {
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  const packages = code
    .filter((path) => /^(src|board)\//.test(path))
    .flatMap(importsOf)
    .filter((name) => !/^(src|board|tools|prompts)\/|^node:/.test(name))
    .flatMap((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? []);
  expect(new Set(rows)).toEqual(new Set(packages));
  // All of it is in the bundle.
  expect(manifest.dependencies).toBeUndefined();
});
