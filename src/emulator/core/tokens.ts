import { second } from './dates.js';
import type { World } from './world.js';

interface Grant {
  holder: string;
  until: number;
}

export interface Tokens {
  issue(holder: string, seconds: number): string;
  /** The holder of the token. Undefined when the token is unknown or has expired. */
  holderOf(token: string): string | undefined;
}

/** Tokens of one kind, which expire on the emulated clock. */
export function createTokens(world: World, kind: string): Tokens {
  const grants = new Map<string, Grant>();
  return {
    issue(holder, seconds) {
      const token = `sandbox-${kind}-${world.newId()}`;
      grants.set(token, { holder, until: world.now() + seconds * second });
      return token;
    },
    holderOf(token) {
      const grant = grants.get(token);
      return grant && grant.until > world.now() ? grant.holder : undefined;
    },
  };
}

export const basicAuthorization = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
