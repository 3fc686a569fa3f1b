/** A proxy, and the variable that names it. */
export interface NamedProxy {
  url: string;
  variable: string;
}

/** The proxies that the usual variables name. */
export interface Proxies {
  https?: NamedProxy;
  http?: NamedProxy;
  /** The hosts that are reached without a proxy, as they stand in the variable. */
  exceptions: string;
}

export const noProxies: Proxies = { exceptions: '' };

/** Whether a host is this machine. It is never asked through a proxy. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.[\d.]+$/.test(hostname) || hostname === '[::1]';

/** The proxy for an address. It is undefined for this machine, and where none is configured. */
export function proxyFor(url: URL, { https, http }: Proxies): NamedProxy | undefined {
  if (isLoopback(url.hostname)) return undefined;
  return url.protocol === 'https:' ? (https ?? http) : http;
}

/** The address of a proxy for people, without its user and password. */
export const shownProxy = ({ url, variable }: NamedProxy): string => `${new URL(url).origin} (${variable})`;
