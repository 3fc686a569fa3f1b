import type { FleetEvent, FleetInstance } from '../instance.js';

/** What is reported about an instance when it differs between two reads. */
const told: readonly { category: string; value: (instance: FleetInstance) => string | undefined }[] = [
  { category: 'state', value: ({ state, providerState }) => `${state} (${providerState})` },
  { category: 'role', value: ({ role }) => role },
  { category: 'version', value: ({ engineVersion }) => engineVersion },
  { category: 'storage', value: ({ storage }) => (storage?.gigabytes ? `${storage.gigabytes} GB` : undefined) },
  { category: 'high availability', value: ({ highAvailability: ha }) => ha?.state ?? (ha && String(ha.enabled)) },
  {
    category: 'access',
    value: ({ publicAccess }) => (publicAccess === undefined ? undefined : `public ${publicAccess}`),
  },
];

/** What changed between two reads of one account, for providers without events of their own. */
export function changesBetween(
  before: readonly FleetInstance[],
  after: readonly FleetInstance[],
  time: string,
): FleetEvent[] {
  const old = new Map(before.map((instance) => [instance.reference, instance]));
  const references = new Set(after.map(({ reference }) => reference));
  const change = (
    { provider, account, reference, name }: FleetInstance,
    category: string,
    text: string,
  ): FleetEvent => ({
    time,
    provider,
    account,
    kind: 'change',
    category,
    reference,
    name,
    text,
  });
  const seen = after.flatMap((instance) => {
    const was = old.get(instance.reference);
    if (!was) return [change(instance, 'new', 'seen for the first time')];
    return told.flatMap(({ category, value }) => {
      const [from, to] = [value(was), value(instance)];
      return from === to ? [] : [change(instance, category, `${from ?? 'not told'} → ${to ?? 'not told'}`)];
    });
  });
  const gone = before.filter(({ reference }) => !references.has(reference));
  return [...seen, ...gone.map((instance) => change(instance, 'gone', 'no longer listed'))];
}
