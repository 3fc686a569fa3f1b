import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { type ConfirmMode, isGuarded, type Tool } from '../define/index.js';
import { ProviderError } from '../providers/provider.js';
import { WireError } from '../providers/wire/http.js';
import { redact } from '../values/redact.js';
import { isRecord, type Values } from '../values/values.js';
import { handleOf, isWorkId } from './answer/job-handle.js';
import { leaveOutDenied } from './answer/leave-out-denied.js';
import type { Selector } from './answer/selector.js';
import { isOutcomeUnknown, toFailure } from './answer/to-failure.js';
import { toResult, unchangedResult } from './answer/to-result.js';
import { type CallContext, type ResolvedTool } from './call-context.js';
import type { Caller } from './caller.js';
import { accountArgument, accountsOf } from './choose-account.js';
import { type CallReads, callReads } from './effect/call-reads.js';
import { type CallEffect, effectOf, policyInstances, riskOf, withoutEffect } from './effect/effect-of.js';
import { namedLine, type ResolvedName } from './effect/resolved-name.js';
import { type StateReader, stateReader } from './effect/state-reader.js';
import { type Learned, stateSources } from './effect/state-sources.js';
import { type Touched, touchedBy } from './effect/touched.js';
import { InsufficientScopeError, RefusedError } from './errors.js';
import type { Connection } from './exchange/exchange.js';
import { exchangeNoted } from './exchange/exchange-noted.js';
import { isDeclined } from './guard/ask.js';
import { authorize } from './guard/authorize.js';
import type { Confirmation } from './guard/confirmation.js';
import type { OpenedConsent } from './guard/consent.js';
import { guard, ordinaryDanger } from './guard/guard.js';
import { type Plan, type PlanLooks, planLooks, planOf } from './guard/plan.js';
import { readRights } from './guard/read-rights.js';
import { intendedArguments } from './input/intended-arguments.js';
import { isMissing } from './input/namesakes.js';
import { understand } from './input/understand.js';
import { type CallRecord, openRecord } from './record.js';
import { checkReferences, givenSecrets, masked, resolveSecrets } from './secrets/secrets.js';

export interface Call {
  resolved: ResolvedTool;
  args: unknown;
  caller: Caller;
  /** The tool that runs operations by their names, where the call came by it. */
  through?: string;
  selector?: Selector;
  /** The consent that came through `confirm_operation`. */
  token?: OpenedConsent;
  /** The approval that came through `confirm_operation`. */
  approvalId?: string;
  /** What the names meant that the call was made with before it was confirmed. */
  named?: readonly ResolvedName[];
  /** Decides in place of the guard, where the call is a part of one that a person is asked about as a whole. */
  guard?: typeof guard;
  /** Called with the file of each password that was made for the call. */
  kept?: (file: string) => void;
}

/**
 * Handles one tools/call in this order: check, choose the account, see the effect, authorize, ask, record, send, and
 * answer. Never throws.
 */
export async function callTool(made: Call, context: CallContext): Promise<CallToolResult | InputRequiredResult> {
  const call = { ...made, args: intendedArguments(made.resolved.tool, made.args) };
  const { resolved, caller, through, token, approvalId = caller.approvalId } = call;
  const { tool } = resolved;
  const record = openRecord(call, context);
  const learned: Learned = { secrets: givenSecrets(tool, call.args), notes: [] };
  const reads = callReads(caller, context.accounts);
  try {
    const understood = await understand({ ...call, came: made.args, reads }, context);
    record.checked(understood.checked);
    if (context.readOnly && tool.risk !== 'read') throw readOnly('This server is read-only (PGFLEET_READ_ONLY)');
    await checkReferences(tool, understood.checked, context.secrets);
    const account = await understood.account();
    record.settled(account.name);
    caller.settled?.(account.name);
    if (caller.answer.isLate) throw late();
    if (account.readOnly && tool.risk !== 'read') throw readOnly(`The account ${account.name} is read-only`);
    if (!context.accounts.takes(account, tool.name)) throw notTaken(tool.name, account.name);
    const connection = await context.accounts.connection(account.name);
    learned.connection = connection;
    const { input, named: names, unread } = await understood.resolve(account);
    learned.input = input;
    learned.names = names;
    learned.notes = unread;
    const namesakes = () => understood.namesakes(account, input);
    learned.namesakes = namesakes;
    record.checked(input, names);
    const mode = account.confirm ?? context.mode;
    const seen = await seeEffect(call, input, { connection, mode, learned, reads }, context);
    const { effect } = seen;
    record.judged(effect);
    const { dangers, impossible, isRename, givesNames } = effect;
    const decision = await authorize(
      { tool: tool.name, through, risk: riskOf(tool, []), dangers, provider: account.provider, account: account.name },
      { caller, instances: async () => policyInstances(await seen.touched(), givesNames), isRename },
      context,
    );
    if (impossible !== undefined) throw new RefusedError('impossible', `${impossible} Nothing was sent.`);
    if (effect.isUnchanged) return await answerUnchanged(tool, { connection, record, effect, names });
    // The consent is for the call as it was made. It includes the account if the caller named one.
    const given = understood.isAccountNamed ? { ...input, [accountArgument]: account.name } : input;
    const planned = () => ({
      ...resolved,
      ...seen,
      account: account.name,
      product: connection.title,
      input,
      named: names,
      namesakes,
    });
    const confirmation = await (call.guard ?? guard)(
      { tool, account: account.name, dangers, ordinary: effect.ordinary, input: given, caller, token, approvalId },
      { ...context, mode, decision, plan: (asked) => planOf(asked, planned()) },
    );
    if ('reply' in confirmation) return confirmation.reply;
    if (learned.silent) throw new WireError(learned.silent.failure, false, learned.silent.message);
    // What is billed runs at once where it has no danger, so its answer shows what was done.
    const isTold = effect.isBilled && confirmation.approval === 'not needed';
    const plan = isTold ? await shownPlan(planOf([ordinaryDanger(tool, effect.ordinary)], planned())) : undefined;
    const shown = confirmation.plan?.named ?? names;
    return await perform(
      call,
      input,
      { ...seen, confirmation, plan, connection, record, learned, reads, names: shown },
      context,
    );
  } catch (error) {
    return await fail(call, error, record, learned, context);
  }
}

/** What was seen of the present state, and what it makes of the call. */
interface SeenEffect {
  effect: CallEffect;
  /** The instances that the call concerns. For a read they are only looked for when a rule of the policy asks. */
  touched: () => Promise<Touched>;
  /** The arguments with secrets masked. */
  shown: Values;
  read: StateReader;
  /** The argument with the name of what does not exist yet. */
  creates?: string;
  looks?: Promise<PlanLooks>;
}

/** Looks at the present state. A read has no effect on it. */
async function seeEffect(
  call: Call,
  input: Values,
  {
    connection,
    mode,
    learned,
    reads,
  }: { connection: Connection; mode: ConfirmMode; learned: Learned; reads: CallReads },
  context: CallContext,
): Promise<SeenEffect> {
  const { resolved, caller } = call;
  const { tool, toolset } = resolved;
  const account = connection.account.name;
  const now = context.clock.now();
  const shown = masked(tool, input);
  const read = stateReader(stateSources(learned, { connection, reads, context }), now);
  if (tool.risk === 'read') {
    const touched = () => touchedBy({ tool, input, account }, toolset.touches, read);
    return { effect: withoutEffect, touched, shown, read };
  }
  const { creates } = resolved.effect ?? {};
  // Most calls of this kind are asked about, so what a person is shown is looked at together with the effect.
  const isLooked = isGuarded(tool.risk) && mode !== 'off' && !isDeclined(caller);
  const looks = isLooked ? planLooks({ ...resolved, input, creates, read }) : undefined;
  looks?.catch(() => undefined);
  const effect = await effectOf({ resolved, input, shown, account, now }, read);
  return { effect, touched: async () => effect.touched, shown, read, creates, looks };
}

/** Nobody decides on it, so a target that cannot be read keeps no call from being made. */
const shownPlan = (plan: Promise<Plan>): Promise<Plan | undefined> =>
  plan.catch((error: unknown) => {
    if (error instanceof RefusedError) return undefined;
    throw error;
  });

interface Confirmed {
  confirmation: Confirmation;
  plan?: Plan;
  connection: Connection;
  record: CallRecord;
  learned: Learned;
  reads: CallReads;
  effect: CallEffect;
  read: StateReader;
  names: readonly ResolvedName[];
}

/** Burns the consent, resolves the secrets, records the attempt, sends, records the outcome, and answers. */
async function perform(call: Call, input: Values, confirmed: Confirmed, context: CallContext) {
  const { confirmation, plan, connection, record, learned, reads, effect, read, names } = confirmed;
  const { provider, account, title } = connection;
  const { caller, selector } = call;
  const { tool } = call.resolved;
  if (confirmation.consent) await context.consents.burn(confirmation.consent);
  const resolvedSecrets = await resolveSecrets(tool, input, context);
  learned.secrets = resolvedSecrets.secrets;
  learned.notes = [...learned.notes, ...resolvedSecrets.notes];
  for (const file of resolvedSecrets.files) call.kept?.(file);
  if (caller.signal?.aborted) throw new RefusedError('declined', 'The call was cancelled before anything was sent.');
  await record.attempt(confirmation);
  // The policy may have looked at the very thing that is read.
  const looked = tool.risk === 'read' ? await reads.answerTo(account.name, tool.name, input) : undefined;
  const given = looked ?? (await exchangeNoted(tool, resolvedSecrets.input, { connection, caller }, context));
  const { touches } = call.resolved.toolset;
  const lists = touches.lists[tool.name];
  const mayRead = lists && readRights(caller, tool.name, context);
  const { answer, notes: left } = mayRead
    ? await leaveOutDenied(given, { lists, mayRead }, { touches, input, account, read })
    : { answer: given, notes: [] };
  const id = tool.async ? provider.jobs.idOf({ tool: tool.name, input, answer }) : undefined;
  const clean = connection.redact(learned.secrets);
  const job =
    id !== undefined && isWorkId(id) ? clean.text(handleOf(account.name, id, context.clock.now())) : undefined;
  const unrecorded = await record.outcome('succeeded', { job });
  if (tool.risk !== 'read') learned.notes = [...learned.notes, carriedOut];
  const notes = [...resolvedSecrets.notes, ...unrecorded, ...left];
  const words = { language: context.language, timeText: context.clock.timeText };
  const maySelect = caller.reach?.includes('run_read_operation') ?? true;
  const facts = { tool, answer, product: title, job, notes, effect, plan, names, selector, maySelect };
  return toResult({ ...facts, ...words, redact: clean });
}

/** The answer to a change that is one already. Nothing is sent, so nobody has to be asked. */
async function answerUnchanged(
  tool: Tool,
  { connection, record, effect, names }: Pick<Confirmed, 'connection' | 'record' | 'effect' | 'names'>,
) {
  const notes = await record.unchanged();
  return unchangedResult({ tool, product: connection.title, effect, names, notes });
}

/** Is only shown when the answer itself could not be turned into a result. */
const carriedOut = 'The provider has carried the call out; only its answer could not be shown.';

async function fail(call: Call, error: unknown, record: CallRecord, learned: Learned, context: CallContext) {
  const { tool, targets, lister } = call.resolved;
  const connections = learned.connection ? [learned.connection] : await possible(call.resolved, context);
  const clean = redact([...learned.secrets, ...connections.flatMap(({ provider }) => provider.secrets())]);
  const code = error instanceof ProviderError ? clean.text(error.code) : undefined;
  if (error instanceof InsufficientScopeError) call.caller.lacking?.(error.scopes);
  const namesakes = isMissing(error) ? ((await learned.namesakes?.()) ?? []) : [];
  const unrecorded = await record.failure(error, isOutcomeUnknown(tool, error), code);
  const known =
    error instanceof Error && ['InputError', 'RefusedError', 'ProviderError', 'WireError'].includes(error.name);
  if (!known) context.log(clean.text(`${tool.name}: ${error instanceof Error ? error.stack : String(error)}`));
  return toFailure({
    tool,
    error,
    args: learned.input ?? (isRecord(call.args) ? call.args : {}),
    product: connections[0]?.title ?? '',
    account: accountsOf(call.resolved, context).length > 1 ? learned.connection?.account.name : undefined,
    targets,
    lister,
    redact: clean,
    notes: [...namedLine([...(learned.names ?? []), ...namesakes]), ...learned.notes, ...unrecorded],
  });
}

/** The connections that the call could have used. */
const possible = (resolved: ResolvedTool, context: CallContext): Promise<Connection[]> =>
  Promise.all(accountsOf(resolved, context).map(({ name }) => context.accounts.connection(name)));

/** Nobody is told this: the call was answered when no answer had come. It is for the audit record. */
const late = () => new RefusedError('late answer', 'The form was accepted when its call had ended. Nothing was sent.');

const readOnly = (why: string) => new RefusedError('denied', `${why}. Nothing was sent.`);

const notTaken = (tool: string, account: string) =>
  new RefusedError('denied', `The profile of the account ${account} does not include ${tool}. Nothing was sent.`);
