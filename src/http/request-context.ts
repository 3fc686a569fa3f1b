import type { AuthInfo, ProtocolEra, Server } from '@modelcontextprotocol/server';
import type { Principal } from '../define/index.js';
import type { Subscriptions } from '../server/subscriptions.js';

/** Who sends a request, and by which path. */
export interface RequestContext {
  principal: Principal;
  /** The path decides what is listed. */
  path: string;
  /** Who sends it, with the rights that its token gives by now. Undefined once the token does not count any more. */
  again: () => Promise<Principal | undefined>;
  /** Where the client learns how to sign in for more. Absent where nobody signs in at an issuer. */
  metadataUrl?: () => string;
  /** Called with the scopes that a call turned out to need, and that its caller does not have. */
  lacking?: (scopes: readonly string[]) => void;
}

/** Creates the server for one request or one connection. The path decides what is listed. */
export type ServerFor = (path: string, kind: ServerKind) => Server;

export interface ServerKind {
  era: ProtocolEra;
  subscriptions: Subscriptions;
  /** The session that it answers, whichever process does. */
  session?: string;
  /** Whether the server answers a single request, which is about tools. */
  onlyTools?: boolean;
}

/** The SDK passes this to the code that answers a request. The token itself is no longer needed. */
export const authInfoOf = ({ principal, lacking }: Pick<RequestContext, 'principal' | 'lacking'>): AuthInfo => ({
  token: '',
  clientId: principal.id,
  scopes: [...(principal.scopes ?? [])],
  extra: { principal, lacking },
});

/** Whom to tell which scopes a call lacks. */
export const lackingOf = (authInfo: AuthInfo | undefined): RequestContext['lacking'] => {
  const lacking = authInfo?.extra?.['lacking'];
  return typeof lacking === 'function' ? (scopes) => void Reflect.apply(lacking, undefined, [scopes]) : undefined;
};
