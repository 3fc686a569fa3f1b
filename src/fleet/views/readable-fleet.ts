import { InputError } from '../../call/errors.js';
import { about, type Readable, type ReadRights } from '../../call/guard/read-rights.js';
import { ProviderError } from '../../providers/provider.js';
import { isRecord } from '../../values/values.js';
import { accountNameOf, type FleetAccount } from '../account.js';
import type { Found } from '../find.js';
import type { FleetInstance } from '../instance.js';
import type { FleetReader } from '../reader.js';

/** What leads from a text, or from a job, to instances. */
interface Search extends FleetReader {
  accounts: readonly FleetAccount[];
  find(text: string): Promise<Found>;
  related(instance: FleetInstance): Promise<FleetInstance[]>;
}

/** The whole fleet, and the same over views that leave out what somebody may not read. */
export interface Fleets<Fleet extends Search> {
  whole: Fleet;
  readable: Fleet;
}

/** The fleet as somebody sees it who may not read all of it. */
export function readableFleet<Fleet extends Search>({ whole, readable }: Fleets<Fleet>, rights: ReadRights) {
  const refusalOf = (instance: FleetInstance) => rights(asReadable(instance));

  async function requireJob(account: string, id: string): Promise<void> {
    const provider = whole.accounts.find(({ name }) => name === account)?.provider ?? account;
    const refusal = await rights({ provider, account, instances: () => instancesOfJob(account, id, whole) });
    if (refusal) throw refusal;
  }

  async function deniedAmong(instances: readonly FleetInstance[]): Promise<readonly string[]> {
    const refusals = await Promise.all(instances.map(refusalOf));
    return instances.filter((_, index) => refusals[index]).map(({ reference }) => reference);
  }

  return {
    ...readable,
    requireJob,
    async deniedAround(instances: readonly FleetInstance[]) {
      return deniedAmong((await Promise.all(instances.map((instance) => whole.related(instance)))).flat());
    },
    /** Names that only other instances have are not suggested. That all that a text means is denied is an error. */
    async find(text: string): Promise<Found> {
      const meant = await whole.find(text).catch(unlessInput);
      if (!meant) return readable.find(text);
      const refusals = await Promise.all(meant.instances.map(refusalOf));
      const instances = meant.instances.filter((_, index) => !refusals[index]);
      const [refusal] = refusals.filter((each) => each !== undefined);
      if (refusal && instances.length === 0) throw refusal;
      const others = await Promise.all(meant.alike.map(refusalOf));
      const alike = meant.alike.filter((_, index) => !others[index]);
      return { instances, alike, denied: await deniedAmong(meant.instances) };
    },
    async job(account: string, id: string) {
      await requireJob(account, id);
      return whole.job(account, id);
    },
  };
}

const asReadable = (instance: FleetInstance): Readable => ({
  provider: instance.provider,
  account: accountNameOf(instance),
  instances: about(instance.name),
});

function unlessInput(error: unknown): undefined {
  if (!(error instanceof InputError)) throw error;
}

/** The instances that the id or the answer of a job names. A job that names none could be about any of its account. */
async function instancesOfJob(account: string, id: string, fleet: FleetReader) {
  const [{ instances }, facts] = await Promise.all([
    fleet.inventory('seconds'),
    fleet.job(account, id).catch(unlessMissing),
  ]);
  // There is nothing to read yet, or any more.
  if (!facts) return { names: [], isUnknown: false };
  const told = new Set([...id.split(/[^\w-]+/), ...leavesOf(facts)]);
  const named = instances.filter((each) => accountNameOf(each) === account && told.has(each.id));
  return { names: named.map(({ name }) => name), isUnknown: named.length === 0 };
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof ProviderError && error.kind === 'not_found')) throw error;
}

function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isRecord(value) ? Object.values(value).flatMap(leavesOf) : [String(value)];
}
