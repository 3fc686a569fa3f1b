import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** The two cookies of the page. An answer never sets more than one, because some adapters keep only the last. */
export interface Cookies {
  read: (context: Context, kind: Kind) => string | undefined;
  write: (context: Context, kind: Kind, text: string, seconds: number) => void;
  remove: (context: Context, kind: Kind) => void;
}

type Kind = 'session' | 'sign-in';

export function createCookies(publicUrl: URL, home: string): Cookies {
  const isSecure = publicUrl.protocol === 'https:';
  // Browsers share the cookies of a host between its ports.
  const nameOf = (kind: Kind) => `pgfleet-${kind}${publicUrl.port && `-${publicUrl.port}`}`;
  const prefix = isSecure ? ('host' as const) : undefined;
  const options = {
    httpOnly: true,
    // `Strict` would not work, because the issuer's page leads back here.
    sameSite: 'Lax',
    secure: isSecure,
    path: isSecure ? '/' : home,
    prefix,
  } as const;
  return {
    read: (context, kind) => (prefix ? getCookie(context, nameOf(kind), prefix) : getCookie(context, nameOf(kind))),
    write: (context, kind, text, seconds) => setCookie(context, nameOf(kind), text, { ...options, maxAge: seconds }),
    remove: (context, kind) => void deleteCookie(context, nameOf(kind), options),
  };
}
