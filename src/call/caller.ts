import type { Principal } from '../define/index.js';
import type { TraceContext } from '../providers/wire/http.js';

/**
 * Who calls, and what the client of this request can do. The server side creates it, and calls know no protocol era.
 */
export interface Caller extends Principal {
  /** Name and version of the client program, for the audit record. */
  client: string;
  /** The session that the call came in, where there are sessions and callers can have several. */
  session?: string;
  /** The client has declared that it can show a form to a person. */
  canBeAsked: boolean;
  /** The client has declared that it can offer a person a page to open. */
  canOpenPages: boolean;
  /** The tools that the address of this request offers, listed or not. Left out, it offers every tool. */
  reach?: { includes: (tool: string) => boolean };
  /** What came back with this request as the answer to an earlier question. */
  answer: QuestionAnswer;
  /** The approval that the client presents with this call, where it can do so without `confirm_operation`. */
  approvalId?: string;
  /** How the client comes back with the id of an approval, as a sentence. Left out, it is by `confirm_operation`. */
  returning?: (approvalId: string) => string;
  signal?: AbortSignal;
  /** The trace that this call is a part of, as W3C Trace Context names it. */
  trace?: { traceparent?: unknown; tracestate?: unknown };
  /** The same trace once the call runs, to pass on with each request. */
  traceContext?: TraceContext;
  /** Called with the account that the call goes to, once it is known. */
  settled?: (account: string) => void;
  /** Called with the scopes that the call needs and the caller does not have. */
  lacking?: (scopes: readonly string[]) => void;
  /** Reports the progress of a long call. Absent when the client did not ask for progress. */
  progress?: (done: number, total: number, message: string) => Promise<void>;
}

/** The answer to a question of an earlier part of the same call. */
export interface QuestionAnswer {
  /** What went out with the question. */
  state?: string;
  responses?: Record<string, unknown>;
  /** Why no answer came, as a sentence. */
  unanswered?: string;
  /** Whether it came when the call had ended without it. */
  isLate?: boolean;
}
