import type { LookTarget } from './database-connection.js';
import { LookError, type LookFault } from './look-error.js';

/** What a code of the server or of the system means, and what to do. */
const meanings: Readonly<Record<string, { fault: LookFault; say: (target: LookTarget) => string }>> = {
  '28P01': {
    fault: 'login refused',
    say: ({ user }) => `The server refuses the password of ${user}. Check the connection.`,
  },
  '28000': {
    fault: 'login refused',
    say: ({ user }) =>
      `The server refuses ${user} from this address: its access rules have to let it in, and the login exist.`,
  },
  '3D000': { fault: 'no such database', say: ({ database }) => `There is no database ${database} on this server.` },
  '53300': {
    fault: 'busy',
    say: () =>
      'The server has no connection left for this role. That is a finding in itself, since its clients are refused ' +
      'as well. fleet_get_metrics shows the connections as the cloud counts them.',
  },
  '57P03': { fault: 'starting', say: () => 'The server is starting, or recovers. Try again in a moment.' },
  ECONNREFUSED: {
    fault: 'unreachable',
    say: at('refuses the connection: nothing listens there, or a firewall answers'),
  },
  ENOTFOUND: { fault: 'unreachable', say: at('cannot be found by its name from here') },
  EHOSTUNREACH: { fault: 'unreachable', say: at('cannot be reached from this network') },
  ENETUNREACH: { fault: 'unreachable', say: at('cannot be reached from this network') },
  ETIMEDOUT: {
    fault: 'unreachable',
    say: at('did not answer in time: an access rule or a firewall may keep this address out'),
  },
};

function at(what: string): (target: LookTarget) => string {
  return ({ host, port }) =>
    `${host}:${port} ${what}. Set host in the connection if another address leads there from here.`;
}

/** Codes with which the system's library of TLS says that a certificate cannot be trusted. */
const unverified = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/;

/** Why a connection could not be opened. */
export function connectFault(error: unknown, target: LookTarget): LookError {
  if (error instanceof LookError) return error;
  const { code, message } = seen(error);
  const meaning = code === undefined ? undefined : meanings[code];
  if (meaning) return new LookError(meaning.fault, meaning.say(target), { cause: error, code });
  const options = { cause: error, code };
  if (code !== undefined && unverified.test(code))
    return new LookError(
      'unverified',
      `${target.host} could not be verified (${code}). Name its authority as ca.`,
      options,
    );
  if (/does not support SSL/.test(message))
    return new LookError('no TLS', `${target.host} offers no TLS. Switch it on there, or set tls to off.`, options);
  if (/timeout expired/.test(message))
    return new LookError('unreachable', meanings['ETIMEDOUT']?.say(target) ?? '', options);
  return new LookError('unreachable', `${target.host}:${target.port} broke off the connection: ${message}.`, options);
}

/** Why a statement failed. Most failures concern that statement alone. */
export function queryFault(error: unknown): LookError {
  const { code, message } = seen(error);
  const isOfStatement = code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^(?:57P0|08)/.test(code);
  if (isOfStatement)
    return new LookError('refused query', `PostgreSQL answered ${code}: ${message}.`, { cause: error, code });
  const isSilent = /timeout/.test(message);
  const what = isSilent ? 'The server did not answer in its time' : 'The connection to the server was lost';
  return new LookError(isSilent ? 'time over' : 'lost', `${what}: ${message}.`, { cause: error, code });
}

function seen(error: unknown): { code?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return { message: error.message.replace(/\.$/, ''), ...(typeof code === 'string' && { code }) };
}
