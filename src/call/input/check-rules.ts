import type { InputRule } from '../../define/index.js';
import { recordsAt, valueAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';

/**
 * Finds the rules about several fields that these arguments break. Each fault is a sentence that names the field and
 * what would be right.
 */
export function brokenRules(rules: readonly InputRule[], input: Values): string[] {
  return rules.flatMap((rule) =>
    rule.in === undefined
      ? faultsOf(rule, input, '')
      : recordsAt(input, rule.in).flatMap((item, index) => faultsOf(rule, item, `${listName(rule.in)}[${index}].`)),
  );
}

const listName = (path = '') => path.replace(/\[\]$/, '');

function faultsOf(rule: InputRule, input: Values, prefix: string): string[] {
  const has = (path: string) => valueAt(input, path) !== undefined;
  const named = (paths: readonly string[]) => paths.map((path) => prefix + path).join(', ');
  if ('ifGiven' in rule) return has(rule.ifGiven) ? missing(rule.needs, `with ${prefix}${rule.ifGiven}`) : [];
  if ('unless' in rule) {
    if (holds(rule.unless) || (rule.if && !holds(rule.if))) return [];
    return missing(rule.needs, `${rule.if ? `with ${words(rule.if)} ` : ''}unless ${words(rule.unless)}`);
  }
  if ('anyOf' in rule) return rule.anyOf.some(has) ? [] : [`At least one of ${named(rule.anyOf)} is needed.`];
  if ('oneOf' in rule) {
    return rule.oneOf.filter(has).length === 1 ? [] : [`Exactly one of ${named(rule.oneOf)} is needed.`];
  }
  if ('excludes' in rule) {
    const [text, other] = rule.excludes.map((path) => valueAt(input, path));
    const contains = typeof text === 'string' && typeof other === 'string' && other !== '' && text.includes(other);
    return contains ? [`${prefix}${rule.excludes[0]} must not contain ${prefix}${rule.excludes[1]}.`] : [];
  }
  if (rule.if && !holds(rule.if)) return [];
  const why = rule.if ? `with ${words(rule.if)}` : '';
  if ('needs' in rule) return missing(rule.needs, why);
  if ('matches' in rule) {
    const fits = rule.matches.test(String(valueAt(input, rule.at)));
    return fits ? [] : [`${prefix}${rule.at} must be ${rule.as} ${why}.`];
  }
  if ('forbids' in rule) {
    return rule.forbids
      .filter((path) => !isEmpty(valueAt(input, path)))
      .map((path) => `${prefix}${path} must be left out ${why}.`);
  }
  if ('requires' in rule) {
    return Object.entries(rule.requires)
      .filter(([path, value]) => valueAt(input, path) !== value)
      .map(([path, value]) => `${prefix}${path} must be ${value} ${why}.`);
  }
  return numberFault(rule, input, prefix, why && ` ${why}`);

  function missing(paths: readonly string[], reason: string): string[] {
    return paths.filter((path) => isEmpty(valueAt(input, path))).map((path) => `${prefix}${path} is needed ${reason}.`);
  }
  function holds(condition: Readonly<Record<string, unknown>>): boolean {
    return Object.entries(condition).every(([path, value]) => [value].flat().includes(valueAt(input, path)));
  }
  function words(condition: Readonly<Record<string, unknown>>): string {
    return Object.entries(condition)
      .map(([path, value]) => `${prefix}${path} = ${[value].flat().join(' or ')}`)
      .join(' and ');
  }
}

/** A required value has to contain something, and an empty list contains nothing. */
const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);

type NumberRule = Extract<InputRule, { of: string } | { equal: unknown } | { ascending: unknown }>;

function numberFault(rule: NumberRule, input: Values, prefix: string, why: string): string[] {
  const number = (path: string) => {
    const value = valueAt(input, path);
    return typeof value === 'number' ? value : undefined;
  };
  if ('of' in rule) {
    const value = number(rule.of);
    if (value === undefined) return [];
    if ('atLeast' in rule && value < rule.atLeast)
      return [`${prefix}${rule.of} must be at least ${rule.atLeast}${why}.`];
    if ('atMost' in rule && value > rule.atMost) return [`${prefix}${rule.of} must be at most ${rule.atMost}${why}.`];
    return [];
  }
  if ('equal' in rule) {
    const [first, second] = rule.equal;
    const [one, other] = [number(first), number(second)];
    const differ = one !== undefined && other !== undefined && one !== other;
    return differ ? [`${prefix}${first} and ${prefix}${second} must be equal${why}.`] : [];
  }
  const [first, second] = rule.ascending;
  const [low, high] = [ordinal(valueAt(input, first)), ordinal(valueAt(input, second))];
  return low > high ? [`${prefix}${first} must not be after ${prefix}${second}.`] : [];
}

/** Numbers are ordered by size and timestamps by time. No other value has an order. */
function ordinal(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
