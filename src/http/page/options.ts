import type { AuditLine } from '../../call/audit/line.js';
import type { Approvals } from '../../call/guard/approvals.js';
import type { Principal } from '../../define/index.js';
import type { BoardTool } from '../../define/presentation.js';
import type { Fleet } from '../../fleet/fleet.js';
import type { Store } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';
import type { SignIn } from '../auth/signin.js';

export interface PageOptions {
  approvals: Approvals;
  /** The fleet as a person may see it. Throws a `RefusedError` for somebody who may not see it at all. */
  fleetFor: (person: Principal) => Promise<Pick<Fleet, 'inventory' | 'attention'>>;
  /** Calls a tool that reads, as any call of this person, and gives the protocol's answer. */
  callTool: (tool: BoardTool, input: object, person: Principal, signal: AbortSignal) => Promise<object>;
  /** Reads the page of the board that the build wrote. */
  loadBoard: () => Promise<string>;
  /** The newest lines of the audit record, the newest first. */
  latestAudit: (count: number) => Promise<readonly AuditLine[]>;
  /** Encrypts cookies. It has 32 bytes and is the same on every replica. */
  key: Uint8Array;
  /**
   * The address for browsers. It decides whether cookies are `Secure`, where forms may come from, and the redirects.
   */
  publicUrl: URL;
  version: string;
  isSandbox: boolean;
  signIn: SignInWays;
  /** Counts wrong codes and tokens, and remembers who has signed out. */
  store: Store;
  clock: Clock;
  random: Random;
  /** Writes a line for the operator to stderr. */
  log: (line: string) => void;
}

/** What a request brings beside itself. */
export interface PageEnv {
  /** The address that it came from, by which wrong codes and tokens are counted. */
  Bindings: { address: string };
}

/** The ways in which a person can sign in. There is at least one. */
export interface SignInWays {
  /**
   * Takes the one-time code that is printed at the start. The right code resolves to its person and is then used up.
   */
  code?: (code: string) => Promise<Principal | undefined>;
  /** Takes an access token, pasted by a person or sent by a terminal. Undefined when it is not valid. */
  token?: (token: string) => Promise<Principal | undefined>;
  /** Authorization code with PKCE, at the issuer of the access tokens. */
  issuer?: SignIn;
}

/** The path of the first page for browsers. A proxy may serve it below a path of its own. */
export const homeOf = (publicUrl: URL): string => `${publicUrl.pathname.replace(/\/+$/, '')}/approvals`;
