import type { Principal } from '../define/index.js';
import type { TraceContext } from '../providers/wire/http.js';

/** Who calls, and what this request's client can do. Made by the server side; the corridor knows no protocol era. */
export interface Caller extends Principal {
  /** Name and version of the client program, for the audit record. */
  client: string;
  /** The client has declared that it can put a form before a person. */
  canBeAsked: boolean;
  /** The client has declared that it can offer a person to open a page. */
  canOpenPages: boolean;
  /** What came back with this request in answer to a question of ours. */
  answer: { state?: string; responses?: Record<string, unknown> };
  signal?: AbortSignal;
  /** The trace that this call is a part of, in the words of W3C Trace Context. */
  trace?: { traceparent?: unknown; tracestate?: unknown };
  /** The same once the call is under way, to be handed to whatever is sent. */
  traceContext?: TraceContext;
  /** Told which account the call goes to, once that is settled. */
  settled?: (account: string) => void;
  /** Reports how far a long call has come; absent when the client did not ask to hear of it. */
  progress?: (done: number, total: number, message: string) => Promise<void>;
}
