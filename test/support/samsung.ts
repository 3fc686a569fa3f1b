import { headOf, risksOf } from '../walk/effects/plans.js';
import { type Connection, connect } from './connect.js';
import { type Fleet, startFleet } from './fleet.js';

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

type Arguments = Record<string, unknown>;

/** What a call ends in on a fleet of its own, when the person who is asked declines. */
export interface Outcome {
  /** `asked` with the risks, `sent`, `unchanged` or `impossible`. */
  outcome: string;
  /** The first three lines of the question, which clients show even where they cut the rest. */
  head: string;
  /** The whole question, or the text of the answer when nobody was asked. */
  text: string;
}

export async function outcomeOf(
  tool: string,
  argumentsOf: (call: Connection['call']) => Promise<Arguments>,
  { cluster, before }: { cluster?: string; before?: (fleet: Fleet) => void } = {},
): Promise<Outcome> {
  const fleet = await startFleet({ providers: ['samsung'] });
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const named = cluster === undefined ? {} : { cluster_id: await clusterNamed(call, cluster) };
  const args = await argumentsOf(call);
  before?.(fleet);
  const { text, data } = await call(tool, { ...named, ...args });
  const message = asked[0]?.message;
  if (message === undefined) {
    const outcome = fleet.changes().length > 0 ? 'sent' : String(data['status']);
    return { outcome, head: '', text };
  }
  if (fleet.changes().length > 0) throw new Error('A call that was declined was sent.');
  return { outcome: `asked: ${risksOf(message)}`, head: headOf(message), text: message };
}
