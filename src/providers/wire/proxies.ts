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

/** Says why a proxy did not lead any further. The library has its status in the message only. */
export function proxyRefusal({ message }: Error): string | undefined {
  const status = /^Proxy (?:response|Authentication Required) \((\d+)\)/.exec(message)?.[1];
  if (status === undefined) return undefined;
  return status === '407' ? 'wants another user and password (HTTP 407)' : `refused the way (HTTP ${status})`;
}
