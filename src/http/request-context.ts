import type { AuthInfo, ProtocolEra, Server } from '@modelcontextprotocol/server';
import type { Principal } from '../define/index.js';
import type { Subscriptions } from '../server/subscriptions.js';

/** Somebody at the door: who they are, and by which path they came. */
export interface RequestContext {
  principal: Principal;
  /** Says what is listed. */
  path: string;
}

/** Makes the server for one request or one connection. */
export type ServerFor = (requestContext: RequestContext, way: ServerKind) => Server;

export interface ServerKind {
  era: ProtocolEra;
  subscriptions: Subscriptions;
  /** It answers one request, which is one about tools. */
  onlyTools?: boolean;
}

/** The SDK hands this on to wherever a request is answered; the token itself is not needed any more. */
export const authInfoOf = (principal: Principal): AuthInfo => ({
  token: '',
  clientId: principal.id,
  scopes: [...(principal.scopes ?? [])],
  extra: { principal },
});
