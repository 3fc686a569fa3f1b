import * as z from 'zod';

type Json = Record<string, unknown>;

/**
 * Creates the JSON Schema of an object in a form that every large client accepts. What is left out here is still
 * validated by zod. Throws when a schema cannot be expressed portably, so that the build fails and not a user's client.
 */
export function portableSchema(schema: z.ZodObject, io: 'input' | 'output'): Json {
  const json: Json = z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    cycles: 'throw',
    unrepresentable: 'throw',
    override: prune,
  });
  const { $schema: _, additionalProperties: __, ...rest } = json;
  requirePortable(rest, '');
  return { ...rest, properties: rest['properties'] ?? {}, ...(io === 'input' && { additionalProperties: false }) };
}

const safest = Number.MAX_SAFE_INTEGER;

/** Patterns are long and billed on every use. The bounds that zod gives a plain integer carry no information. */
function prune({ jsonSchema: json }: { jsonSchema: Json }): void {
  delete json['pattern'];
  if (json['format'] !== 'date-time') delete json['format'];
  if (json['maximum'] === safest) delete json['maximum'];
  if (json['minimum'] === -safest) delete json['minimum'];
  if (json['minLength'] === 1) delete json['minLength'];
  delete json['additionalProperties'];
  // A declaration that states the type itself says what every client should send, although more is accepted.
  if (json['type'] !== undefined) delete json['anyOf'];
  if (json['const'] !== undefined) {
    json['enum'] = [json['const']];
    delete json['const'];
  }
}

const unportable = [
  '$ref',
  '$defs',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'propertyNames',
];

function requirePortable(json: unknown, path: string): void {
  if (Array.isArray(json)) for (const item of json) requirePortable(item, path);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return;
  for (const [key, value] of Object.entries(json)) {
    if (unportable.includes(key)) throw new Error(`${path || 'schema'} uses ${key}, which not every client accepts.`);
    requirePortable(value, `${path}.${key}`);
  }
}
