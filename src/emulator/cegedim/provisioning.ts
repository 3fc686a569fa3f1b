import type { Instance } from './entities.js';
import { areaOf, type Network, networkOf, networks, nodeCountOf } from './seed/catalog.js';
import type { Cegedim, Store } from './store.js';

// These are the network's own address, the gateway and the broadcast address.
const reservedAddresses = 3;
const firstHost = { private: 20, public: 2 };

const sizeOfNetwork = ({ maskBits }: Network): number => 2 ** (32 - maskBits);

function addressesIn({ instances }: Store, networkId: number): string[] {
  const there = instances.all().filter((instance) => instance.networkId === networkId);
  return there.flatMap(({ nodes }) => nodes.map(({ ipAddress }) => ipAddress));
}

export function freeAddresses(store: Store, network: Network): number {
  const taken = network.usedByOthers + addressesIn(store, network.id).length;
  return sizeOfNetwork(network) - reservedAddresses - taken;
}

export function usedPercent(store: Store, network: Network): number {
  const all = sizeOfNetwork(network) - reservedAddresses;
  return Math.round(((all - freeAddresses(store, network)) / all) * 100);
}

/** Says why the network has no addresses for the nodes that the instance still needs. Undefined when it has enough. */
export function addressesLacking(store: Store, instance: Instance, nodes: number): string | undefined {
  const network = networks.find(({ id }) => id === instance.networkId);
  if (network && freeAddresses(store, network) >= nodes) return undefined;
  return `Network ${instance.networkId} has too few free addresses for ${nodes} more`;
}

/** Creates the nodes that the instance's topology requires and that do not exist yet. */
export function addNodes({ store }: Cegedim, instance: Instance, namePrefix: string, zoneId?: string): void {
  const { zones } = areaOf(instance);
  const first = zones.find(({ id }) => id === zoneId) ?? zones[0];
  const other = zones.find(({ id }) => id !== first.id) ?? first;
  for (let number = instance.nodes.length + 1; number <= nodeCountOf[instance.topology]; number += 1)
    instance.nodes.push({
      id: store.newResourceId(),
      internalId: store.newInternalId(),
      name: `${namePrefix}${String(number).padStart(2, '0')}`,
      ipAddress: freeAddress(store, networkOf(instance)),
      zoneId: number === 1 ? first.id : other.id,
      // The two nodes of a pair are never patched at the same time.
      patchGroup: String(number + 1),
      failed: false,
      replicated: true,
    });
}

function freeAddress(store: Store, network: Network): string {
  const taken = new Set(addressesIn(store, network.id));
  for (let host = network.isPublic ? firstHost.public : firstHost.private; ; host += 1) {
    const address = `${network.prefix}.${host}`;
    if (!taken.has(address)) return address;
  }
}

export const namePrefixOf = ({ nodes, trigram }: Instance): string =>
  nodes[0]?.name.replace(/\d+$/, '') ?? `${trigram.toUpperCase()}PG`;
