import type { Tool } from '../../../define/index.js';
import { ProviderError, type ProviderErrorKind } from '../../../providers/provider.js';
import { WireError } from '../../../providers/wire/http.js';
import type { DoctorLine } from '../line.js';

type Verdict = Omit<DoctorLine, 'check'> & { says: string; mend: string };

/** What the errors of TLS mean, by their codes. */
const tlsErrors: Readonly<Record<string, readonly [says: string, mend: string]>> = {
  CERT_HAS_EXPIRED: [
    'its certificate has expired',
    'Look at the clock of this machine, then ask who runs the endpoint.',
  ],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Look at the clock of this machine.'],
  ...Object.fromEntries(
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ].map((code) => [
      code,
      [
        'its certificate is from an authority that is not known here',
        'Where a proxy opens TLS, name the file of its authority in NODE_EXTRA_CA_CERTS.',
      ],
    ]),
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another host',
    'Look at the address of the endpoint, and at what stands between.',
  ],
  EPROTO: ['it does not speak TLS', 'Look at the address of the endpoint: https and http, and the port.'],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'it does not speak TLS',
    'Look at the address of the endpoint: https and http, and the port.',
  ],
};

/** Whether nothing else has to be asked of an account, because every request would end like this. */
export const endsAll = (error: unknown): boolean =>
  error instanceof WireError ? error.failure !== 'too_large' : isUnauthenticated(error) || isGateway(error);

const isUnauthenticated = (error: unknown) => error instanceof ProviderError && error.kind === 'unauthenticated';
const isGateway = (error: unknown) => error instanceof ProviderError && error.kind === 'gateway';

/** Why an account cannot be reached, or cannot be used at all. */
export function accountFailure(error: unknown): DoctorLine {
  if (isUnauthenticated(error))
    return {
      status: 'fault',
      check: 'credentials',
      says: `The provider refuses the credentials (${codeOf(error)}).`,
      mend: 'Copy the keys again, look whether they are active, and look at the clock of this machine.',
    };
  const tls = tlsTroubleOf(error);
  if (tls) {
    const [says, mend] = tls;
    return {
      status: 'fault',
      check: 'tls',
      code: codeOfCause(error),
      says: `The endpoint is there, but ${says}.`,
      mend,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'fault', check: 'endpoint', says: message, mend: reachMend(error) };
}

/** What is wrong with TLS, and what mends it. Undefined for an error of another kind. */
export function tlsTroubleOf(error: unknown): [says: string, mend: string] | undefined {
  const code = codeOfCause(error);
  const [says, mend] = tlsErrors[code] ?? [];
  return says && mend && error instanceof WireError ? [`${says} (${code})`, mend] : undefined;
}

const reachMend = (error: unknown): string =>
  error instanceof WireError && /\bthe proxy\b/i.test(error.message)
    ? 'Ask who runs the proxy to let this host through, or correct the variable that names the proxy.'
    : 'Look at the address of the endpoint, the name service, and what the network lets through.';

/** The code of the error below, where there is one. */
export function codeOfCause(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? codeOfCause(cause) : '';
}

const kinds: Readonly<Record<ProviderErrorKind, (tool: Tool) => Omit<Verdict, 'operation'>>> = {
  unauthenticated: () => ({
    status: 'fault',
    says: 'is refused as not signed in, while other reads are allowed',
    mend: 'Look whether the key may use this service.',
  }),
  forbidden: ({ permission }) => ({
    status: 'fault',
    says: permission
      ? `is not allowed: the key lacks ${[permission].flat().join(' or ')}`
      : 'is not allowed for the key',
    mend: permission
      ? `Give the key the permission ${[permission].flat().join(' or ')}, or leave the operation out with a profile.`
      : 'Give the key the right to it, or leave the operation out with a profile.',
  }),
  not_found: () => ({
    status: 'warning',
    says: 'does not find what a list has shown',
    mend: 'The service may not offer this operation for the account; ask its support if it should.',
  }),
  no_such_path: () => ({
    status: 'warning',
    says: 'is not known at this endpoint',
    mend: 'The service may not offer it in this region; look at the address of the endpoint.',
  }),
  gateway: () => ({
    status: 'fault',
    says: 'is answered by a gateway in front of the provider',
    mend: 'Look at the address of the endpoint and at the keys, then ask again later.',
  }),
  busy: () => ({
    status: 'warning',
    says: 'is refused because other work is under way',
    mend: 'Ask again when that has ended.',
  }),
  too_fast: () => ({
    status: 'warning',
    says: 'is refused because too much is asked',
    mend: 'Let fewer programs use the account, or ask the provider for a higher limit.',
  }),
  unavailable: () => ({
    status: 'fault',
    says: 'is not available',
    mend: 'Look at the status page of the provider, and ask again later.',
  }),
  unreadable: () => ({
    status: 'fault',
    says: 'is answered with something that cannot be read as documented',
    mend: 'Report it, with what --report writes.',
  }),
  refused: () => ({
    status: 'fault',
    says: 'is refused',
    mend: 'Look up the code at the provider, and report it with what --report writes.',
  }),
};

/** How one read failed, while the account as a whole can be used. */
export function readFailure(tool: Tool, error: unknown): DoctorLine {
  const { name: operation } = tool;
  if (error instanceof ProviderError) {
    const { says, ...verdict } = kinds[error.kind](tool);
    const check = error.kind === 'forbidden' ? 'permission' : 'read';
    return { ...verdict, check, operation, code: codeOf(error), says: `${operation} ${says} (${codeOf(error)}).` };
  }
  const says = error instanceof Error ? error.message : String(error);
  return {
    status: 'fault',
    check: 'read',
    operation,
    says: `${operation} has no answer: ${says}`,
    mend: reachMend(error),
  };
}

/** The provider's own code, unless it is more than a code. */
export function codeOf(error: unknown): string {
  if (!(error instanceof ProviderError)) return '';
  const { code, status } = error;
  const isCode = /^-?\d{1,10}$|^[A-Za-z][A-Za-z_]{0,39}$/.test(code);
  return isCode && code !== String(status) ? `HTTP ${status}, code ${code}` : `HTTP ${status}`;
}

/** The status or the failure of the wire for which a request is sent once more. */
export function retryReasonOf(error: unknown): string {
  if (error instanceof ProviderError) return String(error.status);
  return error instanceof WireError ? error.failure : '';
}
