import * as z from 'zod';
import { forModelAlone, shownOnBoard } from '../../define/presentation.js';
import { isRecord, type Values } from '../../values/values.js';
import { type Selector, selectorOf } from '../answer/selector.js';
import { InputError } from '../errors.js';
import { checkInput } from '../input/check-input.js';
import { intendedArguments, parsedExactly } from '../input/intended-arguments.js';
import type { BuiltinTool } from './builtin-tool.js';
import type { Operations } from './operations.js';

const operation = z.string().min(1).max(40).describe('as find_operation names it');
const noObject = 'it has to be one JSON object, such as {"dbInstanceId":"…"}';
const args = z
  .union([z.string(), z.record(z.string(), z.unknown())], noObject)
  .meta({ type: 'string' })
  .describe('the arguments of the operation, as JSON')
  .optional();

/**
 * A call is opened before it comes to its tool, and goes on as a call of the operation inside. What does come here
 * cannot be opened, so all that is left is to say why.
 */
const refuse: (name: string) => BuiltinTool['run'] = (name) => async (input, caller, context) => {
  openRun(name, input, { reach: caller.reach, operations: context.operations });
  throw new Error(`${name} was not opened.`);
};

export const runReadOperation: BuiltinTool = {
  name: 'run_read_operation',
  title: 'Run read operation',
  description:
    'Runs any operation that only reads by its name, listed or not, and answers as that operation does. select takes ' +
    "a part of the answer by JMESPath, such as parameters[?parameterName=='work_mem'].",
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({ operation, arguments: args, select: z.string().describe('JMESPath').optional() }),
  run: refuse('run_read_operation'),
};

export const runOperation: BuiltinTool = {
  name: 'run_operation',
  title: 'Run operation',
  description:
    'Runs any operation by its name, listed or not, as if that was called itself: with the same checks, questions ' +
    'and records.',
  readOnly: false,
  destructive: true,
  idempotent: false,
  ui: { ...shownOnBoard, ...forModelAlone },
  input: z.object({ operation, arguments: args }),
  run: refuse('run_operation'),
};

const runTools: readonly BuiltinTool[] = [runReadOperation, runOperation];

/** A call as it goes through the corridor. */
export interface OpenedCall {
  name: string;
  args: unknown;
  /** The tool that the operation was run by. */
  through?: string;
  selector?: Selector;
}

/** What exists, and what of it the address of the request includes. */
export interface Openable {
  operations: Operations;
  reach?: { includes: (tool: string) => boolean };
}

/**
 * Takes the operation out of a call that runs one by its name, so that everything after it judges, counts and records
 * the operation alone. A call that cannot be opened stays as it is; its own tool says why.
 */
export function openCall(call: { name: string; args: unknown }, openable: Openable): OpenedCall {
  const tool = runTools.find(({ name }) => name === call.name);
  if (!tool) return call;
  try {
    const risk = tool.readOnly ? 'read' : 'write';
    return openRun(tool.name, checkInput(tool, intendedArguments({ ...tool, risk }, call.args)), openable);
  } catch (error) {
    if (error instanceof InputError) return call;
    throw error;
  }
}

/** Throws an `InputError` that says why no operation can be run by these arguments. */
function openRun(through: string, given: Values, { operations, reach }: Openable): OpenedCall {
  const { operation: name, arguments: args = {}, select } = given as unknown as Given;
  const facts = operations.get(name);
  if (!facts) throw new InputError([unknownOperation(name)]);
  if (reach?.includes(name) === false) throw new InputError([`operation: "${facts.title}" is not offered here.`]);
  if (through === runReadOperation.name && facts.risk !== 'read') {
    const runner = reach?.includes(runOperation.name) === false ? '' : `; ${runOperation.name} runs it`;
    throw new InputError([`operation: "${facts.title}" is no read${runner}.`]);
  }
  return { name, args: argumentsIn(args), through, ...(select && { selector: selectorOf(select) }) };
}

interface Given {
  operation: string;
  arguments?: unknown;
  select?: string;
}

function unknownOperation(name: string): string {
  const named = /^[a-z][a-z0-9_]*$/.test(name) ? ` ${name}` : ' of that name';
  return `operation: there is no operation${named} here; find_operation finds those that there are by what they do.`;
}

const inexact = 'it names something twice, or has a number in another form than JSON writes it, such as 5.0 for 5';

/** It is announced as text, since some hosts refuse an object without members. The object itself is as good. */
function argumentsIn(given: unknown): Values {
  const text = typeof given === 'string' ? given.trim() || '{}' : undefined;
  const parsed = text === undefined ? given : parsedExactly(text);
  if (isRecord(parsed)) return parsed;
  throw new InputError([`arguments: ${text !== undefined && isObject(text) ? inexact : noObject}.`]);
}

function isObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}
