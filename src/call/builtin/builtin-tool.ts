import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { Risk, Scope } from '../../define/index.js';
import type { ToolUi } from '../../define/presentation.js';
import { type Values } from '../../values/values.js';
import type { CallContext, Confirmed } from '../call-context.js';
import type { Caller } from '../caller.js';

/** A built-in tool: what it is for, what it does, and in which context it can be called. */
export interface BuiltinTool<Context extends CallContext = CallContext> {
  name: string;
  title: string;
  description: string;
  /** Whether it changes nothing. */
  readOnly: boolean;
  /** Whether it may do something that loses data. */
  destructive: boolean;
  idempotent: boolean;
  /** Those that look inside databases are only there where the configuration has a connection. */
  group?: 'inspect';
  /** The scope that it needs besides that of its risk. */
  scope?: Scope;
  /** What its ordinary call is, where it does more than read by itself. */
  risk?: Risk;
  /** Whether it is left out of the list of daily tools. It can be found and run by its name. */
  isRare?: true;
  /** What hosts of MCP Apps want to know of it. */
  ui?: ToolUi;
  input: z.ZodObject;
  /** Left out when the answer is that of another tool. */
  output?: z.ZodObject;
  /** Arguments that choose one thing. An empty one must not widen the answer to all of them. */
  selects?: readonly string[];
  /** The names of the instances that a call is about, for a policy with a rule about instances. */
  about?: (input: Values, context: Context) => Promise<readonly string[]>;
  run: (
    input: Values,
    caller: Caller,
    context: Context,
    confirmed?: Confirmed,
  ) => Promise<CallToolResult | InputRequiredResult>;
}
