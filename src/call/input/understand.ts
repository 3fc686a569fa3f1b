import type { Account } from '../../providers/account.js';
import type { Values } from '../../values/values.js';
import type { CallContext, ResolvedTool } from '../call-context.js';
import type { Caller } from '../caller.js';
import { accountsOf, chooseAccount, splitAccount } from '../choose-account.js';
import type { CallReads } from '../effect/call-reads.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import type { StateReader } from '../effect/state-reader.js';
import { RefusedError } from '../errors.js';
import type { OpenedConsent } from '../guard/consent.js';
import { checkAround, checkInput } from './check-input.js';
import { givenNames, numbersIn } from './given-names.js';
import { intendedArguments } from './intended-arguments.js';
import { namesakesOf } from './namesakes.js';
import { accountReferred } from './own-references.js';
import { readerAs } from './read-as-caller.js';
import { type NamesResolved, resolveNames } from './resolve-names.js';

interface Call {
  resolved: ResolvedTool;
  args: unknown;
  /** The same as they came, before they were read as they are meant. */
  came: unknown;
  caller: Caller;
  reads: CallReads;
  /** What the names meant that this call was made with before it was confirmed. */
  named?: readonly ResolvedName[];
}

/** The arguments of a call while it is found out what they name. */
export interface Understood {
  /** Checked, but for names that stand in place of ids. */
  checked: Values;
  /** Whether the caller said which account, as an argument or in a reference. */
  isAccountNamed: boolean;
  /** The account that the call goes to. */
  account(): Promise<Account>;
  /** The arguments with ids in place of names, checked as a whole, and what could not be looked for. */
  resolve(account: Account): Promise<{ input: Values; named: readonly ResolvedName[]; unread: readonly string[] }>;
  /** What else bears the id of the instance as its name. */
  namesakes(account: Account, input: Values): Promise<readonly ResolvedName[]>;
}

/**
 * Checks the arguments of a call, and finds out which account and which ids they mean. Lists of names are read as the
 * caller's own, so a name that they may not read is as if nothing bore it.
 */
export async function understand(
  { resolved, args: given, came, caller, reads, named: agreed }: Call,
  context: CallContext,
): Promise<Understood> {
  const { tool, toolset } = resolved;
  const candidates = accountsOf(resolved, context);
  const split = splitAccount(given, candidates);
  const { args, names, references } = givenNames(toolset, split.args, context.accounts.all, numbersIn(came));
  const referred = await accountReferred(references, resolved, context, split.named);
  const named = candidates.length > 1 ? referred : undefined;
  const readers = new Map<string, StateReader>();
  const readIn = (account: string): StateReader => {
    const reader = readers.get(account) ?? readerAs(caller, account, reads, context);
    readers.set(account, reader);
    return reader;
  };
  const namesakes = ({ name }: Account, input: Values) => namesakesOf(resolved, input, readIn(name), context.accounts);
  if (names.length === 0) {
    // Without an account or a reference in them, they have been read as they are meant.
    const input = checkInput(tool, args === given ? args : intendedArguments(tool, args));
    return {
      checked: input,
      isAccountNamed: named !== undefined,
      account: () => chooseAccount(resolved, { input, named }, context),
      resolve: async () => ({ input, named: agreed ?? [], unread: [] }),
      namesakes,
    };
  }
  const checked = checkAround(tool, args, new Set(names.map(({ at }) => at)));
  const consent = await agreedTo(caller, context);
  const before = consent?.named ?? [];
  // What a person agreed to is in one account, so it is not looked for in the others either.
  const isAgreed = names.every(({ at, given: text }) => before.some((each) => each.at === at && each.given === text));
  const settled = named ?? (isAgreed ? consent?.account : undefined);
  const found = new Map<string, Promise<NamesResolved>>();
  const resolveIn = (account: string): Promise<NamesResolved> => {
    const known = found.get(account);
    if (known) return known;
    const looked = resolveNames({ tool, args: checked, names, before }, readIn(account), context.accounts);
    found.set(account, looked);
    return looked;
  };
  const texts = new Set(names.map(({ name }) => name));
  return {
    checked,
    isAccountNamed: named !== undefined,
    account: () => chooseAccount(resolved, { input: checked, named: settled, names: { texts, resolveIn } }, context),
    resolve: async ({ name }) => {
      const { args: whole, resolved: meant, unread } = await resolveIn(name);
      return { input: checkInput(tool, intendedArguments(tool, whole)), named: meant, unread };
    },
    namesakes,
  };
}

/** What the question was about that this request answers. Whether the answer counts is judged by the guard. */
async function agreedTo(caller: Caller, { consents }: CallContext): Promise<OpenedConsent | undefined> {
  if (caller.answer.state === undefined) return undefined;
  try {
    return await consents.open(caller.answer.state, caller, 'form');
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
