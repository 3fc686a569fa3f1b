import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  type EffectCondition,
  namingArguments,
  type StateLook,
  shapeOf,
  type Tool,
  type Toolset,
  unwrapOptional,
} from '../../src/define/index.js';
import { providerNames } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';

const toolsets = (await Promise.all(providerNames.map(loadToolset))).flatMap((toolset) => toolset ?? []);

/** What ends like this names something. */
const naming = /(?:Ids?|Nos?|NoList|_ids?|_numbers?|^id)$/;

/** Every argument of a tool, and every field of the lists and objects among them. */
const pathsOf = (schema: unknown, before = ''): string[] =>
  Object.entries(shapeOf(schema) ?? {}).flatMap(([name, field]) => {
    const path = `${before}${name}`;
    const isList = unwrapOptional(field) instanceof z.ZodArray;
    return [path, ...pathsOf(field, `${path}${isList ? '[].' : '.'}`)];
  });

const conditionsIn = (condition: EffectCondition): EffectCondition[] => {
  if ('all' in condition) return condition.all.flatMap(conditionsIn);
  if ('any' in condition) return condition.any.flatMap(conditionsIn);
  return 'not' in condition ? conditionsIn(condition.not) : [condition];
};

/** The paths into looks that a condition on the present state has. */
function seenBy(condition: EffectCondition): string[] | undefined {
  if ('is' in condition) return Object.keys(condition.is);
  if ('isBelow' in condition) return Object.keys(condition.isBelow);
  if ('isAmong' in condition) return Object.values(condition.isAmong);
  return 'has' in condition ? [condition.has] : undefined;
}

describe.each(toolsets)('the tools of $provider', ({ groups, touches, effects }: Toolset) => {
  const tools = Object.values(groups).flat();
  const reads = new Set<string>(tools.filter(({ risk }) => risk === 'read').map(({ name }) => name));
  const ways = new Set([touches.instance.argument, ...touches.ways.flatMap((way) => way.arguments)]);
  const usesReads = ({ read, each }: Pick<StateLook, 'read' | 'each'>) => [read, ...(each ? [each.read] : [])];

  test('each argument that names what a call is about leads to instances', () => {
    const lost = tools.flatMap((tool) =>
      [...namingArguments(tool), ...(tool.selects ?? [])]
        .filter((name) => !ways.has(name))
        .map((name) => [tool.name, name]),
    );
    expect(lost).toEqual([]);
  });

  test('a tool is about each of its arguments that leads to instances, unless it only uses what that names', () => {
    const leading = new Set([
      touches.instance.argument,
      ...touches.ways.flatMap((way) => ('read' in way || 'unknown' in way ? way.arguments : [])),
    ]);
    const lost = tools.flatMap((tool) => {
      const known = new Set([...namingArguments(tool), ...(tool.selects ?? []), ...touches.uses]);
      return pathsOf(tool.input)
        .filter((path) => leading.has(path) && !known.has(path))
        .map((path) => [tool.name, path]);
    });
    expect(lost).toEqual([]);
  });

  test('each other argument that names something is one that the call uses', () => {
    const known = new Set([...ways, ...touches.uses]);
    const lost = tools.flatMap((tool) =>
      pathsOf(tool.input)
        .filter((path) => naming.test(path) && !known.has(path))
        .map((path) => [tool.name, path]),
    );
    expect(lost).toEqual([]);
  });

  test('what a call concerns besides is found by a look', () => {
    const lost = Object.entries(effects).filter(([, { concerns, looks = {} }]) => concerns && !(concerns in looks));
    expect(lost).toEqual([]);
  });

  test('every look is one of a tool that reads', () => {
    const looks = [
      touches.instance,
      ...touches.ways.filter((way) => 'read' in way),
      ...Object.values(effects).flatMap(({ looks = {} }) => Object.values(looks)),
    ];
    expect(looks.flatMap(usesReads).filter((name) => !reads.has(name))).toEqual([]);
  });

  test('an effect is of a tool that changes something', () => {
    const changing = new Set<string>(tools.filter(({ risk }) => risk !== 'read').map(({ name }) => name));
    expect(Object.keys(effects).filter((name) => !changing.has(name))).toEqual([]);
  });

  test('an effect with changes has a rule for each argument that is no name of a target', () => {
    const missing = Object.entries(effects).flatMap(([name, { changes }]) => {
      const tool = tools.find((each) => each.name === name);
      if (!changes || !tool) return [];
      // What the read of an instance takes besides, such as a region, is part of what the target is called.
      const targets = new Set([...namingArguments(tool), ...Object.keys(touches.instance.with ?? {})]);
      const covered = (argument: string) => Object.keys(changes).some((path) => path.split(/[.[]/)[0] === argument);
      return Object.keys(tool.input.shape)
        .filter((argument) => !targets.has(argument) && !covered(argument))
        .map((argument) => `${name} ${argument}`);
    });
    expect(missing).toEqual([]);
  });

  test('what is billed and can run unasked is told in words', () => {
    const untold = Object.entries(effects).filter(
      ([, { creates, isBilled, ordinary, dangers = [] }]) =>
        (creates ?? isBilled) && !ordinary && dangers.every((danger) => danger.if !== undefined),
    );
    expect(untold.map(([name]) => name)).toEqual([]);
  });

  test('conditions speak of changes and looks that there are', () => {
    const wrong = Object.entries(effects).flatMap(
      ([name, { changes = {}, looks = {}, dangers = [], impossible = [], next = [] }]) =>
        [...dangers, ...impossible, ...next].flatMap((each) =>
          (each.if ? conditionsIn(each.if) : []).flatMap((condition) => {
            if (['test', 'given', 'when', 'opensWide'].some((word) => word in condition)) return [];
            const seen = seenBy(condition);
            if (seen)
              return seen.filter((path) => !((path.split('.')[0] ?? '') in looks)).map((path) => `${name} ${path}`);
            const fields =
              'becomes' in condition ? Object.keys(condition.becomes) : Object.values(condition).map(String);
            // Named values, such as parameters, are changes by their own names.
            if (Object.values(changes).some((rule) => typeof rule === 'object' && 'items' in rule)) return [];
            return fields.filter((field) => !(field in changes)).map((field) => `${name} ${field}`);
          }),
        ),
    );
    expect(wrong).toEqual([]);
  });

  test('what each change touches, and which dangers it can have', () => {
    const wayOf = (tool: Tool) => [...namingArguments(tool)].join(', ') || 'none';
    const dangersOf = ({ name, risk }: Tool) => {
      const declared = effects[name]?.dangers?.map(
        (danger) => `${danger.risk}${danger.irreversible ? ', irreversible' : ''}`,
      );
      return [...new Set(declared ?? [risk])].join(' | ') || 'none';
    };
    const lines = tools
      .filter(({ risk }) => risk !== 'read')
      .map((tool) => `${tool.name}: ${wayOf(tool)}: ${dangersOf(tool)}`);
    expect(lines).toMatchSnapshot();
  });
});
