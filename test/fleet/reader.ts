import { expect } from 'vitest';
import { titleOf } from '../../src/app/accounts.js';
import { builtinTools } from '../../src/call/builtin/index.js';
import { exchange, openConnection } from '../../src/call/exchange/exchange.js';
import { checkInput } from '../../src/call/input/check-input.js';
import { systemClock } from '../../src/cli/system.js';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js';
import { instanceOf, observationsOf } from '../../src/fleet/account.js';
import { type Adapter, neverTold, type Read, type Step } from '../../src/fleet/adapter.js';
import { adapters } from '../../src/fleet/adapters/index.js';
import { createFleet } from '../../src/fleet/fleet.js';
import type { FleetInstance, Observations, ProviderInstance, ProviderObservations } from '../../src/fleet/instance.js';
import { rules } from '../../src/fleet/rules/index.js';
import { connectProvider } from '../../src/providers/index.js';
import { ProviderError } from '../../src/providers/provider.js';
import type { ProviderName } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';
import { sanitizeText } from '../../src/values/sanitize-text.js';
import { timesIn } from '../../src/values/time-text.js';
import { type Values } from '../../src/values/values.js';

export interface Reader {
  read: Read;
  emulator: Emulator;
  /** The tools that were read, in order. */
  asked: string[];
}

/** Reads of one provider on an emulator in this process; arguments that a tool does not take fail. */
export async function readerOn(provider: ProviderName, options: EmulatorOptions = {}): Promise<Reader> {
  const emulator = createEmulator({ speed: 0, providers: [provider], ...options });
  const { send } = emulator;
  const emulated = emulator.accounts.get(provider);
  if (!emulated) throw new Error(`The emulator has no ${provider}.`);
  const account = { name: provider, provider, settings: emulated.settings };
  // Signatures are checked by the real clock, whatever the emulated one shows.
  const connected = await connectProvider(provider, emulated.settings, { send, now: () => Date.now() });
  const clock = systemClock;
  const connection = openConnection({ account, title: titleOf(account), provider: connected, send, clock });
  const asked: string[] = [];
  const read: Read = async (name, input = {}) => {
    asked.push(name);
    const tool = await toolNamed(provider, name);
    if (tool.risk !== 'read') throw new Error(`${name} is no read.`);
    return exchange(tool, checkInput(tool, input), connection);
  };
  return { read, emulator, asked };
}

/** Throws when a step names no tool that exists, or arguments that it does not take. */
export async function checkStep(provider: string, { tool: name, arguments: args }: Step): Promise<void> {
  checkInput(builtinTools.find((tool) => tool.name === name) ?? (await toolNamed(provider, name)), args);
}

const utc = timesIn('UTC');

/** What an adapter tells, as the fleet makes it of an account that bears its provider's name. */
export const inFleet = (provider: ProviderName, record: ProviderInstance): FleetInstance =>
  instanceOf({ name: provider, provider }, record, utc);

/** What an adapter has seen, as rules and steps take it. */
export const observedIn = (
  provider: ProviderName,
  seen: ProviderObservations,
  around: Pick<Observations, 'related' | 'now'>,
): Observations => observationsOf({ name: provider, provider }, seen, { ...around, timeText: utc });

interface Given {
  provider: ProviderName;
  read: Read;
}

/** A fleet over accounts by their names, with a note of every read: `nhn-prod nhn_list_db_instances`. */
export function fleetOver(given: Readonly<Record<string, Given>>) {
  const asked: string[] = [];
  const fleet = createFleet({
    accounts: Object.entries(given).map(([name, { provider }]) => ({ name, provider })),
    adapterFor: (provider) => adapters[provider],
    readerOf: (account) => async (tool, input) => {
      asked.push(`${account} ${tool}`);
      const read = given[account]?.read;
      if (!read) throw new Error(`There is no account ${account}.`);
      return read(tool, input);
    },
    rules,
    lastChange: async () => '',
    job: async (account, id) => ({ job: `${account}:${id}` }),
    clock: systemClock,
    reasonOf: (error) => ({ message: sanitizeText(error instanceof Error ? error.message : String(error)) }),
  });
  return { fleet, asked };
}

/** What an account answers whose keys are wrong. */
export const refused: Read = async () => {
  throw new ProviderError('unauthenticated', 'no such key', { status: 401, mayHaveActed: false });
};

/** The same reads, but for the named tools, which fail. */
export const failing =
  (read: Read, ...tools: readonly string[]): Read =>
  async (tool, input) => {
    if (tools.includes(tool)) throw new Error('It is broken.');
    return read(tool, input);
  };

/** What is listed, or nothing where the answer has no list, which is then told. */
export const listedBy = ({ list }: Pick<Adapter, 'list'>, read: Read): Promise<ProviderInstance[]> =>
  list(read).catch((error: unknown) => {
    expect(error).toMatchObject({ message: expect.stringMatching(/^The answer has no list /) });
    return [];
  });

/** What could not be read, without what the provider's API never tells. */
export const failuresIn = ({ unavailable }: Pick<ProviderObservations, 'unavailable'>) =>
  unavailable.filter(({ why }) => why !== neverTold);

/** Answers every read with the same, whatever it is: an adapter may not rely on what a provider promises. */
export const always =
  (answer: unknown): Read =>
  async () =>
    answer as Values;

async function toolNamed(provider: string, name: string) {
  const toolset = await loadToolset(provider);
  const tool = Object.values(toolset?.groups ?? {})
    .flat()
    .find((each) => each.name === name);
  if (!tool) throw new Error(`${provider} has no tool ${name}.`);
  return tool;
}
