import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { prompts } from '../../../prompts/index.js';
import { type Prompt, type PromptLanguage, promptLanguages } from '../../../src/define/index.js';
import { listTools } from '../../../src/docs/list-tools.js';
import { fillPrompt } from '../../../src/server/prompts.js';

const tools = new Set((await listTools()).map(({ name }) => name));

/** What looks like a tool: `nhn_…`, `fleet_…`, `wait_for_job`. Runbooks and arguments have other first words. */
const toolsIn = (text: string): Set<string> => {
  const words = text.match(/\b(?:nhn|samsung|naver|cegedim|fleet)_[a-z_]+|\bwait_for_job\b|\bconfirm_operation\b/g);
  return new Set(words);
};

const placesIn = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

const runbooks = prompts.map((prompt): [string, Prompt] => [prompt.name, prompt]);

test('there are thirteen runbooks, each with a name of its own', () => {
  expect(new Set(prompts.map(({ name }) => name)).size).toBe(13);
  const few = prompts.filter(({ asks }) => Math.min(new Set(asks.en).size, new Set(asks.ko).size) < 6);
  expect(few.map(({ name }) => name)).toEqual([]);
  expect(new Set(promptLanguages.flatMap((language) => prompts.map(({ title }) => title[language]))).size).toBe(26);
});

describe.each(runbooks)('%s', (_name, prompt) => {
  test('has a short name in snake case, and nothing empty', () => {
    expect(prompt.name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(prompt.name.length).toBeLessThanOrEqual(40);
    const texts = [prompt.title, prompt.description, prompt.text, ...prompt.arguments.map((each) => each.description)];
    for (const language of promptLanguages) for (const each of texts) expect(each[language].trim()).not.toBe('');
  });

  test('names only tools that exist, the same ones in both languages, and at least three', () => {
    const named = toolsIn(prompt.text.en);
    expect([...named].filter((name) => !tools.has(name))).toEqual([]);
    expect(toolsIn(prompt.text.ko)).toEqual(named);
    expect(named.size).toBeGreaterThanOrEqual(3);
    expect([...named].some((name) => name.startsWith('fleet_'))).toBe(true);
  });

  test('speaks of no runbook that does not exist', () => {
    const others = (text: string) => [...text.matchAll(/(?:runbook|런북)\s+([a-z_]+)/g)].map(([, name]) => name);
    const known = prompts.map(({ name }) => name);
    for (const language of promptLanguages)
      expect(others(prompt.text[language]).filter((name) => name && !known.includes(name))).toEqual([]);
  });

  test.each(promptLanguages)('uses every argument and no other: %s', (language) => {
    expect(placesIn(prompt.text[language])).toEqual(new Set(prompt.arguments.map(({ name }) => name)));
  });

  test.each(promptLanguages)('is short enough to be read at night: %s', (language) => {
    const lines = prompt.text[language].trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(encode(prompt.text[language]).length).toBeLessThan(1200);
  });

  test('says where to stop and what not to do', () => {
    expect(prompt.text.en).toMatch(/Stop and ask/);
    expect(prompt.text.en).toMatch(/Do not/);
    expect(prompt.text.ko).toMatch(/멈추고 /);
    expect(prompt.text.ko).toMatch(/하지 말 것/);
  });

  test('is Korean in Korean and English in English', () => {
    expect(prompt.text.en + prompt.title.en + prompt.description.en).not.toMatch(/\p{Script=Hangul}/u);
    expect(prompt.text.ko.match(/\p{Script=Hangul}/gu)?.length).toBeGreaterThan(200);
  });
});

test('an argument means the same to the language: Korean particles never touch a value', () => {
  const touching = prompts.flatMap(({ name, text }) => (/\}\p{Script=Hangul}/u.test(text.ko) ? [name] : []));
  expect(touching).toEqual([]);
});

describe('filling in', () => {
  const [, slow] = runbooks.find(([name]) => name === 'investigate_slowness') ?? [];
  const filled = (given: Record<string, string>, language: PromptLanguage = 'en') =>
    slow && fillPrompt(slow, given, language);

  test('what is given stands in the text, and what is left out has its standard', () => {
    expect(filled({ instance: 'nhn:1' })).toContain('Slow instance: nhn:1\nSlow since: unknown');
    expect(filled({ instance: 'nhn:1', since: ' ' }, 'ko')).toContain('느려진 시점: 모름');
    expect(filled({ instance: 'nhn:1', since: '03:10' })).toContain('Slow since: 03:10');
  });

  test('a value that looks like a place is a value', () => {
    expect(filled({ instance: '{since}', since: '$&' })).toContain('Slow instance: {since}\nSlow since: $&');
  });

  test.each([
    [{}, 'investigate_slowness needs instance.'],
    [{ instance: '  ' }, 'investigate_slowness needs instance.'],
    [{ instance: 'a', until: 'b' }, 'investigate_slowness takes instance, since, and no until.'],
  ])('%j is refused: %s', (given, message) => {
    expect(() => filled(given)).toThrow(message);
  });
});
