import type { z } from 'zod';
import type { InputRule, Lower, Raise } from './condition.js';
import type { PlanRead, Target } from './plan-read.js';
import type { Presentation } from './presentation.js';
import type { Danger, Risk } from './risk.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;
type ToolName = `${string}_${string}_${string}`;

/** `/a/{b}/{c}` -> `'b' | 'c'`. */
type PathVariable<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathVariable<Rest>
  : never;

/** Every `{name}` of the route is a required text of the input, or the declaration does not compile. */
type HasPathVariables<R extends Route> = Readonly<Record<PathVariable<R>, z.ZodType<string | number>>>;

interface Facts<R extends Route, Shape extends z.ZodRawShape> {
  name: ToolName;
  title: string;
  /** First sentence: what happens. Then only what decides between tools, units, what follows. */
  description: string;
  route: R;
  /** Where to ask instead, once and from then on, when the provider knows no such path. */
  otherPath?: `/${string}`;
  /** The provider's name of the right that is needed, where it is documented. */
  permission?: string;
  input: z.ZodObject<Shape & HasPathVariables<R>>;
  /** Rules across fields. */
  rules?: readonly InputRule[];
  /** Values that travel in the query although the method would put them into the body. */
  query?: readonly string[];
  /** Values of the request that are always the same, and no argument. */
  sends?: Readonly<Record<string, string>>;
  /** Content type of the body where it is not `application/json`. */
  contentType?: string;
  /** Arguments beside those of the path that name what the call is about. */
  about?: readonly string[];
  /** Answers with the provider's handle of work that goes on. */
  async?: boolean;
  /** Sending it twice does the same as once. A `read` always is. */
  idempotent?: boolean;
  /** Belongs to the short list that clients get by default. */
  core?: boolean;
  /** Arguments that make this one call more dangerous. */
  raises?: readonly Raise[];
  /** Arguments that make this one call harmless. */
  lowers?: readonly Lower[];
  /** What else the plan of this call shows. */
  planReads?: readonly PlanRead[];
  presents?: readonly Presentation[];
  /** One sentence after a success: what to look at or do next. */
  next?: string;
}

type RiskFacts = { risk: 'read' | 'write'; warning?: never; undo?: never } | Danger;

/** One operation of a provider, all of it data. */
export type Tool = Facts<Route, z.ZodRawShape> & RiskFacts & { risk: Risk };

/** Returns its argument; it exists for the types. */
export function defineTool<R extends Route, Shape extends z.ZodRawShape>(tool: Facts<R, Shape> & RiskFacts): Tool {
  return tool;
}

/** The tools of one provider, by group, and the things that its calls are about. */
export interface Toolset {
  provider: string;
  groups: Readonly<Record<string, readonly Tool[]>>;
  targets: readonly Target[];
}
