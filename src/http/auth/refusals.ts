import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';

/** The caller's fault. The text travels in a header, so it is plain ASCII without quotation marks. */
export const invalidToken = (message: string): OAuthError => new OAuthError(OAuthErrorCode.InvalidToken, message);

/** Nobody can say whether the token holds. Not a 401: a client would throw away a token that may be good. */
export const issuerUnavailable = (): OAuthError =>
  new OAuthError(OAuthErrorCode.ServerError, 'The sign-in service cannot be used at the moment. Try again soon.');

const callersFaults: readonly string[] = [OAuthErrorCode.InvalidToken];

export const isInvalidToken = (error: unknown): boolean =>
  error instanceof OAuthError && callersFaults.includes(error.code);
