import { InputError, RefusedError } from '../../call/errors.js';
import type { Principal } from '../../define/index.js';
import { type Values } from '../../values/values.js';
import { type Baselines, baselineName } from '../details/baselines.js';
import type { FleetReader } from '../reader.js';
import type { FleetReaders } from '../views/fleet-readers.js';

const prefix = 'pgfleet://baselines/';
const mimeType = 'application/json';
const freshMilliseconds = 10_000;

export const baselineTemplate = {
  uriTemplate: `${prefix}{name}`,
  name: 'baseline',
  title: 'One baseline',
  description: 'The state of instances as fleet_compare saved it under a name.',
  mimeType,
};

interface BaselineShelfOptions {
  baselines: Baselines;
  openTo: FleetReaders<FleetReader>['openTo'];
}

/** Saved states as resources. What a caller may not read of the fleet is left out of them too. */
export function baselineShelf({ baselines, openTo }: BaselineShelfOptions) {
  const open = (reader: Principal) => openTo({ reader, tool: 'fleet_compare' });

  async function names(reader: Principal): Promise<readonly string[]> {
    try {
      await open(reader);
      return await baselines.names();
    } catch (error) {
      if (error instanceof RefusedError) return [];
      throw error;
    }
  }

  return {
    names,
    list: async (reader: Principal) =>
      (await names(reader)).map((name) => ({
        uri: prefix + encodeURIComponent(name),
        name: `baseline ${name}`,
        title: `Baseline ${name}`,
        description: baselineTemplate.description,
        mimeType,
      })),
    async read(uri: string, reader: Principal) {
      const name = nameIn(uri);
      if (name === undefined) return undefined;
      const fleet = await open(reader);
      try {
        const { saved, instances } = await baselines.get(name);
        const content: Values = { saved, instances: await readable(instances, fleet) };
        return { content: JSON.stringify(content), mimeType, freshMilliseconds };
      } catch (error) {
        if (error instanceof InputError) return undefined;
        throw error;
      }
    },
  };
}

function nameIn(uri: string): string | undefined {
  if (!uri.startsWith(prefix)) return undefined;
  try {
    const name = decodeURIComponent(uri.slice(prefix.length));
    return baselineName.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Where something is denied, an instance that is no longer there could have been denied as well. */
async function readable(instances: Values, fleet: FleetReader): Promise<Values> {
  const { instances: present, denied = [] } = await fleet.inventory();
  if (denied.length === 0) return instances;
  const known = new Set(present.map(({ reference }) => reference));
  return Object.fromEntries(Object.entries(instances).filter(([reference]) => known.has(reference)));
}
