import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

/** The faults that can be caused on purpose. Rates and durations are in real time, not on the emulated clock. */
export const faultKinds = [
  'latency',
  'status',
  'cut-before',
  'cut-after',
  'garbage',
  'gzip',
  'expired-token',
  'stuck-job',
  'unclear-state',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** The account that has the fault. All accounts when left out. */
  account?: string;
  /** The operation as the emulator routes it, such as `PUT /v1.0/db-instances/:dbInstanceId/storage-info`, or `*`. */
  on: string;
  kind: FaultKind;
  /** Milliseconds for `latency`, and the HTTP status for `status`. */
  value?: number;
  /** How often the fault occurs. Always when left out. */
  times?: number;
}

/** Thrown through the application to break the connection. */
export class CutConnection extends Error {}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Causes the faults of an account. */
  strike(account: string): MiddlewareHandler;
}

declare module 'hono' {
  interface ContextVariableMap {
    /** Whether to refuse the token as expired, even if it is valid. */
    expiredToken?: boolean;
    /** Whether work that this request starts never ends. */
    stuckJob?: boolean;
    /** Whether the state of what this request changes is unclear on the way. */
    unclearState?: boolean;
  }
}

export function createFaults(): Faults {
  let active: Fault[] = [];

  function take(name: string, route: string): Fault[] {
    const struck = active.filter(({ account = name, on }) => account === name && (on === '*' || on === route));
    for (const fault of struck) if (fault.times !== undefined) fault.times -= 1;
    active = active.filter((fault) => fault.times === undefined || fault.times > 0);
    return struck;
  }

  return {
    add: (fault) => void active.push({ ...fault }),
    clear: () => {
      active = [];
    },
    strike: (account) => async (context, next) => {
      if (active.length === 0) return next();
      // Middleware counts as ALL. When several routes match, the first one answers.
      const route = matchedRoutes(context).find(({ method }) => method !== 'ALL');
      const struck = take(account, route ? `${route.method} ${route.path}` : '*');
      const has = (kind: FaultKind) => struck.find((fault) => fault.kind === kind);
      const latency = has('latency');
      if (latency) await new Promise((resolve) => setTimeout(resolve, latency.value ?? 1000));
      if (has('cut-before')) throw new CutConnection();
      const status = has('status')?.value;
      if (status) return new Response(`<html><h1>${status}</h1></html>`, { status, headers: retryAfter(status) });
      if (has('garbage')) return new Response('{"header":{"resultCode":0,', { status: 200 });
      if (has('expired-token')) context.set('expiredToken', true);
      if (has('stuck-job')) context.set('stuckJob', true);
      if (has('unclear-state')) context.set('unclearState', true);
      await next();
      // Whatever puts the answer on a wire compresses it then.
      if (has('gzip')) context.res.headers.set('content-encoding', 'gzip');
      if (has('cut-after')) throw new CutConnection();
    },
  };
}

const retryAfter = (status: number): Record<string, string> =>
  status === 429 ? { 'content-type': 'text/html', 'retry-after': '1' } : { 'content-type': 'text/html' };

/**
 * Reads a text such as `nhn-prod PUT /v1.0/x/:id=status:503*2`: the account (optional), the operation, the kind, its
 * value, and how often.
 */
export function parseFault(text: string): Fault | undefined {
  // Methods are in upper case, and account names are not.
  const match = /^(?:([a-z][a-z0-9-]*) )?(.+)=([a-z-]+)(?::(\d+))?(?:\*(\d+))?$/.exec(text);
  const [, account, on, kind, value, times] = match ?? [];
  if (!on || !isFaultKind(kind)) return undefined;
  return { account, on, kind, value: value ? Number(value) : undefined, times: times ? Number(times) : undefined };
}

const isFaultKind = (kind: string | undefined): kind is FaultKind => faultKinds.some((each) => each === kind);
