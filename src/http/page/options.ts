import type { AuditLine } from '../../call/audit/line.js';
import type { Approvals } from '../../call/guard/approvals.js';
import type { Principal } from '../../define/index.js';
import type { Fleet } from '../../fleet/fleet.js';
import type { Store } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';
import type { SignIn } from '../auth/signin.js';

export interface PageOptions {
  approvals: Approvals;
  fleet: Pick<Fleet, 'inventory' | 'attention'>;
  /** The newest lines of the audit record, the newest first. */
  latestAudit: (count: number) => Promise<readonly AuditLine[]>;
  /** Encrypts cookies: 32 bytes, the same on every replica. */
  key: Uint8Array;
  /** As browsers reach it; decides whether cookies are `Secure`, where forms may come from, and redirect addresses. */
  publicUrl: URL;
  version: string;
  isSandbox: boolean;
  signIn: SignInWays;
  /** Counts wrong codes and tokens, and remembers who has signed out. */
  store: Store;
  clock: Clock;
  random: Random;
  /** A line for the operator, on stderr. */
  log: (line: string) => void;
}

/** The ways in which a person shows who they are; at least one. */
export interface SignInWays {
  /** The one-time code printed at start: resolves to whoever may use it when it is right, and is used up then. */
  code?: (code: string) => Promise<Principal | undefined>;
  /** An access token, pasted by a person or sent by a terminal; undefined when it does not hold. */
  token?: (token: string) => Promise<Principal | undefined>;
  /** Authorization code with PKCE at the issuer of access tokens. */
  issuer?: SignIn;
}

/** Where the page begins, as browsers know it; a proxy may serve it below a path of its own. */
export const homeOf = (publicUrl: URL): string => `${publicUrl.pathname.replace(/\/+$/, '')}/approvals`;
