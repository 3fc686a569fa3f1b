import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { endOfFile } from '../support/end-of-file.js';
import { type Example, startExampleProvider } from './provider.js';

const end = endOfFile();

interface Manners {
  /** How it is configured to reach the provider that answers with examples. */
  environment: (urls: { baseUrl: string; tokenUrl: string }) => Record<string, string>;
  /** The fields of an answer as they are shown: without the envelope. */
  shown: (answer: object) => string[];
}

const without = (names: string[], answer: object) => Object.keys(answer).filter((name) => !names.includes(name));

const providers: Record<string, Manners> = {
  nhn: {
    environment: ({ baseUrl, tokenUrl }) => ({
      NHN_BASE_URL: baseUrl,
      NHN_TOKEN_URL: tokenUrl,
      NHN_APP_KEY: 'app-key',
      NHN_ACCESS_KEY_ID: 'key-id',
      NHN_SECRET_ACCESS_KEY: 'secret-key',
    }),
    shown: (answer) => without(['header'], answer),
  },
  samsung: {
    environment: ({ baseUrl }) => ({
      SAMSUNG_BASE_URL: baseUrl,
      SAMSUNG_ACCESS_KEY: 'key-id',
      SAMSUNG_SECRET_KEY: 'secret-key',
    }),
    shown: Object.keys,
  },
  naver: {
    environment: ({ baseUrl }) => ({
      NAVER_BASE_URL: baseUrl,
      NAVER_ACCESS_KEY: 'key-id',
      NAVER_SECRET_KEY: 'secret-key',
    }),
    shown: (answer) =>
      Object.values(answer).flatMap((reply) => without(['requestId', 'returnCode', 'returnMessage'], reply)),
  },
  cegedim: {
    environment: ({ baseUrl, tokenUrl }) => ({
      CEGEDIM_BASE_URL: baseUrl,
      CEGEDIM_TOKEN_URL: tokenUrl,
      CEGEDIM_CLIENT_ID: 'client-id',
      CEGEDIM_CLIENT_SECRET: 'client-secret',
    }),
    shown: (answer) => (Array.isArray(answer) ? ['items'] : Object.keys(answer)),
  },
};

describe.each(Object.entries(providers))('the documented examples of %s', (name, { environment, shown }) => {
  const examples = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Example[];
  let provider: Awaited<ReturnType<typeof startExampleProvider>>;
  let call: Awaited<ReturnType<typeof connect>>['call'];

  beforeAll(async () => {
    provider = await startExampleProvider();
    ({ call } = await connect({
      args: ['--profile', 'full', '--confirm', 'off'],
      env: environment(provider),
      end,
    }));
  });
  afterAll(() => provider.close());

  test.each(examples.map((example) => [example.tool, example] as const))('%s', async (tool, example) => {
    provider.state.example = example;
    provider.state.received = [];
    const result = await call(tool, example.arguments);
    expect(result.isError, result.text).toBe(false);
    const { query, body = {}, ...route } = example.request;
    const [{ body: sent = {}, ...received } = {}, ...more] = provider.state.received;
    expect({ ...received, body: sent }).toEqual({ ...route, query: asText(query), body });
    expect(more).toEqual([]);
    expect(Object.keys(result.data)).toEqual(expect.arrayContaining(shown(example.answer ?? {})));
  });
});

/** In a query every value is text, and a list of one is that one. */
const asText = (query: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => {
      const texts = [value].flat().map(String);
      return [key, texts.length === 1 ? texts[0] : texts];
    }),
  );
