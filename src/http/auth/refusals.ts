import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';

/** The fault is the caller's. The text travels in a header, so it is plain ASCII without quotation marks. */
export const invalidToken = (message: string): OAuthError => new OAuthError(OAuthErrorCode.InvalidToken, message);

/**
 * It is not known whether the token is valid. A 401 would be wrong: a client would discard a token that may be good.
 */
export const issuerUnavailable = (): OAuthError =>
  new OAuthError(OAuthErrorCode.ServerError, 'The sign-in service cannot be used at the moment. Try again soon.');

/** The token was right until its time was over, so whoever brings it does not guess. */
export class EndedTokenError extends OAuthError {
  constructor() {
    super(OAuthErrorCode.InvalidToken, 'The access token has expired.');
  }
}

const callersFaults: readonly string[] = [OAuthErrorCode.InvalidToken];

export const isInvalidToken = (error: unknown): boolean =>
  error instanceof OAuthError && callersFaults.includes(error.code);

export const isWrongToken = (error: unknown): boolean => isInvalidToken(error) && !(error instanceof EndedTokenError);
