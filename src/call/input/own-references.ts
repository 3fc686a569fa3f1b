import type { Tool } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type CallContext, type ResolvedTool } from '../call-context.js';
import { InputError } from '../errors.js';
import type { GivenReference } from './given-names.js';

/**
 * The account that the references in a call begin with. Throws an `InputError` for a reference of another provider than
 * that of the tool, or of another account than the call names.
 */
export async function accountReferred(
  references: readonly GivenReference[],
  { tool, toolset }: Pick<ResolvedTool, 'tool' | 'toolset'>,
  { accounts }: Pick<CallContext, 'accounts'>,
  named: unknown,
): Promise<unknown> {
  const strange = references.find(({ provider }) => provider !== toolset.provider);
  if (strange) throw new InputError([await elsewhere(strange, tool, accounts)]);
  return references.reduce<unknown>((before, { at, given, account }) => {
    if (account === undefined || before === undefined || before === '' || before === account) return account ?? before;
    const said = typeof before === 'string' ? sanitizeText(before, 64) : JSON.stringify(before);
    throw new InputError([`${at}: ${sanitizeText(given)} is of the account ${account}, and the call is for ${said}.`]);
  }, named);
}

async function elsewhere(
  { at, given, provider }: GivenReference,
  tool: Tool,
  accounts: CallContext['accounts'],
): Promise<string> {
  const reference = sanitizeText(given);
  const toolset = await accounts.toolset(provider);
  if (!toolset) return `${at}: ${reference} is of ${provider}, of which there is no account here.`;
  const { argument, read } = toolset.touches.instance;
  const verb = tool.name.split('_')[1] ?? '';
  const all = Object.values(toolset.groups).flat();
  const same = all.find((each) => each.name.split('_')[1] === verb && argument in each.input.shape);
  const there = `${same?.name ?? read}, with ${argument}`;
  return `${at}: ${reference} is of ${provider}, and ${tool.name} is not. There it is ${there}.`;
}
