import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';

/** What a sealed text is for. A text for another use cannot be opened. */
export type Use = 'page' | 'terminal' | 'sign-in' | 'issued' | 'post';

/** Texts that browsers, terminals and the store keep but cannot read or change (JWE, A256GCM). */
export interface Seal {
  close(use: Use, content: Readonly<Record<string, unknown>>, seconds: number): Promise<string>;
  /** Undefined for a text that is absent, forged, expired, or made for another use. */
  open(use: Use, text: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined>;
}

const issuer = 'pgfleet http';

export function createSeal(key: Uint8Array, now: () => number): Seal {
  // The same key encrypts consents, so this one is derived from it to keep the two apart.
  const own = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), issuer, 32));
  return {
    close: (use, content, seconds) =>
      new EncryptJWT(content)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(issuer)
        .setAudience(use)
        .setExpirationTime(Math.floor(now() / 1000) + seconds)
        .encrypt(own),
    async open(use, text) {
      if (text === undefined) return undefined;
      try {
        const wanted = { issuer, audience: use, currentDate: new Date(now()), requiredClaims: ['exp'] };
        const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
        return (await jwtDecrypt(text, own, { ...wanted, ...algorithms })).payload;
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
        throw error;
      }
    },
  };
}
