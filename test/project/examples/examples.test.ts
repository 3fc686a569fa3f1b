import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';
import { type Asked, startAnswering } from '../../support/answering.js';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';

const end = endOfFile();

/** A documented call: what goes in, what goes over the wire, what comes back. */
interface Example {
  tool: string;
  arguments: Record<string, unknown>;
  request: { method: string; path: string; query: Record<string, unknown>; body?: Record<string, unknown> };
  status: number;
  answer: object | null;
}

const without = (names: string[], answer: object) => Object.keys(answer).filter((name) => !names.includes(name));

/** The fields of an answer as they are shown: without the envelope. */
const shown: Record<ProviderName, (answer: object) => string[]> = {
  nhn: (answer) => without(['header'], answer),
  samsung: Object.keys,
  naver: (answer) =>
    Object.values(answer).flatMap((reply) => without(['requestId', 'returnCode', 'returnMessage'], reply)),
  cegedim: (answer) => (Array.isArray(answer) ? ['items'] : Object.keys(answer)),
};

describe.each(providerNames)('the documented examples of %s', async (name) => {
  const examples = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Example[];
  const asked: Asked[] = [];
  let answer: Pick<Example, 'status' | 'answer'> | undefined;
  const provider = await startAnswering(
    [name],
    (each) => {
      asked.push(each);
      return { status: answer?.status, body: answer?.answer ?? {} };
    },
    { end },
  );
  const { call } = await connect({ fleet: provider, env: { PGFLEET_CONFIRM: 'off' }, end });

  test.each(examples.map((example) => [example.tool, example] as const))('%s', async (tool, example) => {
    answer = example;
    asked.length = 0;
    const result = await call(tool, example.arguments);
    expect(result.isError, result.text).toBe(false);
    const { query, body = {}, ...route } = example.request;
    // Before a change, the present state is read.
    expect(asked.map(received).at(-1)).toEqual({ ...route, query: asText(query), body });
    expect(Object.keys(result.data)).toEqual(expect.arrayContaining(shown[name](example.answer ?? {})));
  });
});

/** A request as the examples spell it: the fields of a form stand in its query. */
function received({ method, path, query, headers, body }: Asked) {
  const isForm = headers['content-type']?.includes('urlencoded') ?? false;
  const fields = new URLSearchParams([...query, ...new URLSearchParams(isForm ? body : '')]);
  return { method, path, query: repeated(fields), body: isForm || body === '' ? {} : JSON.parse(body) };
}

/** A key that comes several times becomes a list. */
function repeated(fields: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(fields.keys())].map((key) => {
      const all = fields.getAll(key);
      return [key, all.length === 1 ? all[0] : all];
    }),
  );
}

/** In a query every value is text, and a list of one is that one. */
const asText = (query: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => {
      const texts = [value].flat().map(String);
      return [key, texts.length === 1 ? texts[0] : texts];
    }),
  );
