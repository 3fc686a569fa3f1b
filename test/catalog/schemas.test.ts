import { describe, expect, test } from 'vitest';
import { listTools } from '../../src/docs/list-tools.js';

interface Schema {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: Schema;
}

const entries = await listTools();

/** What OpenAI's strict mode takes, and annotations, which it does not look at. */
const strictKeywords = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'description',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'format',
  'writeOnly',
]);
const strictTypes = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array']);
const mostLevels = 10;
const mostProperties = 5_000;

interface Place {
  path: string;
  level: number;
  schema: Schema;
}

/** A schema and all within it. */
const placesIn = (schema: Schema, path = '', level = 1): Place[] => [
  { path, level, schema },
  ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => placesIn(inner, `${path}.${name}`, level + 1)),
  ...(schema.items ? placesIn(schema.items, `${path}[]`, level) : []),
];

/** Why strict mode would refuse a schema. A client makes its objects closed and its fields required or null. */
function refusals({ path, level, schema }: Place): string[] {
  const { type, properties, items } = schema;
  return [
    ...Object.keys(schema).flatMap((keyword) => (strictKeywords.has(keyword) ? [] : [`${path}: ${keyword}`])),
    ...(strictTypes.has(type ?? '') ? [] : [`${path}: type ${String(type)}`]),
    ...(type === 'object' && (properties === undefined || (path !== '' && Object.keys(properties).length === 0))
      ? [`${path}: an object of any form`]
      : []),
    ...(type === 'object' && ![undefined, false].includes(schema.additionalProperties as false | undefined)
      ? [`${path}: more properties`]
      : []),
    ...(type === 'array' && items === undefined ? [`${path}: a list of anything`] : []),
    ...(level > mostLevels ? [`${path}: too deep`] : []),
  ];
}

/** Its `product` has another form for each product, and the API takes it as it is. */
const freeForm = 'cegedim_create_instance';

describe.each(entries.map((entry) => [entry.name, entry] as const))('%s', (name, { inputSchema, outputSchema }) => {
  test('can be called in the strict mode of OpenAI', () => {
    const places = placesIn(inputSchema as Schema);
    expect(places.flatMap(refusals)).toEqual(name === freeForm ? ['.product: an object of any form'] : []);
    expect(places.length).toBeLessThan(mostProperties);
  });

  test('announces no result whose members could be anything', () => {
    const places = outputSchema ? placesIn(outputSchema as Schema) : [];
    const untyped = places.filter(({ schema }) => schema.type === undefined);
    expect(untyped.map(({ path }) => path)).toEqual([]);
  });
});
