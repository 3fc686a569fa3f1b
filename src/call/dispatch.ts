import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { ProviderError } from '../providers/provider.js';
import { WireError } from '../wire/http.js';
import { refusal } from './answer/to-failure.js';
import { callTool } from './call-tool.js';
import type { Caller } from './caller.js';
import { type Doors, findTool } from './doors.js';
import { InputError, RefusedError } from './errors.js';
import { permit } from './guard/permit.js';
import { checkInput } from './input/check-input.js';
import type { OwnTool } from './own/own-tool.js';
import { plain } from './plain.js';
import { redact } from './secrets/redact.js';

/** With the tools of the product itself. */
export interface Entrance extends Doors {
  ownTools: readonly OwnTool[];
}

/** Leads a call to its tool; undefined when there is no tool of that name. */
export async function dispatch(
  name: string,
  args: unknown,
  caller: Caller,
  doors: Entrance,
): Promise<CallToolResult | InputRequiredResult | undefined> {
  const own = doors.ownTools.find((tool) => tool.name === name);
  if (own) return runOwn(own, args, caller, doors);
  const found = await findTool(name, doors);
  return found && callTool({ found, args, caller }, doors);
}

async function runOwn(own: OwnTool, args: unknown, caller: Caller, doors: Doors) {
  try {
    const input = checkInput(own, args);
    // What a tool of ours carries out beyond reading goes through the corridor, and is permitted there.
    const subject = { tool: own.name, risk: 'read' as const, provider: 'pgfleet' };
    await permit(subject, { caller, instances: async () => (await own.about?.(input)) ?? [] }, doors);
    return await own.run(input, caller, doors);
  } catch (error) {
    const connections = await Promise.all(doors.providers.map((name) => doors.connection(name)));
    const clean = redact(connections.flatMap(({ provider }) => provider.secrets()));
    const text = clean.text(`${own.name} failed. ${reasonOf(error, doors)}`);
    return { ...refusal(error), isError: true, content: [{ type: 'text' as const, text }] };
  }
}

function reasonOf(error: unknown, doors: Doors): string {
  if (error instanceof InputError) return `Nothing was sent. ${error.message}`;
  if (error instanceof RefusedError || error instanceof WireError) return error.message;
  if (error instanceof ProviderError) return `The provider answered ${error.code}: "${plain(error.message, 500)}"`;
  doors.log(String(error instanceof Error ? error.stack : error));
  return 'This is a fault of pgfleet itself; its log on stderr has the details.';
}
