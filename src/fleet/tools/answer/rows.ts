import * as z from 'zod';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { isRecord, type Values } from '../../../values/values.js';
import { accountNameOf } from '../../account.js';
import type { FleetInstance } from '../../instance.js';
import { referenceOf } from '../../reference.js';

/**
 * An instance as one flat row. What is not known, or goes without saying, is left out, so that many rows stay short.
 */
export const instanceRow = (instance: FleetInstance): Values => {
  const { reference, provider, account, name, role, state, progress, engineVersion } = instance;
  return withoutEmpty({
    reference,
    provider: account === undefined ? undefined : provider,
    name,
    role,
    state: state === 'available' ? undefined : state,
    providerState: state === 'available' ? undefined : instance.providerState,
    progress,
    engineVersion,
  });
};

export const rowOutput = z
  .object({
    reference: z.string(),
    provider: z.string().optional(),
    name: z.string(),
    role: z.string().optional(),
    state: z.string().describe('available when left out').optional(),
    providerState: z.string().optional(),
    progress: z.string().optional(),
    engineVersion: z.string().optional(),
  })
  .loose();

/** Writes a line such as `nhn orders-primary [nhn:71384a6d…]: primary, available, PostgreSQL 17.6`. */
export function instanceLine(instance: FleetInstance): string {
  const { name, reference, role, state, providerState, engineVersion, progress } = instance;
  const under = progress === undefined || providerState.includes(progress) ? '' : `, ${progress}`;
  const word = state === 'available' ? state : `${state} (${providerState}${under})`;
  const facts = [role, word, engineVersion && `PostgreSQL ${engineVersion}`];
  const told = facts.filter((fact) => fact !== undefined).map((fact) => sanitizeWords(fact));
  return `${accountNameOf(instance)} ${sanitizeWords(name)} [${sanitizeWords(reference)}]: ${told.join(', ')}`;
}

/** The shortest text by which tools find an instance: `nhn:orders-primary`, or its reference. */
export type LabelOf = (instance: FleetInstance) => string;

const plainName = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,62}$/u;

/** Labels among these instances. A name that another of the same account has, or is an id there, leads to neither. */
export function labelsAmong(instances: readonly FleetInstance[]): LabelOf {
  const uses = new Map<string, number>();
  for (const instance of instances)
    for (const text of new Set([named(instance), instance.reference.toLowerCase()]))
      uses.set(text, (uses.get(text) ?? 0) + 1);
  return (instance) =>
    plainName.test(instance.name) && (uses.get(named(instance)) ?? 1) === 1
      ? referenceOf(accountNameOf(instance), instance.name)
      : instance.reference;
}

const named = (instance: FleetInstance): string => referenceOf(accountNameOf(instance), instance.name).toLowerCase();

/** The fields that say something. */
export const withoutEmpty = (fields: Values): Values =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, value]) => [name, isRecord(value) ? withoutEmpty(value) : value] as const)
      .filter(([, value]) => !isEmpty(value)),
  );

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '';
}
