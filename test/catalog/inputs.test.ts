import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { brokenRules } from '../../src/call/input/check-rules.js';
import { requiredFields, shapeOf, type Tool, unwrapOptional } from '../../src/define/index.js';
import { providerNames } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';

const toolsets = await Promise.all(providerNames.map((provider) => loadToolset(provider)));
const tools: Tool[] = toolsets.flatMap((toolset) => Object.values(toolset?.groups ?? {}).flat());

/** Values that every kind of text in a list takes one of. */
const samples = ['0ddb042c-5af6-43fb-a914-f4dd0540eb7c', '192.0.2.0/24'];

function listsOf(schema: unknown, path: string): [string, z.ZodArray][] {
  const inner = unwrapOptional(schema);
  const here: [string, z.ZodArray][] = inner instanceof z.ZodArray ? [[path, inner]] : [];
  const below = Object.entries(shapeOf(inner) ?? {}).flatMap(([name, field]) => listsOf(field, `${path}.${name}`));
  return [...here, ...below];
}

const lists = tools.flatMap((tool) => listsOf(tool.input, tool.name));
function textsOf(schema: unknown, path: string): [string, z.ZodString][] {
  const inner = unwrapOptional(schema);
  if (inner instanceof z.ZodString) return schema instanceof z.ZodOptional ? [[path, inner]] : [];
  return Object.entries(shapeOf(inner) ?? {}).flatMap(([name, field]) => textsOf(field, `${path}.${name}`));
}

const changedTexts = tools.flatMap((tool) => (tool.risk === 'read' ? [] : textsOf(tool.input, tool.name)));

/** What may be emptied, or says something by being empty. */
const mayBeEmptied = /\.(description|tags\.value)$/;

test.each(changedTexts.filter(([path]) => !mayBeEmptied.test(path)))('%s is not sent empty', (_, text) => {
  expect(text.safeParse('').success).toBe(false);
});

/** No document says what it looks like. */
const undocumented = 'samsung_create_cluster.virtual_ip_address';

const addresses = tools
  .flatMap((tool) => placesOf(tool.input, tool.name))
  .filter(([path]) => /cidr$|address(es)?$/i.test(path) && path !== undocumented);

function placesOf(schema: unknown, path: string): [string, unknown][] {
  const below = Object.entries(shapeOf(schema) ?? {}).flatMap(([name, field]) => placesOf(field, `${path}.${name}`));
  return [[path, schema], ...below];
}

const noAddresses = ['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.256', '2001:db8::/129', '10.0.0.0/8,11.0.0.0/8', ''];

test('there are fields that take addresses', () => expect(addresses.length).toBeGreaterThan(10));

test.each(addresses)('%s takes no address that is none', (_, schema) => {
  const inner = unwrapOptional(schema);
  const text = inner instanceof z.ZodArray ? inner.element : inner;
  if (!(text instanceof z.ZodType)) throw new Error('It has no schema.');
  expect(noAddresses.filter((each) => text.safeParse(each).success)).toEqual([]);
});

const textLists = lists.filter(([, { element }]) => element instanceof z.ZodString);

test.each(textLists)('%s names nothing twice', (_, list) => {
  const [sample] = samples.filter((each) => list.safeParse([each]).success);
  expect(sample).toBeDefined();
  expect(list.safeParse([sample, sample]).error?.issues[0]?.message).toBe('must not name the same one twice');
});

/** Its two lists may be empty, as in the document's own example. Its effect then answers that nothing changes. */
const mayBeEmpty = 'samsung_set_security_group_rules';

const changes = tools
  .filter(({ name }) => name !== mayBeEmpty)
  .filter(({ route, name }) => /^(PUT|PATCH) /.test(route) || /_(modify|change|set)_/.test(name))
  .filter(({ input, route }) => Object.keys(input.shape).some((name) => !route.includes(`{${name}}`)))
  .filter(({ input, route, sends }) => requiredFields(input).every((name) => route.includes(`{${name}}`)) && !sends);

test('there are changes whose values can all be left out', () => expect(changes.length).toBeGreaterThan(5));

test.each(changes.map((tool) => [tool.name, tool] as const))('%s refuses to change nothing', (_, { rules = [] }) => {
  expect(brokenRules(rules, {}).join(' ')).toMatch(/^At least one of /);
});

describe('a count or a length of time below nothing', () => {
  const numbers = tools.flatMap(({ name: tool, input }) =>
    Object.entries(input.shape).flatMap(([name, field]) => {
      const inner = unwrapOptional(field);
      return inner instanceof z.ZodNumber && /period|limit|page|size|duration|interval$/i.test(name)
        ? [[`${tool} ${name}`, inner] as const]
        : [];
    }),
  );

  test.each(numbers)('%s is refused', (_, field) => expect(field.safeParse(-1).success).toBe(false));
});
