import { InputError } from '../call/errors.js';
import { nearestTo } from '../values/nearest.js';
import { sanitizeText } from '../values/sanitize-text.js';
import { accountNameOf, accountsNamed, type FleetAccount } from './account.js';
import type { FleetInstance } from './instance.js';
import type { Inventory } from './reader.js';
import { accountOf, referenceOf } from './reference.js';
import { placeOf } from './resources/uris.js';

/** What a text means. */
export interface Found {
  /** At least one instance, and at most `mostAtOnce`. */
  instances: readonly FleetInstance[];
  /** Instances whose names begin with the whole name of one that is meant. */
  alike: readonly FleetInstance[];
  /** The references of more instances that are meant, but are left out. */
  denied?: readonly string[];
}

/** A name that fits more instances than this is answered with the candidates. */
const mostAtOnce = 5;

/**
 * Finds the instances that a text means: by references, by a name, by the beginning of a name, or by a name beside its
 * account or provider, as in `samsung orders`, `nhn:orders-primary` and the lines of answers. Throws an `InputError`
 * with the candidates or the nearest names.
 */
export function findInstances(
  text: string,
  { instances, failures }: Inventory,
  accounts: readonly FleetAccount[],
): Found {
  const referred = referredIn(text, instances);
  const labelled = labelledIn(text, instances);
  if (referred.length > 0) return few(text, { instances: [...new Set([...referred, ...labelled])], alike: [] });
  const readings = readingsOf(text, accounts);
  for (const { name, scope } of readings) {
    const found = named(name, within(scope, instances));
    if (found) return few(text, found);
  }
  if (labelled.length > 0) return few(text, { instances: labelled, alike: [] });
  const { name, scope } = readings.at(-1) ?? { name: text };
  throw new InputError([
    `instance: there is none named ${quotedName(text)}. ${hint(name, within(scope, instances))}`,
    ...failures.map(({ provider }) => `${provider} could not be asked, so it may be there.`),
  ]);
}

/** The accounts of the instances that a text means. Undefined where it does not mean some clearly. */
export function accountsMeantBy(
  text: string,
  known: Inventory,
  accounts: readonly FleetAccount[],
): ReadonlySet<string> | undefined {
  try {
    const { instances, alike } = findInstances(text, known, accounts);
    return new Set([...instances, ...alike].map(accountNameOf));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** A part of a text that may be a name, and the accounts that the rest of the text limits it to. */
interface Reading {
  name: string;
  scope?: ReadonlySet<string>;
}

/** The forms in which an account or a provider stands beside a name. */
const forms: readonly RegExp[] = [
  // `samsung orders`, `nhn:orders-primary`, and the lines of answers, which go on with a bracket.
  /^(?<account>[^\s:/]+)[\s:/]+(?<name>[^\s[][^[]*)/u,
  // `orders samsung`, `orders at samsung`, `orders@samsung`.
  /^(?<name>[^\s@]+)(?:@|\s+(?:(?:at|in|on)\s+)?)(?<account>[^\s@]+)$/u,
  // `orders (samsung, available)`, as the titles of resources.
  /^(?<name>[^(]+)\((?<account>[^\s,)]+)/u,
];

function readingsOf(text: string, accounts: readonly FleetAccount[]): Reading[] {
  const plain = unquoted(text);
  const others = forms.flatMap((form): Reading[] => {
    const { account = '', name = '' } = form.exec(plain)?.groups ?? {};
    const scope = accountsNamed(account, accounts);
    return scope.size > 0 ? [{ name: unquoted(name), scope }] : [];
  });
  return [{ name: plain }, ...others];
}

const unquoted = (text: string): string => text.trim().replace(/^["'`“]+|["'`”]+$/gu, '');

const within = (scope: ReadonlySet<string> | undefined, instances: readonly FleetInstance[]): FleetInstance[] =>
  instances.filter((instance) => scope === undefined || scope.has(accountNameOf(instance)));

/** The instances whose references or addresses stand in a text. */
function referredIn(text: string, instances: readonly FleetInstance[]): FleetInstance[] {
  const words = text.split(/[\s[\](),;"'`]+/u).flatMap((word) => [word, word.replace(/[:.]+$/u, ''), addressed(word)]);
  const said = new Set([text, ...words]);
  return instances.filter(({ reference }) => said.has(reference));
}

/** The instances that a line of an answer names within it, as `- nhn:analytics: …` does: by account and whole name. */
function labelledIn(text: string, instances: readonly FleetInstance[]): FleetInstance[] {
  const said = text.toLowerCase();
  return instances.filter((instance) => {
    const parts = said.split(`${accountNameOf(instance)}:${instance.name}`.toLowerCase());
    return parts.some(
      (part, index) =>
        index > 0 && !/[\p{L}\p{N}_.-]$/u.test(parts[index - 1] ?? '') && /^[^\p{L}\p{N}_-]|^$/u.test(part),
    );
  });
}

function addressed(word: string): string | undefined {
  const place = placeOf(word);
  return place && 'account' in place && place.kind !== 'job' ? referenceOf(place.account, place.id) : undefined;
}

/** Those of exactly that name or id, or else those whose names begin with it. */
function named(name: string, instances: readonly FleetInstance[]): Found | undefined {
  const wanted = name.toLowerCase();
  const exact = instances.filter((each) => each.name.toLowerCase() === wanted || each.id === name);
  const begun = instances.filter((each) => !exact.includes(each) && beginsWith(each.name.toLowerCase(), wanted));
  if (exact.length > 0) return { instances: exact, alike: begun };
  return begun.length > 0 ? { instances: begun, alike: [] } : undefined;
}

/** Whether whole words of a name are its beginning, so that a name that is cut in a word is asked about. */
const beginsWith = (name: string, wanted: string): boolean =>
  wanted !== '' && name.startsWith(wanted) && /^[^\p{L}]/u.test(name.slice(wanted.length));

function few(text: string, found: Found): Found {
  if (found.instances.length <= mostAtOnce) return found;
  throw new InputError([`instance: ${quotedName(text)} fits several: ${candidates(found.instances)}.`]);
}

const mostCandidates = 10;

function candidates(fitting: readonly FleetInstance[]): string {
  const shown = fitting
    .slice(0, mostCandidates)
    .map((instance) => `${sayableReference(instance)} (${[instance.role, instance.state].filter(Boolean).join(', ')})`);
  const more = fitting.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}; give the reference of one`;
}

function hint(text: string, instances: readonly FleetInstance[]): string {
  const names = [...new Set(instances.map(({ name }) => name))];
  const near = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const nearest = nearestTo(text, names);
  const meant = [...new Set([...(nearest ? [nearest] : []), ...near])].slice(0, 5);
  return meant.length > 0 ? `Did you mean ${meant.map(quotedName).join(', ')}?` : 'fleet_overview lists what exists.';
}

/** A name stands in a sentence of this server, so it is short and in quotation marks. */
export const quotedName = (name: string): string => `"${sanitizeText(name, 64)}"`;

/** A reference that may stand outside the fenced data. References with room for sentences are replaced. */
export const sayableReference = ({ reference }: FleetInstance): string =>
  /^[\w.~@/:+=-]{1,200}$/.test(reference) ? reference : `${accountOf(reference)}:…`;
