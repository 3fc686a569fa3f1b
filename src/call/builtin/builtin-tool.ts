import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { type Values } from '../../values/values.js';
import type { CallContext } from '../call-context.js';
import type { Caller } from '../caller.js';

/** A tool of the product itself: what it is for stands beside what it does, and in which context it can be called. */
export interface BuiltinTool<Context extends CallContext = CallContext> {
  name: string;
  title: string;
  description: string;
  /** Changes nothing. */
  readOnly: boolean;
  /** May carry out what loses data. */
  destructive: boolean;
  idempotent: boolean;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Names of the instances that a call is about, for a policy that looks at them. */
  about?: (input: Values, context: Context) => Promise<readonly string[]>;
  run: (input: Values, caller: Caller, context: Context) => Promise<CallToolResult | InputRequiredResult>;
}
