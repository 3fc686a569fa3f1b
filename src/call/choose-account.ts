import { namingArguments, type Tool } from '../define/index.js';
import { type Account, accountNamed } from '../providers/account.js';
import { isProviderName } from '../providers/settings.js';
import { textsAt } from '../values/json-path.js';
import { sanitizeText } from '../values/sanitize-text.js';
import { isRecord, type Values } from '../values/values.js';
import { type CallContext, type ResolvedTool, resolveTool } from './call-context.js';
import { InputError, RefusedError, UnknownNameError, UnreadNamesError } from './errors.js';
import { givenNames } from './input/given-names.js';
import { intendedArguments } from './input/intended-arguments.js';

/** The argument that names the account of a call when a provider has more than one. */
export const accountArgument = 'account';

/** The accounts of the provider of a tool. */
export const accountsOf = ({ toolset }: ResolvedTool, { accounts }: CallContext): readonly Account[] =>
  accounts.all.filter(({ provider }) => provider === toolset.provider);

/** Separates the name of the account from the other arguments. With one account there is no such argument. */
export function splitAccount(args: unknown, candidates: readonly Account[]): { args: unknown; named?: unknown } {
  if (candidates.length < 2 || !isRecord(args)) return { args };
  const { [accountArgument]: named, ...rest } = args;
  return { args: rest, named: named ?? undefined };
}

/**
 * Chooses the account that a call goes to: the only one, the one that is named, or the one that holds what the call
 * names. Throws an `InputError` that lists the accounts when the account is not certain.
 */
export async function chooseAccount(
  resolved: ResolvedTool,
  { input, named, names }: Choice,
  context: CallContext,
): Promise<Account> {
  const candidates = accountsOf(resolved, context);
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const { tool, toolset } = resolved;
  if (!isLeftOut(named, tool)) return accountMeant(named, candidates);
  const leading = new Set([...namingArguments(tool), ...(tool.selects ?? []), toolset.touches.instance.argument]);
  const given = [...leading].flatMap((argument) => textsAt(input, argument));
  const isTold = given.length > 0 || names !== undefined;
  if (!isTold || !isProviderName(toolset.provider)) throw undecided('the call does not tell', candidates);
  const ids = given.filter((text) => !names?.texts.has(text));
  const { holders, unread } =
    names && ids.length === 0
      ? await holdersOf(names, candidates)
      : await context.locate(toolset.provider, ids, tool.risk !== 'read');
  const what = sanitizeText([...new Set([...given, ...(names?.texts ?? [])])].join(', '), 100);
  if (holders.length > 1) throw undecided(`${what} exists in ${holders.join(' and in ')}`, candidates);
  if (unread.length > 0) throw undecided(`${unread.join(' and ')} could not be read`, candidates);
  const holder = candidates.find(({ name }) => name === holders[0]);
  if (!holder) throw undecided(`${what} stands in the inventory of none`, candidates);
  return holder;
}

interface Choice {
  input: Values;
  named?: unknown;
  names?: NamesInCall;
}

/** The names in the arguments of a call, and what they mean in an account. */
export interface NamesInCall {
  texts: ReadonlySet<string>;
  resolveIn: (account: string) => Promise<{ resolved: readonly unknown[]; unread: readonly string[] }>;
}

/** An account holds what a call names where the names lead to something, or to several things. */
async function holdersOf({ resolveIn }: NamesInCall, candidates: readonly Account[]) {
  const found = await Promise.all(
    candidates.map(async ({ name }) => {
      try {
        const { resolved, unread } = await resolveIn(name);
        if (unread.length > 0) return { unread: [name] };
        return resolved.length > 0 ? { holders: [name] } : {};
      } catch (error) {
        if (error instanceof UnknownNameError || error instanceof RefusedError) return { error };
        if (error instanceof UnreadNamesError) return { unread: [name] };
        if (error instanceof InputError) return { holders: [name] };
        throw error;
      }
    }),
  );
  const holders = found.flatMap((each) => each.holders ?? []);
  const unread = found.flatMap((each) => each.unread ?? []);
  const [first] = found.flatMap((each) => each.error ?? []);
  if (first && holders.length + unread.length === 0) throw first;
  return { holders, unread };
}

/**
 * The account that a call would go to, for limits that apply before the call begins. It is the name of the provider
 * while the account is not certain. Never rejects.
 */
export async function accountFor(tool: string, args: unknown, context: CallContext): Promise<string> {
  const resolved = await resolveTool(tool, context.accounts);
  if (!resolved) return 'pgfleet';
  const candidates = accountsOf(resolved, context);
  const [only] = candidates;
  if (only && candidates.length === 1) return only.name;
  const split = splitAccount(intendedArguments(resolved.tool, args), candidates);
  const { args: input, references } = givenNames(resolved.toolset, split.args, context.accounts.all);
  const referred = references.flatMap(({ account }) => account ?? [])[0];
  const choice = { input: isRecord(input) ? input : {}, named: split.named ?? referred };
  return chooseAccount(resolved, choice, context).then(
    ({ name }) => name,
    () => resolved.toolset.provider,
  );
}

/** A host that fills in every argument sends an empty text for one that its user left out. */
const isLeftOut = (named: unknown, { risk }: Tool): boolean => named === undefined || (named === '' && risk === 'read');

function accountMeant(named: unknown, candidates: readonly Account[]): Account {
  const account = typeof named === 'string' ? accountNamed(named, candidates) : undefined;
  if (account) return account;
  const text = sanitizeText(typeof named === 'string' ? named : JSON.stringify(named), 64);
  throw new InputError([`${accountArgument}: there is no account "${text}"; there are ${namesOf(candidates)}.`]);
}

const undecided = (why: string, candidates: readonly Account[]): InputError =>
  new InputError([`${accountArgument}: ${why}, so name the account: ${namesOf(candidates)}.`]);

const namesOf = (accounts: readonly Account[]): string =>
  accounts.map(({ name, label }) => (label === undefined ? name : `${name} (${label})`)).join(', ');
