import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { DatabaseConnection } from '../../inspect/database-connection.js';
import { variableName } from '../../inspect/database-connection.js';
import { isRecord, type Values } from '../../values/values.js';
import { expandedPath } from '../home.js';
import type { ConfigFile, Sources } from '../sources.js';

/** Each connection has a variable of its own, with a URL: `PGFLEET_DB_URL_NHN_ORDERS_PRIMARY`. */
export const databaseVariablePrefix = 'PGFLEET_DB_URL_';

interface DatabaseSources {
  env: Readonly<Record<string, string | undefined>>;
  file: ConfigFile;
  sources: Sources;
  /** The names of the accounts that there are, those of the sandbox too. */
  accounts: readonly string[];
  faults: string[];
}

export interface ReadDatabases {
  databases: readonly DatabaseConnection[];
  /** Environment variables that entries of the file refer to. */
  variables: ReadonlySet<string>;
}

/** The connections to look inside instances, from `databases` of the file and from variables. */
export function readDatabases(options: DatabaseSources): ReadDatabases {
  const { env, file, faults } = options;
  const { databases: entries = {} } = file.values;
  if (!isRecord(entries)) faults.push(`databases in ${file.path} has to be an object of connections by instances.`);
  const written = Object.entries(isRecord(entries) ? entries : {});
  const named = written.flatMap(([key, value]) => fromFile(key, value, options));
  const variables = Object.entries(env).flatMap(([name, url]) =>
    name.startsWith(databaseVariablePrefix) && url !== undefined ? fromVariable(name, url, options) : [],
  );
  faults.push(...doubled([...named, ...variables]));
  const referred = written.flatMap(([, value]) =>
    Object.values(isRecord(value) ? value : {}).flatMap((each) =>
      isRecord(each) && typeof each['env'] === 'string' ? [each['env']] : [],
    ),
  );
  return { databases: [...named, ...variables], variables: new Set(referred) };
}

const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The members of an entry of the file. Each can be a text, `{ "env": … }` or `{ "file": … }`. */
const members = {
  user: { form: z.string(), meaning: 'the name of a role' },
  password: { form: z.string(), meaning: 'its password' },
  database: { form: z.string(), meaning: 'the name of a database' },
  host: { form: z.string().regex(/^[^\s/@]+$/), meaning: 'a host or an address' },
  port: { form: z.coerce.number().int().min(1).max(65_535), meaning: 'a port' },
  tls: { form: z.enum(['verify', 'off']), meaning: 'verify or off; left out, it is used and verified where it can be' },
  ca: { form: z.string(), meaning: 'a file of certificates as PEM' },
  instance: { form: z.string(), meaning: 'the id of the instance at its provider' },
  allowPowerfulRole: { form: yesNo, meaning: 'true or false' },
  explain: { form: yesNo, meaning: 'true or false' },
} as const;
type Member = keyof typeof members;
type Given = { [Key in Member]?: z.infer<(typeof members)[Key]['form']> };

const isMember = (key: string): key is Member => Object.hasOwn(members, key);

function fromFile(key: string, value: unknown, options: DatabaseSources): DatabaseConnection[] {
  const { file, faults } = options;
  const where = `databases.${key} in ${file.path}`;
  const place = /^(?<account>[^:]+):(?<instance>.+)$/s.exec(key)?.groups;
  const { account = '', instance = '' } = place ?? {};
  if (!options.accounts.includes(account)) {
    const known = options.accounts.join(', ') || 'none';
    faults.push(`${where} has to be named by an account and an instance, as in nhn:orders. Accounts are: ${known}.`);
    return [];
  }
  if (!isRecord(value)) {
    faults.push(`${where} has to be an object.`);
    return [];
  }
  return completed({ where, account, instance, kind: 'file' }, membersOf(value, where, options), options);
}

function membersOf(value: Values, where: string, { sources, faults }: DatabaseSources): Given {
  const given: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    const at = `${key} of ${where}`;
    if (!isMember(key)) {
      faults.push(`${at} is not known. Known are: ${Object.keys(members).join(', ')}.`);
      continue;
    }
    const found = sources.resolve(each, at);
    const parsed = found && members[key].form.safeParse(found.text);
    if (parsed?.success) given[key] = parsed.data;
    // A value is never quoted, because any of them may hold a secret by mistake.
    else if (found) faults.push(`${at} has to be ${members[key].meaning}.`);
  }
  return given;
}

/** What `sslmode` of a URL means. */
const modes: Readonly<Record<string, DatabaseConnection['tls']>> = {
  disable: 'off',
  prefer: undefined,
  require: undefined,
  'verify-ca': 'verify',
  'verify-full': 'verify',
};

const parameters = ['sslmode', 'sslrootcert', 'instance', 'explain'];
const form = 'postgres://user:password@/database, with a host and a port where the fleet does not tell them';

function fromVariable(name: string, text: string, options: DatabaseSources): DatabaseConnection[] {
  const { faults } = options;
  const where = `the environment variable ${name}`;
  const written = name.slice(databaseVariablePrefix.length);
  const fitting = options.accounts.filter((account) => written.startsWith(`${variableName(account)}_`));
  const [account] = fitting;
  const url = urlOf(text);
  if (fitting.length > 1)
    faults.push(`${where} fits several accounts: ${fitting.join(', ')}. Use databases in the file.`);
  if (account === undefined)
    faults.push(`${where} begins with no account: after ${databaseVariablePrefix} comes an account, then an instance.`);
  if (!url) faults.push(`${where} has to be ${form}.`);
  if (account === undefined || fitting.length > 1 || !url) return [];
  const unknown = [...url.searchParams.keys()].filter((key) => !parameters.includes(key));
  const mode = url.searchParams.get('sslmode');
  if (unknown.length > 0) faults.push(`${where} has unknown parameters. Known are: ${parameters.join(', ')}.`);
  if (mode !== null && !Object.hasOwn(modes, mode))
    faults.push(`sslmode of ${where} has to be one of ${Object.keys(modes).join(', ')}.`);
  const explain = url.searchParams.get('explain') ?? 'false';
  if (!yesNo.safeParse(explain).success) faults.push(`explain of ${where} has to be ${members.explain.meaning}.`);
  const instance = written.slice(variableName(account).length + 1);
  return completed(
    { where, account, instance, kind: 'variable' },
    {
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)) || undefined,
      host: url.hostname === fromFleet ? undefined : url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? undefined : Number(url.port),
      tls: modes[mode ?? 'prefer'],
      ca: url.searchParams.get('sslrootcert') ?? undefined,
      instance: url.searchParams.get('instance') ?? undefined,
      explain: explain === 'true',
    },
    options,
  );
}

/** Stands where a URL names no host. */
const fromFleet = 'host.invalid';

/** Undefined for what is not a URL of PostgreSQL. */
function urlOf(text: string): URL | undefined {
  const whole = text.trim().replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[:/?#]|$)/, `$1${fromFleet}`);
  if (!/^postgres(ql)?:\/\/[^/?#]*@/.test(whole) || !URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  return isDecodable(url) ? url : undefined;
}

function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    return [username, password, pathname].map(decodeURIComponent).length > 0;
  } catch {
    return false;
  }
}

type Place = Pick<DatabaseConnection, 'where' | 'account' | 'instance' | 'kind'>;

function completed(place: Place, given: Given, { env, faults }: DatabaseSources): DatabaseConnection[] {
  const { user, password = '', database = 'postgres', host, port, tls, ca, instance: instanceId } = given;
  if (user === undefined || user === '') {
    faults.push(`${place.where} lacks user.`);
    return [];
  }
  const authority = ca === undefined ? undefined : certificatesIn(expandedPath(ca, env));
  if (ca !== undefined && authority === undefined)
    faults.push(`ca of ${place.where} has to be a file of certificates as PEM that can be read.`);
  const { allowPowerfulRole = false, explain = false } = given;
  const login = { user, password, database, host, port, tls, authority };
  return [{ ...place, ...login, instanceId, allowPowerfulRole, explain }];
}

function certificatesIn(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('-----BEGIN CERTIFICATE-----') ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Two connections for one instance: nobody could say which of them counts. */
function doubled(connections: readonly DatabaseConnection[]): string[] {
  const places = new Map<string, DatabaseConnection>();
  return connections.flatMap((connection) => {
    const { kind, account, instance, where } = connection;
    const name = `${account}:${kind === 'variable' ? instance : variableName(instance)}`;
    const other = places.get(name);
    places.set(name, connection);
    const isSame = other && (other.kind !== kind || kind === 'variable');
    return isSame ? [`${where} and ${other.where} are for the same instance.`] : [];
  });
}
