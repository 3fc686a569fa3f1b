import { createRequire } from 'node:module';
import { sanitizeWords } from '../values/sanitize-text.js';

/** The keychain of the user, which the system protects. */
export interface Keychain {
  /** Undefined when there is no such entry. Throws a `KeychainError` when the keychain does not answer. */
  get(account: string): string | undefined;
  set(account: string, value: string): void;
}

/** Thrown when there is no keychain, or when it refuses. */
export class KeychainError extends Error {
  override readonly name = 'KeychainError';
}

const service = 'pgfleet';
const packageName = '@napi-rs/keyring';

/** The parts of the package that are used. */
interface Binding {
  Entry: new (
    service: string,
    account: string,
    options: { linux: { store: 'secret-service' } },
  ) => { getPassword(): string | null; setPassword(value: string): void };
}

/** Opens the keychain with the package that stands beside this program. */
export function openKeychain(): Keychain {
  let binding: Binding | undefined;
  function use<Result>(account: string, work: (entry: InstanceType<Binding['Entry']>) => Result): Result {
    binding ??= loadBinding();
    try {
      // Left to itself, the package takes the memory of the kernel on Linux, which forgets with the next start.
      return work(new binding.Entry(service, account, { linux: { store: 'secret-service' } }));
    } catch (error) {
      const reason = sanitizeWords(error instanceof Error ? error.message : String(error), 200);
      throw new KeychainError(`the keychain refuses (${reason})`, { cause: error });
    }
  }
  return {
    get: (account) => use(account, (entry) => entry.getPassword() ?? undefined),
    set: (account, value) => use(account, (entry) => entry.setPassword(value)),
  };
}

/** It is compiled for each machine, so it is no part of the bundle, and only loaded where it is wanted. */
function loadBinding(): Binding {
  try {
    return createRequire(import.meta.url)(packageName) as Binding;
  } catch (error) {
    throw new KeychainError(
      `the keychain needs the package ${packageName} beside pgfleet: npm install ${packageName}`,
      {
        cause: error,
      },
    );
  }
}

/** How a value in the keychain is named in the configuration file, as in `pgfleet/nhn/appKey`. */
export const keychainName = (account: string): string => `${service}/${account}`;

/** The account in the keychain of such a name. Undefined for a name of another form. */
export const accountInKeychain = (name: string): string | undefined => /^pgfleet\/([^/\s]+\/[^/\s]+)$/.exec(name)?.[1];
