import * as z from 'zod';
import { type SecretRules, secretRules } from './fields.js';

/** Removes the wrappers that only say that a value is optional. */
export function unwrapOptional(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrapOptional(schema.unwrap()) : schema;
}

/** The fields of an object, or of the objects in a list. Undefined for all other schemas. */
export function shapeOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  const inner = unwrapOptional(schema);
  if (inner instanceof z.ZodArray) return shapeOf(inner.element);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** The names of the required fields. */
export const requiredFields = (schema: z.ZodObject): string[] =>
  Object.entries(schema.shape).flatMap(([name, field]) => (field instanceof z.ZodOptional ? [] : [name]));

/** The secret fields of an input: the dotted path, with `[]` after a list, and the rules of each. */
export function secretFields(input: z.ZodObject): ReadonlyMap<string, SecretRules> {
  const known = secretsOf.get(input);
  if (known) return known;
  const found = new Map(secretsIn(input, ''));
  secretsOf.set(input, found);
  return found;
}

/** Each call asks several times, and a declared input never changes. */
const secretsOf = new WeakMap<z.ZodObject, ReadonlyMap<string, SecretRules>>();

function secretsIn(schema: unknown, path: string): [string, SecretRules][] {
  const inner = unwrapOptional(schema);
  const rules = inner instanceof z.ZodType ? secretRules.get(inner) : undefined;
  const here = inner instanceof z.ZodArray ? `${path}[]` : path;
  const below = Object.entries(shapeOf(inner) ?? {}).flatMap(([name, field]) =>
    secretsIn(field, here ? `${here}.${name}` : name),
  );
  return rules ? [[path, rules], ...below] : below;
}
