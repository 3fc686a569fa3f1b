import { exchange, openConnection } from '../../src/call/exchange/exchange.js';
import { checkInput } from '../../src/call/input/check-input.js';
import { systemClock, systemRandom } from '../../src/cli/system.js';
import type { Tool } from '../../src/define/index.js';
import { connectProvider } from '../../src/providers/index.js';
import type { Send, TraceContext } from '../../src/providers/wire/http.js';
import { openNetwork } from '../../src/providers/wire/network.js';
import { type RetryOptions, retrying } from '../../src/providers/wire/retrying.js';
import { loadToolset } from '../../src/server/catalog.js';
import { type Values } from '../../src/values/values.js';
import { turningClock } from '../support/clock.js';
import { type Fleet, startFleet } from '../support/fleet.js';

export interface Way {
  fleet: Fleet;
  /** Calls a tool of NHN, without the guard. */
  ask: (tool: string, input?: Values, traceContext?: TraceContext) => Promise<Values>;
}

/** The way to the emulator on a port, through whatever watches it. */
export async function wayToNhn(watched: (send: Send) => Send): Promise<Way> {
  const fleet = await startFleet({ providers: ['nhn'] });
  const account = fleet.served.get('nhn');
  if (!account) throw new Error('The emulator has no account nhn.');
  const send = watched(openNetwork().send);
  const provider = await connectProvider(account.provider, account.settings, { send, now: () => Date.now() });
  const named = { account: { name: 'nhn', ...account }, title: provider.product };
  const connection = openConnection({ ...named, provider, send, clock: systemClock });
  const groups = (await loadToolset('nhn'))?.groups ?? {};
  const tools = new Map(
    Object.values(groups).flatMap((group) => group.map((tool): [string, Tool] => [tool.name, tool])),
  );
  return {
    fleet,
    async ask(name, input = {}, traceContext) {
      const tool = tools.get(name);
      if (!tool) throw new Error(`There is no tool ${name}.`);
      return exchange(tool, checkInput(tool, input), connection, { traceContext });
    },
  };
}

/** As the product repeats requests, on a clock on which pauses are over at once. */
export const repeating = (send: Send, onRetry?: RetryOptions['onRetry']): Send =>
  retrying(send, { clock: turningClock(), random: systemRandom, onRetry });

/** The id of the seeded instance of a name. */
export async function idOf(name: string, { ask }: Way): Promise<string> {
  const { dbInstances } = await ask('nhn_list_db_instances');
  const all = dbInstances as { dbInstanceId: string; dbInstanceName: string }[];
  return all.find(({ dbInstanceName }) => dbInstanceName === name)?.dbInstanceId ?? '';
}
