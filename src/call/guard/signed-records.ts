import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How records are written down in a store that others may write to. */
export interface SignedRecords<Content extends { id: string }> {
  text: (content: Content) => string;
  /** Undefined for a text that was not written under the same key and use, or that is another record. */
  read: (id: string, text: string | undefined) => Content | undefined;
}

/**
 * A record is JSON with a signature, so that only a process with the key can make or change one. The same record has
 * the same text each time, because the store compares texts.
 */
export function signedRecords<Content extends { id: string }>(key: Uint8Array, use: string): SignedRecords<Content> {
  // The same key encrypts consents, so this one is derived from it to keep the two apart.
  const own = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `pgfleet ${use}`, 32));
  const signatureOf = (json: string) => createHmac('sha256', own).update(json).digest('base64url');
  return {
    text(content) {
      const json = JSON.stringify(content);
      return `${signatureOf(json)} ${json}`;
    },
    read(id, text = '') {
      const end = text.indexOf(' ');
      const json = text.slice(end + 1);
      if (end < 0 || !isSame(text.slice(0, end), signatureOf(json))) return undefined;
      const content = JSON.parse(json) as Content;
      return content.id === id ? content : undefined;
    },
  };
}

const isSame = (given: string, wanted: string): boolean =>
  given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
