import { ConfigError } from '../../define/config-error.js';
import type { Limits } from '../../http/rate-limiter.js';
import type { Config } from '../config.js';

/** Settings of serving over HTTP, with their defaults filled in. */
export interface HttpSettings {
  host: string;
  port: number;
  /** Whether callers have to sign in. */
  isSignInNeeded: boolean;
  requestBytes: number;
  /** How long a client may take to send the head of a request, or to send anything at all. */
  headerSeconds: number;
  /** How long a client may take to send a whole request. */
  requestSeconds: number;
  /** How many proxies in front add to `X-Forwarded-For`. */
  proxyHops: number;
  drainSeconds: number;
  /** The host as it is written in a URL. */
  hostInUrl: string;
  hosts: string[];
  origins: string[];
  /** Whether the older HTTP+SSE transport is served too. */
  sse: boolean;
  limits: Limits;
}

/** The largest request over HTTP, and the longest line over stdio. */
export const usualRequestBytes = 1_048_576;

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);
/** Loopback hosts as they are written in a URL and in the `Host` header. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** What holds wherever a server runs: a client that forgets to close its streams is found on any machine. */
const limitsOfAll = { streamsAtOnce: 50 };
/** Default limits where callers sign in. On a machine of one's own there is nobody to protect from. */
const usualLimits = { callsPerSecond: 50, callsAtOnce: 20, providerCallsAtOnce: 100 };

/** Throws a `ConfigError` for settings that cannot be served. */
export function httpSettings(config: Config): HttpSettings {
  const { host = '127.0.0.1', port = 8765, issuer, tokensFile, publicUrl, replicas = 1, store } = config;
  const isSignInNeeded = issuer !== undefined || tokensFile !== undefined;
  const faults: string[] = [];
  if (!loopback.has(host) && !isSignInNeeded)
    faults.push(
      `Listening on ${host} would let anybody in: set PGFLEET_ISSUER or PGFLEET_TOKENS_FILE so that callers have to ` +
        'sign in, or listen on 127.0.0.1.',
    );
  if (!loopback.has(host) && publicUrl === undefined)
    faults.push(`Listening on ${host} needs PGFLEET_PUBLIC_URL: the address that clients and browsers use.`);
  if (replicas > 1 && store === undefined)
    faults.push(
      `${replicas} replicas need a store that they share, or a confirmation made at one would not be known at ` +
        'another: set PGFLEET_STORE=redis://…',
    );
  if (issuer === undefined && config.clientId !== undefined)
    faults.push('PGFLEET_CLIENT_ID is of no use without PGFLEET_ISSUER.');
  if (faults.length > 0) throw new ConfigError(faults);
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  const {
    requestBytes = usualRequestBytes,
    headerSeconds = 10,
    requestSeconds = 10,
    proxyHops = 0,
    drainSeconds = 30,
  } = config;
  const { allowedHosts = [], allowedOrigins = [] } = config;
  return {
    host,
    port,
    hostInUrl: host.includes(':') ? `[${host}]` : host,
    isSignInNeeded,
    requestBytes,
    headerSeconds,
    requestSeconds,
    proxyHops,
    drainSeconds,
    hosts: [...new Set([...own, ...loopbackHosts, ...allowedHosts])],
    origins: [...new Set([...own, ...loopbackHosts, ...allowedOrigins])],
    sse: config.sse ?? true,
    limits: limitsOf(config, isSignInNeeded),
  };
}

function limitsOf(config: Config, isSignInNeeded: boolean): Limits {
  const { callsPerSecond, callsAtOnce, providerCallsAtOnce, streamsAtOnce } = config;
  const given = { callsPerSecond, callsAtOnce, providerCallsAtOnce, streamsAtOnce };
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...limitsOfAll, ...(isSignInNeeded && usualLimits), ...Object.fromEntries(set) };
}
