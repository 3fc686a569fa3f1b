import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';
import { startAnswering } from '../../support/answering.js';
import { examined, troubles } from './run-doctor.js';

interface Example {
  tool: string;
  request: { method: string; path: string };
  status: number;
  answer: object | null;
}

/** An account that answers each read with the example of its document, whichever thing is asked about. */
async function documentedAccount(provider: ProviderName) {
  const file = new URL(`../../project/examples/${provider}.json`, import.meta.url);
  const examples = (JSON.parse(readFileSync(file, 'utf8')) as Example[]).filter(
    ({ request }) => request.method === 'GET',
  );
  const general = (path: string) =>
    path
      .split('/')
      .map((part) => (/\d{2}|^\d+$|-\w{4}-/.test(part) ? '*' : part))
      .join('/');
  const byPath = new Map(examples.map((example) => [general(example.request.path), example]));
  return startAnswering([provider], ({ path }) => {
    const example = byPath.get(path) ?? byPath.get(general(path));
    return example ? { status: example.status, body: example.answer ?? {} } : { status: 404, body: '{}' };
  });
}

test.each(providerNames)(
  'an account of %s that answers as its document shows has nothing to mend',
  async (provider) => {
    const { environment } = await documentedAccount(provider);
    const found = await examined([], environment);
    expect(found.lines.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(troubles(found)).toEqual([]);
  },
);
