import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { type Example, startExampleProvider } from './provider.js';

/** How each provider is configured to reach the one that answers with examples. */
const environments: Record<string, (urls: { baseUrl: string; tokenUrl: string }) => Record<string, string>> = {
  nhn: ({ baseUrl, tokenUrl }) => ({
    NHN_BASE_URL: baseUrl,
    NHN_TOKEN_URL: tokenUrl,
    NHN_APP_KEY: 'app-key',
    NHN_ACCESS_KEY_ID: 'key-id',
    NHN_SECRET_ACCESS_KEY: 'secret-key',
  }),
};

/** What an envelope adds to the fields of an answer. */
const envelopeFields = ['header'];

describe.each(Object.entries(environments))('the documented examples of %s', (name, environment) => {
  const examples = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Example[];
  let provider: Awaited<ReturnType<typeof startExampleProvider>>;
  let call: Awaited<ReturnType<typeof connect>>['call'];

  beforeAll(async () => {
    provider = await startExampleProvider();
    ({ call } = await connect({
      args: ['--profile', 'full', '--confirm', 'off'],
      env: environment(provider),
      end: afterAll,
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
    const fields = Object.keys(example.answer ?? {}).filter((field) => !envelopeFields.includes(field));
    expect(Object.keys(result.data)).toEqual(expect.arrayContaining(fields));
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
