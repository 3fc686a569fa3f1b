import * as z from 'zod';
import { ConfigError } from '../../define/config-error.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { issuerUnavailable } from './refusals.js';

export type Fetch = typeof globalThis.fetch;

export interface DiscoveryOptions {
  /** The issuer's identifier, exactly as it is in its tokens. */
  issuer: string;
  fetch: Fetch;
  /** Epoch milliseconds. */
  now: () => number;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

const endpoint = z.string().refine(isSafe, 'is no https URL');
const metadata = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  response_types_supported: z.array(z.string()).default(['code']),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
/** The checked part of an issuer's metadata (RFC 8414, OpenID Connect Discovery). */
export type IssuerMetadata = z.infer<typeof metadata>;
export type Discover = () => Promise<IssuerMetadata>;

/** How long a failed search is not repeated, so that many callers at once do not cause many requests. */
const pauseMs = 5_000;
const timeoutMs = 5_000;

/**
 * Asks for the issuer's metadata when it is first needed, and keeps it. A server may start before its issuer, so a
 * failure only answers this one question. After a pause, the next question asks again.
 */
export function discovery({ issuer, fetch, now, log }: DiscoveryOptions): Discover {
  requireIssuerUrl(issuer);
  let latest: Promise<IssuerMetadata> | undefined;
  let askAgainAt = Number.POSITIVE_INFINITY;
  return () => {
    if (latest && now() < askAgainAt) return latest;
    askAgainAt = Number.POSITIVE_INFINITY;
    latest = find(issuer, fetch).catch((error: unknown) => {
      askAgainAt = now() + pauseMs;
      log(`The issuer ${issuer} cannot be used: ${reasonOf(error)}`);
      throw issuerUnavailable();
    });
    return latest;
  };
}

/** Plain http is only for an issuer on the same machine: keys that can be exchanged on the way prove nothing. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '127.0.0.1';

function requireIssuerUrl(issuer: string): void {
  const strange = !isSafe(issuer) || issuer.includes('?') || issuer.includes('#');
  if (!strange) return;
  throw new ConfigError([
    `The issuer ${JSON.stringify(sanitizeText(issuer, 200))} cannot be used: ` +
      'it has to be an https URL without ? and # (http only on localhost or 127.0.0.1).',
  ]);
}

async function find(issuer: string, fetch: Fetch): Promise<IssuerMetadata> {
  const reasons: string[] = [];
  for (const url of wellKnown(issuer)) {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const read = response.status === 200 ? readMetadata(text, issuer) : `status ${response.status}`;
    if (typeof read !== 'string') return read;
    reasons.push(`${url}: ${read}`);
  }
  throw new Error(reasons.join('; '));
}

/** RFC 8414 puts its name before the issuer's path, and OpenID Connect puts it after. */
function wellKnown(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

/** Returns the metadata, or says what is wrong with it. */
function readMetadata(text: string, issuer: string): IssuerMetadata | string {
  const parsed = metadata.safeParse(json(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `not the metadata of an issuer (${issue?.path.join('.') || 'document'}: ${issue?.message})`;
  }
  if (parsed.data.issuer === issuer) return parsed.data;
  return `it calls itself ${sanitizeText(parsed.data.issuer, 200)}; configure exactly that if it is meant`;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What went wrong, for the operator. The reason of a failed request is in its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for a reason unknown';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return sanitizeText(`${error.message}${code}`, 500);
}
