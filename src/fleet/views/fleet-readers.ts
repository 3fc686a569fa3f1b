import { type ReadRights, readRights } from '../../call/guard/read-rights.js';
import type { Principal } from '../../define/index.js';
import type { FleetAccount } from '../account.js';
import type { FleetReader } from '../reader.js';
import { accountOf } from '../reference.js';

/** What is asked about a caller who reads. */
export interface Reading {
  reader: Principal;
  /** The tool that shows it, or that shows the same as a resource does. */
  tool: string;
  /** The instance that it is about, where it is about a single one. */
  reference?: string;
}

/** The fleet for each caller, without what the policy denies to them. */
export interface FleetReaders<Fleet> {
  /** What a tool shows to a caller. Whether the caller may use the tool at all is decided on before. */
  shownTo: (reading: Reading) => Fleet;
  /** The same for what is not a call of the tool. Throws a `RefusedError` where the call would be denied. */
  openTo: (reading: Reading) => Promise<Fleet>;
}

const none = { names: [], isUnknown: false };

interface Whole<Fleet> extends FleetReader {
  accounts: readonly FleetAccount[];
  readableBy(rights: ReadRights | undefined): Fleet;
}

export function fleetReaders<Fleet>(
  fleet: Whole<Fleet>,
  context: Parameters<typeof readRights>[2],
): FleetReaders<Fleet> {
  const rightsOf = ({ reader, tool }: Reading) => readRights(reader, tool, context);

  /** What is not there is about no instance. While an account cannot be read, it is not known what is there. */
  async function instancesAt(reference: string) {
    const { instances, failures } = await fleet.inventory();
    const names = instances.filter((instance) => instance.reference === reference).map(({ name }) => name);
    const isUnknown = names.length === 0 && failures.some(({ provider }) => provider === accountOf(reference));
    return { names, isUnknown };
  }

  async function requireReading(reading: Reading, rights: ReadRights): Promise<void> {
    const { reference } = reading;
    const instances = async () => (reference === undefined ? none : instancesAt(reference));
    const account = fleet.accounts.find(({ name }) => reference !== undefined && name === accountOf(reference));
    const refusal =
      (await rights({ provider: 'pgfleet', instances })) ??
      (account && (await rights({ provider: account.provider, account: account.name, instances })));
    if (refusal) throw refusal;
  }

  return {
    shownTo: (reading) => fleet.readableBy(rightsOf(reading)),
    async openTo(reading) {
      const rights = rightsOf(reading);
      if (rights) await requireReading(reading, rights);
      return fleet.readableBy(rights);
    },
  };
}
