import { accountOf, idOf } from '../reference.js';

/** The addresses of what the fleet serves as resources. */
export const instancesUri = 'pgfleet://fleet/instances';
export const attentionUri = 'pgfleet://fleet/attention';
export const eventsUri = 'pgfleet://fleet/events';

export const instanceUri = (reference: string): string => `pgfleet://${pathOf(reference, 'instances')}`;
export const instanceEventsUri = (reference: string): string => `${instanceUri(reference)}/events`;

/** What an address refers to. */
export type Place =
  | { kind: 'instances' }
  | { kind: 'attention' }
  | { kind: 'events' }
  | { kind: 'instance' | 'instance events' | 'job'; account: string; id: string }
  | { kind: 'operation'; tool: string };

/** Undefined for everything that is not an address of this server. */
export function placeOf(uri: string): Place | undefined {
  const parts = partsOf(uri);
  if (!parts) return undefined;
  const [first = '', second = '', third, fourth, ...rest] = parts;
  if (rest.length > 0 || parts.includes('')) return undefined;
  if (third === undefined) {
    if (first === 'operations') return { kind: 'operation', tool: second };
    const isOfFleet = second === 'instances' || second === 'attention' || second === 'events';
    return first === 'fleet' && isOfFleet ? { kind: second } : undefined;
  }
  const place = { account: first, id: third };
  if (second === 'instances' && fourth === undefined) return { kind: 'instance', ...place };
  if (second === 'instances' && fourth === 'events') return { kind: 'instance events', ...place };
  return second === 'jobs' && fourth === undefined ? { kind: 'job', ...place } : undefined;
}

/** An id may contain characters with a meaning in an address, such as the slashes of a job. */
const pathOf = (reference: string, kind: string): string =>
  `${accountOf(reference)}/${kind}/${encodeURIComponent(idOf(reference))}`;

function partsOf(uri: string): string[] | undefined {
  const path = /^pgfleet:\/\/([^?#]+)$/.exec(uri)?.[1];
  try {
    return path?.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
