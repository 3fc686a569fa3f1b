/** How to reach the database inside an instance, as the operator wrote it down. */
export interface DatabaseConnection {
  /** Where it is written, for sentences: `databases.nhn:orders-primary in pgfleet.json`, or a variable. */
  where: string;
  /** The name of the account. */
  account: string;
  /** The name of the instance, or a pattern as in policies. For a variable, the name in capitals and underscores. */
  instance: string;
  kind: 'file' | 'variable';
  user: string;
  password: string;
  database: string;
  /** Left out, the endpoints that the provider tells are tried. */
  host?: string;
  port?: number;
  /**
   * Left out, the connection is encrypted, and verified where the system or `authority` knows who signed. `verify`
   * insists on it, and `off` does without TLS.
   */
  tls?: 'verify' | 'off';
  /** Certificates of authorities to trust, as PEM. */
  authority?: string;
  /** The provider's id of the instance that it is for. Left out, it is the first one that is found under the name. */
  instanceId?: string;
  /** Whether a role may look that could do harm, such as a superuser. */
  allowPowerfulRole: boolean;
  /** Whether plans of statements may be shown, for which texts of the server's own view are planned. */
  explain: boolean;
}

/** What the operator wrote down for logins that pgfleet makes. */
export interface AccessSettings {
  /** Where looks come from: one address, as a range. */
  address: string;
  tls?: DatabaseConnection['tls'];
}

/** An instance, as far as a look needs to know it. */
export interface InspectedInstance {
  /** Such as `nhn:<id>`. */
  reference: string;
  /** The name of its account. */
  account: string;
  name: string;
  endpoints?: readonly { address: string; port?: number }[];
}

/** Where a look is made: a connection, with the address that it goes to. */
export type LookTarget = Pick<
  DatabaseConnection,
  'user' | 'password' | 'database' | 'tls' | 'authority' | 'allowPowerfulRole'
> & { host: string; port: number };

/** A name as it stands in `PGFLEET_DB_URL_<NAME>`: in capitals, all else as `_`. */
export const variableName = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '_');
