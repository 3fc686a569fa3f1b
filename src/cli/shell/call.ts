import { ConfigError } from '../../define/config-error.js';
import { StoreError } from '../../store/store.js';
import { nearestTo } from '../../values/nearest.js';
import type { Values } from '../../values/values.js';
import { shellCaller } from './caller.js';
import type { ShellContext, ShellFlags } from './context.js';
import { clearSecrets, operationArguments, type TakingArguments, UsageError } from './operation-arguments.js';
import { exitCodeOf, exitCodes } from './output/exit-codes.js';
import { answerJson, answerText } from './output/show.js';
import { runCall } from './run-call.js';
import { openSession, type ShellSession } from './session.js';

export interface CallCommand {
  operation: string;
  words: readonly string[];
  flags: ShellFlags;
  isCheck?: boolean;
}

/** Makes one call and prints its answer. Nothing is seen without the store, which is no fault of the fleet. */
export async function callCommand(command: CallCommand, context: ShellContext): Promise<void> {
  try {
    await callOnce(command, context);
  } catch (error) {
    if (error instanceof UsageError) throw new ConfigError([error.message]);
    if (!(error instanceof StoreError)) throw error;
    context.write(`pgfleet: ${error.message}\n`);
    context.exitWith(exitCodes.failed);
  }
}

async function callOnce({ operation, words, flags, isCheck }: CallCommand, context: ShellContext): Promise<void> {
  const { json, approved, ...settings } = flags;
  const session = await openSession(settings, context);
  try {
    const found = session.operations.find(({ name }) => name === operation);
    if (!found) throw unknownOperation(operation, session.operations);
    const args = await argumentsOf(found, words, context);
    await makeCall({ operation, args, json, approved, isCheck }, session, context);
  } finally {
    await session.close();
  }
}

export interface TypedCall extends Pick<ShellFlags, 'json' | 'approved'> {
  operation: string;
  args: Values;
  isCheck?: boolean;
}

/** Makes a call in a session that is open, and prints its answer. */
export async function makeCall(
  { operation, args, json, approved, isCheck = false }: TypedCall,
  session: ShellSession,
  context: ShellContext,
): Promise<void> {
  if (approved !== undefined && !session.isShared) throw new ConfigError([approvedAlone]);
  const ended = new AbortController();
  context.onEnd(async () => ended.abort());
  const progress = progressOn(context);
  const { user, version, ask, write } = context;
  const result = await runCall(operation, args, {
    session,
    caller: shellCaller({ user, version, approvalId: approved, signal: ended.signal, progress: progress?.tell }),
    ask,
    show: (text) => {
      progress?.clear();
      write(`${text}\n`);
    },
  });
  progress?.clear();
  context.say(json ? answerJson(result) : answerText(result, context.screen));
  context.exitWith(exitCodeOf(result, { isCheck }));
}

const approvedAlone =
  '--approved needs the store of the server where the approval was given: set PGFLEET_STORE here and there.';

function unknownOperation(name: string, operations: readonly TakingArguments[]): ConfigError {
  const near = nearestTo(
    name,
    operations.map((each) => each.name),
  );
  const hint = near === undefined ? '"pgfleet tools" lists those that there are.' : `Did you mean ${near}?`;
  return new ConfigError([`There is no operation of that name here. ${hint}`]);
}

async function argumentsOf(operation: TakingArguments, words: readonly string[], { readInput }: ShellContext) {
  const isRead = words.at(-1) === '-';
  const said = operationArguments(operation, isRead ? words.slice(0, -1) : words);
  const clear = clearSecrets(operation, said);
  if (clear.length > 0) throw new UsageError(secretRefused(clear));
  const read: Values = isRead ? operationArguments(operation, [await readInput()]) : {};
  return { ...read, ...said };
}

const secretRefused = (paths: readonly string[]): string =>
  `${paths.join(', ')}: a secret on the command line can be seen by others, so it was not taken. Write ` +
  'secret://env/PGFLEET_SECRET_… (a variable), secret://file/NAME (a file in the folder of secrets) or ' +
  'secret://generate, or give the arguments as JSON by stdin with - as the last word.';

/** A line on the terminal that is written over, and gone before the answer. */
function progressOn({ isTerminal, write }: ShellContext) {
  if (!isTerminal) return undefined;
  return {
    tell: (message: string) => write(`\r\u001b[K${message}`),
    clear: () => write('\r\u001b[K'),
  };
}
