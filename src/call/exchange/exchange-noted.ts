import type { Tool } from '../../define/index.js';
import type { Values } from '../../values/values.js';
import type { CallContext } from '../call-context.js';
import type { Caller } from '../caller.js';
import { type Connection, exchange } from './exchange.js';

/**
 * An exchange after which what was read of the account before counts no more, if it is a change. One that failed may
 * have been done all the same. A change that was sent goes on without its client, because the provider does it in any
 * case, and its end has to be recorded.
 */
export async function exchangeNoted(
  tool: Tool,
  input: Values,
  { connection, caller }: { connection: Connection; caller: Caller },
  { changed }: Pick<CallContext, 'changed'>,
): Promise<Values> {
  if (tool.risk === 'read') return exchange(tool, input, connection, caller);
  try {
    return await exchange(tool, input, connection, { ...caller, signal: undefined });
  } finally {
    await changed(connection.account.name);
  }
}
