import { onTestFinished } from 'vitest';
import { exchange } from '../../src/call/exchange.js';
import { checkInput } from '../../src/call/input/check-input.js';
import type { Tool } from '../../src/define/index.js';
import { connectProvider } from '../../src/providers/index.js';
import type { SettingsOf } from '../../src/providers/settings.js';
import type { Send, TraceContext } from '../../src/providers/wire/http.js';
import { overNetwork } from '../../src/providers/wire/undici.js';
import { loadToolset } from '../../src/server/catalog.js';
import { readConfig } from '../../src/start/config.js';
import { type Values } from '../../src/values/values.js';
import { type Fleet, startFleet } from '../support/fleet.js';

export interface Way {
  fleet: Fleet;
  /** Calls a tool of NHN, without the guard. */
  ask: (tool: string, input?: Values, traceContext?: TraceContext) => Promise<Values>;
}

/** The way to the emulator on a port, through whatever watches it. */
export async function wayToNhn(watched: (send: Send) => Send): Promise<Way> {
  const ends: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const end of ends) await end();
  });
  const fleet = await startFleet({ providers: ['nhn'], end: (close) => ends.push(close) });
  const send = watched(overNetwork());
  const settings = readConfig({ env: fleet.environment, flags: {} }).providers.get('nhn') as SettingsOf<'nhn'>;
  const provider = await connectProvider('nhn', settings, { send, now: () => Date.now() });
  const connection = { provider, send, otherPaths: new Map<string, string>() };
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

/** The id of the seeded instance of a name. */
export async function idOf(name: string, { ask }: Way): Promise<string> {
  const { dbInstances } = await ask('nhn_list_db_instances');
  const all = dbInstances as { dbInstanceId: string; dbInstanceName: string }[];
  return all.find(({ dbInstanceName }) => dbInstanceName === name)?.dbInstanceId ?? '';
}
