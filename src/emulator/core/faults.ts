import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

/** What can go wrong on purpose. Rates and durations are real time, not the emulated clock's. */
export const faultKinds = [
  'latency',
  'status',
  'cut-before',
  'cut-after',
  'garbage',
  'expired-token',
  'stuck-job',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** The account that it strikes; every one when left out. */
  account?: string;
  /** `PUT /v1.0/db-instances/:dbInstanceId/storage-info`, as the emulator routes it, or `*`. */
  on: string;
  kind: FaultKind;
  /** Milliseconds for `latency`, the HTTP status for `status`. */
  value?: number;
  /** How often it strikes; always when left out. */
  times?: number;
}

/** Thrown through the application when the connection is to break. */
export class CutConnection extends Error {}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Lets the faults of an account happen. */
  strike(account: string): MiddlewareHandler;
}

declare module 'hono' {
  interface ContextVariableMap {
    /** The token is to be refused as expired, whatever it is. */
    expiredToken?: boolean;
    /** Work that this request starts never ends. */
    stuckJob?: boolean;
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
      // Middleware counts as ALL. Of several routes that match, the first one answers.
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
      await next();
      if (has('cut-after')) throw new CutConnection();
    },
  };
}

const retryAfter = (status: number): Record<string, string> =>
  status === 429 ? { 'content-type': 'text/html', 'retry-after': '1' } : { 'content-type': 'text/html' };

/** Reads `nhn-prod PUT /v1.0/x/:id=status:503*2`: whose (or nothing), where, what, its value, and how often. */
export function parseFault(text: string): Fault | undefined {
  // Methods are written in capitals, and accounts are not.
  const match = /^(?:([a-z][a-z0-9-]*) )?(.+)=([a-z-]+)(?::(\d+))?(?:\*(\d+))?$/.exec(text);
  const [, account, on, kind, value, times] = match ?? [];
  if (!on || !isFaultKind(kind)) return undefined;
  return { account, on, kind, value: value ? Number(value) : undefined, times: times ? Number(times) : undefined };
}

const isFaultKind = (kind: string | undefined): kind is FaultKind => faultKinds.some((each) => each === kind);
