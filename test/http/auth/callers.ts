import { OAuthError } from '@modelcontextprotocol/server';
import {
  type Authentication,
  type AuthenticationOptions,
  authentication,
} from '../../../src/http/auth/authenticate.js';

export const audience = 'https://db.example.test/mcp';

export interface Door extends Omit<Authentication, 'verifyAccessToken'> {
  verifyAccessToken: (token: string) => ReturnType<Authentication['verifyAccessToken']>;
  /** What the operator was told. */
  told: string[];
  /** Turns the server's clock forward. */
  wait: (seconds: number) => void;
  /** The code and text of a refusal. */
  refusal: (token: string) => Promise<{ code: string; message: string }>;
}

/** The real thing, with a clock that moves only when it is turned. */
export function door(options: Partial<AuthenticationOptions>): Door {
  const told: string[] = [];
  const opened = Date.now();
  let ahead = 0;
  const auth = authentication({
    now: () => opened + ahead,
    log: (line) => told.push(line),
    ...options,
  });
  const verifyAccessToken = (token: string) => auth.verifyAccessToken(token, (each) => each === audience);
  return {
    ...auth,
    verifyAccessToken,
    told,
    wait(seconds) {
      ahead += seconds * 1_000;
    },
    async refusal(token) {
      try {
        await verifyAccessToken(token);
      } catch (error) {
        if (error instanceof OAuthError) return { code: error.code, message: error.message };
        throw error;
      }
      throw new Error('The token was accepted.');
    },
  };
}
