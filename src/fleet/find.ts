import { InputError } from '../call/errors.js';
import { nearestTo } from '../values/nearest.js';
import { sanitizeText } from '../values/sanitize-text.js';
import type { FleetInstance } from './instance.js';
import type { AccountFailure } from './reader.js';
import { accountOf, isSameReference } from './reference.js';

/** Finds an instance by a reference or a name. Throws an `InputError` with the candidates or the nearest names. */
export function findInstance(
  text: string,
  instances: readonly FleetInstance[],
  failures: readonly AccountFailure[] = [],
): FleetInstance {
  const byReference = instances.find(({ reference }) => reference === text);
  if (byReference) return byReference;
  const [alike, ...more] = instances.filter(({ reference }) => isSameReference(reference, text));
  if (alike && more.length === 0) return alike;
  const wanted = text.toLowerCase();
  const named = instances.filter(({ name, id }) => name.toLowerCase() === wanted || id === text);
  const [only, ...others] = named;
  if (only && others.length === 0) return only;
  if (only) throw new InputError([`instance: ${quoted(text)} is the name of several: ${candidates(named)}.`]);
  throw new InputError([
    `instance: there is none named ${quoted(text)}. ${hint(text, instances)}`,
    ...failures.map(({ provider }) => `${provider} could not be asked, so it may be there.`),
  ]);
}

const mostCandidates = 10;

function candidates(named: readonly FleetInstance[]): string {
  const shown = named
    .slice(0, mostCandidates)
    .map((instance) => `${sayableReference(instance)} (${[instance.role, instance.state].filter(Boolean).join(', ')})`);
  const more = named.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}; give the reference of one`;
}

function hint(text: string, instances: readonly FleetInstance[]): string {
  const names = [...new Set(instances.map(({ name }) => name))];
  const near = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const nearest = nearestTo(text, names);
  const meant = [...new Set([...(nearest ? [nearest] : []), ...near])].slice(0, 5);
  return meant.length > 0 ? `Did you mean ${meant.map(quoted).join(', ')}?` : 'fleet_overview lists what exists.';
}

/** A name stands in a sentence of this server, so it is short and in quotation marks. */
const quoted = (name: string): string => `"${sanitizeText(name, 64)}"`;

/** A reference that may stand outside the fenced data. References with room for sentences are replaced. */
export const sayableReference = ({ reference }: FleetInstance): string =>
  /^[\w.~@/:+=-]{1,200}$/.test(reference) ? reference : `${accountOf(reference)}:…`;
