import type { Connection } from './connect.js';

interface Cluster {
  id: string;
  name: string;
  service_state: string;
}

/** Every cluster by its name. */
export async function clusters(call: Connection['call']): Promise<Record<string, Cluster>> {
  const { data } = await call('samsung_list_clusters', { size: 100 });
  return Object.fromEntries((data['contents'] as Cluster[]).map((cluster) => [cluster.name, cluster]));
}

/** The id of the seeded cluster of a name. */
export async function clusterNamed(call: Connection['call'], name: string): Promise<string> {
  const found = (await clusters(call))[name];
  if (!found) throw new Error(`The emulator has no cluster ${name}.`);
  return found.id;
}
