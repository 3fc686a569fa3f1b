import { requiredFields } from '../../define/index.js';
import { WireError, type WireFailure } from '../../providers/wire/http.js';
import type { Values } from '../../values/values.js';
import { type CallContext, resolveTool } from '../call-context.js';
import type { Connection } from '../exchange/exchange.js';
import type { CallReads } from './call-reads.js';
import type { ResolvedName } from './resolved-name.js';
import type { StateSources } from './state-reader.js';

/** What was learned during the call, and has to be in the answer even when the call fails. */
export interface Learned {
  secrets: readonly string[];
  notes: readonly string[];
  /** The arguments, once what they name is known. */
  input?: Values;
  names?: readonly ResolvedName[];
  namesakes?: () => Promise<readonly ResolvedName[]>;
  connection?: Connection;
  /** A look at the present state that got no answer. */
  silent?: WireError;
}

interface InCall {
  connection: Connection;
  reads: CallReads;
  context: CallContext;
}

/** The reads that a call is judged by, in the account that it goes to. */
export const stateSources = (learned: Learned, { connection, reads, context }: InCall): StateSources => ({
  read: async (name, input) => {
    try {
      return await reads.ask(connection.account.name, name, input);
    } catch (error) {
      if (error instanceof WireError && silent.has(error.failure)) learned.silent = error;
      // Why a look failed is shown and recorded, and a provider may say back what the call has for it.
      if (error instanceof Error) error.message = connection.redact(learned.secrets).text(error.message);
      throw error;
    }
  },
  async needs(name) {
    const found = await resolveTool(name, context.accounts);
    if (!found) throw new Error(`There is no tool ${name} to look with.`);
    return requiredFields(found.tool.input);
  },
});

/** No answer came at all. A change that is sent then would most likely end without one too, and leave a riddle. */
const silent: ReadonlySet<WireFailure> = new Set(['unreachable', 'timeout']);
