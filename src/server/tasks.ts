import {
  type AuthInfo,
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  isInputRequiredResult,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Task, Tasks } from '../call/builtin/tasks.js';
import { InputError } from '../call/errors.js';
import type { Principal } from '../define/index.js';
import type { Wording } from './wording.js';

export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** What `tasks/get` and `tasks/cancel` take. */
const params = z.looseObject({ taskId: z.string().max(10_000) });

export interface TaskServing {
  tasks: Tasks;
  principalOf: (authInfo: AuthInfo | undefined) => Principal;
  /** How the result of a task names operations. */
  wording: Pick<Wording, 'result'>;
}

type Result = CallToolResult | InputRequiredResult;

/** Offers the tasks extension. */
export function addTasks(server: Server, { tasks, principalOf, wording }: TaskServing): void {
  const callerIn = ({ http }: ServerContext) => principalOf(http?.authInfo);
  server.setRequestHandler('tasks/get', { params }, async ({ taskId }, context) => {
    requireDeclared(context);
    return answered(async () => {
      const task = await tasks.get(taskId, callerIn(context), context.mcpReq.signal);
      return fieldsOf({ ...task, ...(task.result && { result: wording.result(task.result, 'wait_for_job') }) });
    });
  });
  server.setRequestHandler('tasks/cancel', { params }, async ({ taskId }, context) => {
    requireDeclared(context);
    return answered(async () => {
      await tasks.cancel(taskId, callerIn(context).id);
      return {};
    });
  });
  // No task waits for input, so nothing is done here. A caller without access to the task still gets the error.
  server.setRequestHandler('tasks/update', { params }, async ({ taskId }, context) => {
    requireDeclared(context);
    return answered(async () => {
      await tasks.get(taskId, callerIn(context), context.mcpReq.signal);
      return {};
    });
  });
}

/** For a client that declared the extension with this very request, an answer that tells of a job becomes a task. */
export async function asTask(result: Result, context: ServerContext, serving: TaskServing): Promise<Result> {
  if (!isDeclared(context) || isInputRequiredResult(result)) return result;
  const task = await serving.tasks.start(result, serving.principalOf(context.http?.authInfo).id);
  // The SDK does not know this result, but it passes on results that are not of the usual kind.
  return task ? ({ resultType: 'task', ...fieldsOf(task) } as unknown as CallToolResult) : result;
}

const fieldsOf = (task: Task): Record<string, unknown> => ({ ...task });

function capabilitiesOf({ mcpReq }: ServerContext): ClientCapabilities | undefined {
  const envelope: { [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } | undefined = mcpReq.envelope;
  return envelope?.[CLIENT_CAPABILITIES_META_KEY];
}

const isDeclared = (context: ServerContext): boolean =>
  capabilitiesOf(context)?.extensions?.[tasksExtension] !== undefined;

/** The older protocol era has another kind of tasks, which are not offered. */
function requireDeclared(context: ServerContext): void {
  if (context.mcpReq.envelope === undefined)
    throw new ProtocolError(ProtocolErrorCode.MethodNotFound, 'Method not found');
  if (isDeclared(context)) return;
  throw new MissingRequiredClientCapabilityError(
    { requiredCapabilities: { extensions: { [tasksExtension]: {} } } },
    `The request has to declare the client capability ${tasksExtension}.`,
  );
}

async function answered(work: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message);
    throw new ProtocolError(ProtocolErrorCode.InternalError, 'The task could not be read; wait_for_job may say why.');
  }
}
