import type { z } from 'zod';
import type { InputRule } from './condition.js';
import type { Effect, Touches } from './effect.js';
import type { NamedThing, PlanRead, Target } from './plan-read.js';
import type { Presentation } from './presentation.js';
import type { Danger, Risk } from './risk.js';
import type { OperationKind } from './search/kinds.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;
type ToolName = `${string}_${string}_${string}`;

/** `/a/{b}/{c}` becomes `'b' | 'c'`. */
type PathVariable<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathVariable<Rest>
  : never;

/** Every `{name}` of the route has to be a required text of the input. Otherwise the declaration does not compile. */
type HasPathVariables<R extends Route> = Readonly<Record<PathVariable<R>, z.ZodType<string | number>>>;

interface Facts<R extends Route, Shape extends z.ZodRawShape> {
  name: ToolName;
  title: string;
  /** The first sentence says what happens. Then only what decides between tools, units, and what follows. */
  description: string;
  route: R;
  /**
   * Another path of the same read. It is asked when the first one is refused, and the one that answers is kept. Errors
   * with these codes of the provider say nothing about a path.
   */
  otherPath?: { path: `/${string}`; unless: readonly string[] };
  /**
   * The provider's name of the permission that is needed, when it is documented. Revisions of its guide that differ
   * give several names.
   */
  permission?: string | readonly string[];
  input: z.ZodObject<Shape & HasPathVariables<R>>;
  /** Rules about several fields. */
  rules?: readonly InputRule[];
  /** Values that are sent in the query although the method would put them into the body. */
  query?: readonly string[];
  /** Values of the request that are always the same and are not arguments. */
  sends?: Readonly<Record<string, string>>;
  /** The content type of the body when it is not `application/json`. */
  contentType?: string;
  /** Arguments that name what the call is about, in addition to those of the path. */
  about?: readonly string[];
  /** Arguments of a read that choose one thing. An empty one must not widen the answer to all of them. */
  selects?: readonly string[];
  /** The answer has the provider's handle of work that continues. */
  async?: boolean;
  /** Sending it twice has the same effect as once. This is always so for a `read`. */
  idempotent?: boolean;
  /** Belongs to the short list that clients get by default. */
  core?: boolean;
  /** What the plan of this call shows in addition. */
  planReads?: readonly PlanRead[];
  presents?: readonly Presentation[];
  /** One sentence after a success that says what to read or do next. */
  next?: string;
}

type RiskFacts = { risk: 'read' | 'write'; warning?: never; undo?: never; irreversible?: never } | Danger;

/** One operation of a provider. It is data only. */
export type Tool = Facts<Route, z.ZodRawShape> & RiskFacts & { risk: Risk };

/** Returns its argument. It exists for the types. */
export function defineTool<R extends Route, Shape extends z.ZodRawShape>(tool: Facts<R, Shape> & RiskFacts): Tool {
  return tool;
}

/** The tools of one provider by group, and the targets of their calls. */
export interface Toolset {
  provider: string;
  groups: Readonly<Record<string, readonly Tool[]>>;
  targets: readonly Target[];
  /** What has a name too, and is used by calls without being what they are about. */
  things: readonly NamedThing[];
  /** Which instances a call concerns. */
  touches: Touches;
  /** What calls do to the present state, by the name of the tool. */
  effects: Readonly<Record<string, Effect>>;
}

/** The arguments that name what a call is about: those of the path, and those that the declaration adds. */
export const namingArguments = ({ route, about = [] }: Tool): ReadonlySet<string> =>
  new Set([...[...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name), ...about]);

/** What an operation is found by. */
interface AskedFor {
  /** What it does as operations of other providers do, or as others of its own. */
  kinds?: readonly OperationKind[];
  /** What people say when they want it: goals, symptoms and slang. */
  en: readonly string[];
  ko: readonly string[];
}

/** What operations are found by, each by its name. */
export type Asks = Readonly<Record<string, AskedFor>>;

/** Where the value of an argument is found in the answer to a read. */
export interface FoundArgument {
  read: string;
  /** The path of the records, and which of them count. */
  at: string;
  where?: Readonly<Record<string, string | readonly string[]>>;
  /** The path of the value in a record. */
  id: string;
}

/** How the reads of a provider are asked where nobody has named anything, and what they answer. */
export interface ReadFacts {
  /**
   * The documented answer of each read, without the envelope. A field that is not always there is optional. Where the
   * documents contradict each other, all that they say is allowed.
   */
  answers: Readonly<Record<string, z.ZodType>>;
  /** Arguments of a read, by its name. `{now}` and `{hourAgo}` stand for times. */
  given: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where arguments are found that no target and no thing of the toolset has a list for. */
  found: Readonly<Record<string, readonly FoundArgument[]>>;
}
