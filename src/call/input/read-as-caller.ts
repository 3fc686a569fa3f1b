import { requiredFields } from '../../define/index.js';
import type { Values } from '../../values/values.js';
import { leaveOutDenied } from '../answer/leave-out-denied.js';
import { type CallContext, type ResolvedTool, resolveTool } from '../call-context.js';
import type { Caller } from '../caller.js';
import type { CallReads } from '../effect/call-reads.js';
import { policyInstances } from '../effect/effect-of.js';
import { type StateReader, type StateSources, stateReader } from '../effect/state-reader.js';
import { touchedBy } from '../effect/touched.js';
import { RefusedError } from '../errors.js';
import { authorize } from '../guard/authorize.js';
import { readRights } from '../guard/read-rights.js';

/**
 * The read tools of an account as a caller has them: what they may not read is refused, and what the policy denies to
 * them is left out, just as if they called the tool.
 */
export function readerAs(caller: Caller, account: string, reads: CallReads, context: CallContext): StateReader {
  const now = context.clock.now();
  const needs = async (name: string) => requiredFields((await readTool(name, context)).tool.input);
  const ask = (name: string, input: Values) => reads.ask(account, name, input);
  const read: StateSources['read'] = async (name, input) => {
    const { tool, toolset } = await readTool(name, context);
    const { account: settled } = await context.accounts.connection(account);
    if (caller.reach?.includes(name) === false) throw notOffered(name);
    if (!context.accounts.takes(settled, name)) throw notTaken(name, account);
    const { touches } = toolset;
    const look = stateReader({ read: ask, needs }, now);
    const instances = async () => policyInstances(await touchedBy({ tool, input, account }, touches, look));
    const { provider } = settled;
    await authorize({ tool: name, risk: 'read', provider, account }, { caller, instances }, context);
    const answer = await ask(name, input);
    const lists = touches.lists[name];
    const mayRead = lists && readRights(caller, name, context);
    if (!mayRead) return answer;
    return (await leaveOutDenied(answer, { lists, mayRead }, { touches, input, account: settled, read: look })).answer;
  };
  return stateReader({ read, needs }, now);
}

async function readTool(name: string, { accounts }: CallContext): Promise<ResolvedTool> {
  const found = await resolveTool(name, accounts);
  if (!found) throw new Error(`There is no tool ${name}.`);
  return found;
}

const notOffered = (tool: string): RefusedError =>
  new RefusedError('denied', `The names would be told by ${tool}. Nothing was sent. Give the id.`);

const notTaken = (tool: string, account: string): RefusedError =>
  new RefusedError(
    'denied',
    `The profile of the account ${account} does not include ${tool}, which lists the names. Nothing was sent. ` +
      'Give the id.',
  );
