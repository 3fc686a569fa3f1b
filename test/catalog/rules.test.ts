import { readFileSync } from 'node:fs';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { isGuarded, requiredFields, secretFields, type Tool } from '../../src/define/index.js';
import { listTools } from '../../src/docs/list-tools.js';
import { providerNames } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';

const entries = await listTools();
const toolsets = await Promise.all(
  providerNames.map(async (provider) => ({ provider, toolset: await loadToolset(provider) })),
);
const tools: Tool[] = toolsets.flatMap(({ toolset }) => Object.values(toolset?.groups ?? {}).flat());
const names = new Set(entries.map(({ name }) => name));

const dangersOf = ({ name }: Tool) => toolsets.flatMap(({ toolset }) => toolset?.effects[name]?.dangers ?? []);

test('the list that the build made is the list of the declarations', () => {
  const built = readFileSync(new URL('../../dist/tools.json', import.meta.url), 'utf8');
  expect(JSON.parse(built)).toEqual(JSON.parse(JSON.stringify(entries)));
});

test('no two tools have one name', () => expect(names.size).toBe(entries.length));

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  const texts = [
    tool.description,
    tool.warning,
    tool.undo,
    tool.next,
    ...dangersOf(tool).flatMap(({ warning, undo }) => [warning, undo]),
  ];

  test('has a name and a length that every client takes', () => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/);
    expect(name.length).toBeLessThanOrEqual(40);
    expect(tool.description.length).toBeLessThanOrEqual(1024);
    expect(tool.title.length).toBeLessThanOrEqual(60);
  });

  test('names only tools that exist', () => {
    const prefixes = providerNames.join('|');
    const named = texts.flatMap((text) =>
      [...(text ?? '').matchAll(new RegExp(`\\b(?:${prefixes})_[a-z_]+`, 'g'))].map(([word]) => word),
    );
    expect(named.filter((word) => !names.has(word))).toEqual([]);
  });

  test('never answers about everything where the id of one thing is empty', () => {
    const own = toolsets.find(({ provider }) => name.startsWith(`${provider}_`))?.toolset;
    const targets = (own?.targets ?? []).map(({ argument }) => argument);
    const needed = new Set(requiredFields(tool.input));
    const choosing = targets.filter((argument) => argument in tool.input.shape && !needed.has(argument));
    if (tool.risk === 'read') expect(choosing.filter((argument) => !tool.selects?.includes(argument))).toEqual([]);
  });

  test('fills its warnings from arguments that are no secrets', () => {
    const secret = new Set(secretFields(tool.input).keys());
    const warnings = [tool.warning, tool.undo];
    const placeholders = warnings.flatMap((text) =>
      [...(text ?? '').matchAll(/\{([\w.]+)\}/g)].map(([, path]) => path ?? ''),
    );
    expect(placeholders.filter((path) => secret.has(path) || !(path.split('.')[0] ?? '' in tool.input.shape))).toEqual(
      [],
    );
  });

  test('gives no orders to whoever reads it', () =>
    expect(tool.description).not.toMatch(/\b(MUST|ALWAYS|NEVER|IMPORTANT|This tool)\b/));

  test('speaks of arguments that it has', () => {
    const paths = [...(tool.about ?? []), ...(tool.query ?? []), ...(tool.selects ?? [])];
    expect(paths.filter((path) => !Object.hasOwn(tool.input.shape, path.split(/[.[]/)[0] ?? ''))).toEqual([]);
  });

  test('is asked at another path only if it reads', () =>
    expect(tool.otherPath === undefined || tool.risk === 'read').toBe(true));

  test('says why it is asked about exactly when it is guarded', () => {
    expect(tool.warning !== undefined && tool.undo !== undefined).toBe(isGuarded(tool.risk));
  });
});

describe.each(toolsets)('the targets of $provider', ({ toolset }) => {
  const looks = (toolset?.targets ?? []).flatMap((target) => [target, ...(target.also ?? [])]);
  const all = [
    ...looks,
    ...Object.values(toolset?.groups ?? {})
      .flat()
      .flatMap((tool) => tool.planReads ?? []),
  ];

  test('are read by tools that only read, with arguments that those have', () => {
    for (const look of all) {
      const reader = tools.find(({ name }) => name === look.read);
      expect(reader?.risk, look.read).toBe('read');
      const given = Object.keys(look.with ?? {});
      expect(
        given.filter((name) => !Object.hasOwn(reader?.input.shape ?? {}, name)),
        look.label,
      ).toEqual([]);
      const missing = look.with ? requiredFields((reader as Tool).input).filter((name) => !given.includes(name)) : [];
      expect(missing, look.label).toEqual([]);
    }
  });

  test('or looks cover every guarded call that names something in its path', () => {
    const known = new Set(toolset?.targets.map(({ argument }) => argument));
    const bare = tools.filter(
      (tool) =>
        toolset &&
        Object.values(toolset.groups).flat().includes(tool) &&
        isGuarded(tool.risk) &&
        tool.route.includes('{') &&
        !tool.planReads &&
        ![...tool.route.matchAll(/\{(\w+)\}/g)].some(([, name]) => known.has(name ?? '')),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});

describe('sizes', () => {
  const announced = (list: typeof entries) =>
    encode(
      JSON.stringify(
        list.map(({ name, title, description, inputSchema, outputSchema, annotations, _meta }) => ({
          name,
          title,
          description,
          inputSchema,
          outputSchema,
          annotations,
          _meta,
        })),
      ),
    ).length;

  test('all of NHN stays under 22,000 tokens', () =>
    expect(announced(entries.filter(({ provider }) => provider === 'nhn'))).toBeLessThan(22_000));

  test('all of the tools stay under 42,000 tokens', () => expect(announced(entries)).toBeLessThan(42_000));

  test('the core profile is short enough for hosts that cannot search', () => {
    const core = entries.filter((entry) => entry.core);
    expect(core.length).toBeLessThanOrEqual(40);
    expect(announced(core)).toBeLessThanOrEqual(7_000);
    expect(JSON.stringify(core).length).toBeLessThan(100 * 1024);
  });
});
