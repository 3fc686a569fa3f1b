import {
  type AuthMetadataOptions,
  getOAuthProtectedResourceMetadataUrl,
  oauthMetadataResponse,
} from '@modelcontextprotocol/server';
import { clientScopes, type Scope } from '../../define/index.js';

/** What the path of an address asks for. */
export interface AddressWords {
  /** The words of a profile. Absent at an address that does not choose one. */
  profile?: readonly string[];
  readOnly: boolean;
}

/** An address of the protocol as a protected resource of OAuth (RFC 9728). */
export interface ProtectedResource {
  /** The identifier that clients name to the issuer. */
  url: () => URL;
  /** Where a client learns how to sign in at this address. */
  metadataUrl: () => string;
  readOnly: boolean;
  /** Whether a token for this audience is good here. */
  accepts: Accepts;
}

export type Accepts = (audience: string) => boolean;

export interface ProtectedResources {
  /** The address that a request goes to. What is no address of its own counts as `/mcp`. */
  at: (path: string) => ProtectedResource;
  /** Answers a request for metadata. Undefined when there are none at its path. */
  metadata: (request: Request, oauthMetadata: AuthMetadataOptions['oauthMetadata']) => Response | undefined;
}

export interface ProtectedResourceOptions {
  publicUrl: URL;
  /** Further names that the issuer has for this server as a whole. */
  audiences: readonly string[];
  /** Whether the server has reads alone. */
  readOnly: boolean;
  /** Whether something is served at a path of the protocol. */
  isServed: (path: string) => boolean;
}

/** What a token or a request can be for: all of the server, or a part of it. */
type Part = 'all' | 'sse' | AddressWords;

const metadataPath = '/.well-known/oauth-protected-resource';

/** Everything that a request can be sent to, and the tokens that are good there. */
export function protectedResources({
  publicUrl,
  audiences,
  readOnly,
  isServed,
}: ProtectedResourceOptions): ProtectedResources {
  const base = withoutSlash(publicUrl.pathname);

  function partAt(path: string): Part | undefined {
    if (path === '') return 'all';
    if (!isServed(path)) return undefined;
    return path === '/sse' ? 'sse' : readAddress(path);
  }

  function partNamed(audience: string): Part | undefined {
    if (audiences.includes(audience)) return 'all';
    if (!URL.canParse(audience)) return undefined;
    const { origin, pathname, href } = new URL(audience);
    const isPlain = origin === publicUrl.origin && href === `${origin}${pathname}`;
    const path = isPlain ? below(pathname) : undefined;
    return path === undefined ? undefined : partAt(path);
  }

  /** The part of a path that comes after the public address. */
  function below(pathname: string): string | undefined {
    const path = withoutSlash(pathname);
    return path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
  }

  function resourceAt(path: string, part: Part): ProtectedResource {
    const url = () => Object.assign(new URL(publicUrl), { pathname: `${base}${path}` });
    return {
      url,
      metadataUrl: () => getOAuthProtectedResourceMetadataUrl(url()),
      readOnly: readOnly || (typeof part === 'object' && part.readOnly),
      accepts: (audience) => {
        const named = partNamed(audience);
        return named !== undefined && isWithin(part, named);
      },
    };
  }

  return {
    at(path) {
      const address = path === '/messages' ? '/sse' : path;
      const part = partAt(address);
      return part && part !== 'all' ? resourceAt(address, part) : resourceAt('/mcp', { readOnly: false });
    },
    metadata(request, oauthMetadata) {
      const asked = servedPath(request);
      // The issuer's own metadata are passed on for clients that do not look for those of a resource.
      const path = asked.startsWith(metadataPath) ? below(asked.slice(metadataPath.length)) : '';
      const part = path === undefined ? undefined : partAt(path);
      if (path === undefined || !part) return undefined;
      const { url, readOnly } = resourceAt(path, part);
      return oauthMetadataResponse(request, {
        oauthMetadata,
        resourceServerUrl: url(),
        resourceName: 'pgfleet',
        scopesSupported: [...offered(readOnly, clientScopes)],
      });
    },
  };
}

/** The scopes that a client is told of: at an address that has reads alone, no others are of use. */
export const offered = (readOnly: boolean, all: readonly Scope[]): readonly Scope[] =>
  readOnly ? ['pgfleet:read'] : all;

/** The path of a request. A slash at its end makes no other address of it. */
export const servedPath = ({ url }: Pick<Request, 'url'>): string => withoutSlash(new URL(url).pathname);

/** Reads a path of the protocol. Undefined when its form is that of no address. */
export function readAddress(path: string): AddressWords | undefined {
  const [, mcp, ...parts] = path.split('/');
  const readOnly = parts.at(-1) === 'readonly';
  const [x, profile = '', ...rest] = readOnly ? parts.slice(0, -1) : parts;
  if (mcp !== 'mcp') return undefined;
  if (x === undefined) return { readOnly };
  if (x !== 'x' || rest.length > 0) return undefined;
  return { profile: (decoded(profile) ?? '').split(','), readOnly };
}

/** Whether everything that is served in a part is served in the other one too. */
function isWithin(inner: Part, outer: Part): boolean {
  if (outer === 'all' || inner === outer) return true;
  if (typeof inner === 'string' || typeof outer === 'string') return false;
  if (outer.readOnly && !inner.readOnly) return false;
  const { profile: all } = outer;
  return all === undefined || (inner.profile?.every((word) => all.some((each) => covers(each, word))) ?? false);
}

/** The words of a profile with which everything can be called. */
const everything: readonly string[] = ['full', 'core+'];

/** A group of one provider, such as `nhn:backups`, is a part of `backups`. */
const covers = (outer: string, word: string): boolean =>
  everything.includes(outer) || outer === word || word.endsWith(`:${outer}`);

const withoutSlash = (path: string): string => path.replace(/\/$/, '');

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
