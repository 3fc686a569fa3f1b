import type { Socket } from 'node:net';
import pg from 'pg';
import type { Clock } from '../values/clock.js';
import type { LookTarget } from './database-connection.js';
import { LookError } from './look-error.js';
import { connectFault, queryFault } from './postgres-errors.js';

/** A row as the driver gives it, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** A text that is fixed in this code, and values that are bound. */
export interface AskedStatement {
  text: string;
  values?: readonly unknown[];
  /** The name under which the text is only prepared for what follows, and not run. */
  prepareAs?: string;
}

/** Asks, or prepares what is asked later. */
export type Query = (statement: AskedStatement) => Promise<readonly Row[]>;

/** One connection, for as long as one look takes. */
export interface DatabaseLook {
  query: Query;
  /** What is to be said of the connection, such as that its TLS is not verified. */
  notes: readonly string[];
  close(): void;
}

export interface LookOptions {
  /** Until when everything has to be over, as epoch milliseconds. */
  until: number;
  clock: Pick<Clock, 'now'>;
  signal?: AbortSignal;
}

const connectMilliseconds = 4_000;
const statementMilliseconds = 3_000;
const lockMilliseconds = 100;
/** A server that does not end a statement in its time is not waited for. */
const silenceMilliseconds = 1_000;

/** Memberships with which a role can do harm even in a read-only transaction. */
const powers = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'];

/**
 * Connects for one look. Everything is asked in `BEGIN READ ONLY` … `ROLLBACK`, over the extended protocol, which
 * takes one statement at a time. Throws a `LookError`.
 */
export async function openLook(target: LookTarget, options: LookOptions): Promise<DatabaseLook> {
  const { client, stream, isVerified } = connectionTo(target, options);
  const { signal } = options;
  const stop = () => void stream().destroy();
  signal?.addEventListener('abort', stop);
  const close = () => {
    signal?.removeEventListener('abort', stop);
    void client.end().catch(() => undefined);
    // Nobody waits for a server that does not close its side.
    stream().destroySoon();
  };
  try {
    await client.connect();
  } catch (error) {
    close();
    throw connectFault(error, target);
  }
  const look = { query: asking(client, options), notes: notesOn(target, isVerified()), close };
  try {
    if (!target.allowPowerfulRole) await requireHarmless(look.query, target.user);
    return look;
  } catch (error) {
    close();
    throw error;
  }
}

/** The parts of the driver's connection that its types leave out. */
interface Wire {
  stream: Socket & { authorized?: boolean };
  on(event: 'authenticationCleartextPassword' | 'authenticationMD5Password', listener: () => void): void;
}

function connectionTo(target: LookTarget, { until, clock }: LookOptions) {
  const { host, port, user, password, database, tls, authority } = target;
  const left = until - clock.now();
  if (left <= 0) throw new LookError('time over', `There was no time left to connect to ${host}:${port}.`);
  const client = new pg.Client({
    host,
    port,
    user,
    database,
    // As a function, since the driver takes the environment's password in place of an empty one.
    password: async () => password,
    ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verify', ...(authority && { ca: authority }) },
    enableChannelBinding: true,
    application_name: 'pgfleet',
    connectionTimeoutMillis: Math.min(connectMilliseconds, left),
  });
  const { connection } = client as unknown as { connection: Wire };
  const isVerified = () => connection.stream.authorized === true;
  // These listeners come before the driver's own, which would answer with the password or with what can be turned into
  // it. A stream that is destroyed sends nothing more.
  const refuse = () => {
    const why = 'The server asks for the password in a form that is only sent over verified TLS';
    if (!isVerified()) connection.stream.destroy(new LookError('unverified', `${why}. ${howToVerify}`));
  };
  connection.on('authenticationCleartextPassword', refuse);
  connection.on('authenticationMD5Password', refuse);
  client.on('error', () => undefined);
  return { client, stream: () => connection.stream, isVerified };
}

const howToVerify = 'Name the certificate of its authority as ca in the connection, or give the role a SCRAM password.';

const notesOn = ({ tls }: LookTarget, isVerified: boolean): string[] => {
  if (tls === 'off') return ['The connection is not encrypted (tls: off).'];
  return isVerified ? [] : ['The connection is encrypted, but who answers was not verified: no authority is known.'];
};

/** With what the types of the driver leave out. */
interface AskedQuery extends pg.QueryConfig {
  queryMode: 'extended';
  /** Milliseconds. */
  query_timeout: number;
}

/** Asks within what is left of the time. A statement that fails ends its transaction; the next one begins another. */
function asking(client: pg.Client, { until, clock }: LookOptions): Query {
  let isOpen = false;
  const run = async (text: string, values: readonly unknown[] = [], prepareAs?: string) => {
    const left = until - clock.now();
    if (left <= 0) throw new LookError('time over', 'The time of this look was over.');
    if (prepareAs !== undefined) {
      await prepared(client, { name: prepareAs, text }).catch((error: unknown) => {
        throw queryFault(error);
      });
      return [];
    }
    const asked: AskedQuery = {
      text,
      values: [...values],
      queryMode: 'extended',
      query_timeout: Math.min(statementMilliseconds + silenceMilliseconds, left),
    };
    try {
      const { rows } = await client.query<Row>(asked);
      return rows;
    } catch (error) {
      throw queryFault(error);
    }
  };
  return async ({ text, values, prepareAs }) => {
    if (!isOpen) {
      await run('BEGIN READ ONLY');
      isOpen = true;
      await run(limits.text, limits.values);
    }
    try {
      return await run(text, values, prepareAs);
    } catch (error) {
      isOpen = false;
      if (!(error instanceof LookError) || !error.isFinal) await run('ROLLBACK');
      throw error;
    }
  };
}

/** The parts of the driver's connection that prepare a statement. */
interface Preparing {
  parse(query: { name: string; text: string; types: readonly number[] }): void;
  sync(): void;
}

/** Has the server read a statement under a name. The driver itself would run it at once. */
const prepared = (client: pg.Client, { name, text }: { name: string; text: string }): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query({
      submit(connection: pg.Connection) {
        const wire = connection as unknown as Preparing;
        wire.parse({ name, text, types: [] });
        wire.sync();
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(),
    } as pg.Submittable);
  });

/**
 * They hold for the transaction. Without a path, no function or operator of the database stands in for one of the
 * system. Texts are read as the standard has it, whatever the database says. A look takes one process of the server.
 */
const limits = {
  text: `SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
    set_config('search_path', 'pg_catalog', true), set_config('standard_conforming_strings', 'on', true),
    set_config('max_parallel_workers_per_gather', '0', true)`,
  values: [String(statementMilliseconds), String(lockMilliseconds)],
};

/** What lets the role of a look do harm, as by a membership. */
export async function powersOf(query: Query): Promise<readonly string[]> {
  const [role] = await query({
    text: `SELECT r.rolsuper AS "isSuperuser", ARRAY(
        SELECT g.rolname::text FROM pg_roles g
        WHERE g.rolname = ANY ($1) AND pg_has_role(r.oid, g.oid, 'member')) AS powers
      FROM pg_roles r WHERE r.rolname = current_user`,
    values: [powers],
  });
  if (!role) return ['not known'];
  return role['isSuperuser'] === true ? ['superuser'] : (role['powers'] as string[]);
}

async function requireHarmless(query: Query, user: string): Promise<void> {
  const held = await powersOf(query);
  if (held.length === 0) return;
  throw new LookError(
    'powerful role',
    `The role ${JSON.stringify(user)} is ${held.join(', ')}, so that even a read can do harm. Look with a role that ` +
      'has pg_monitor alone, or set allowPowerfulRole in the connection.',
  );
}
