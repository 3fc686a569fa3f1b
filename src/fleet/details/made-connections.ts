import { keptValue } from '../../call/secrets/secrets.js';
import type { AccessSettings, DatabaseConnection, InspectedInstance } from '../../inspect/database-connection.js';
import { LookError } from '../../inspect/look-error.js';
import type { MadeAccesses } from './made-accesses.js';

/**
 * The connection by a login that pgfleet made for an instance, with what is written down for the instance beside the
 * login. Undefined where it made none. Throws a `LookError` where its password cannot be read.
 */
export const madeConnections =
  (accesses: MadeAccesses, { tls }: AccessSettings) =>
  async (
    { reference, account, name }: InspectedInstance,
    written?: DatabaseConnection,
  ): Promise<DatabaseConnection | undefined> => {
    const access = await accesses.of(reference);
    if (access?.passwordFile === undefined) return undefined;
    const { login, database, passwordFile } = access;
    const password = await keptValue(passwordFile).catch((cause: unknown) => {
      const what = `The password of ${login} was kept in ${passwordFile}, which cannot be read here.`;
      throw new LookError('login refused', `${what} database_access takes the login away with remove.`, { cause });
    });
    return {
      ...(written ?? { tls, explain: false }),
      where: 'database_access',
      kind: 'file',
      account,
      instance: name,
      user: login,
      password,
      database,
      instanceId: reference.slice(account.length + 1),
      allowPowerfulRole: false,
    };
  };
