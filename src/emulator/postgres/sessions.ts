import pg from 'pg';

export interface SessionOptions {
  port: number;
  user: string;
  password: string;
  database: string;
  application: string;
}

/** A connection to a server on loopback. That the server goes away is no fault of whoever holds it. */
export async function openSession({ application, ...options }: SessionOptions): Promise<pg.Client> {
  const client = new pg.Client({ ...options, host: '127.0.0.1', application_name: application });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Runs statements one after the other, each by itself. Gives the rows of the last. */
export async function asSuperuser(
  { port, password }: Pick<SessionOptions, 'port' | 'password'>,
  database: string,
  statements: readonly string[],
): Promise<readonly Record<string, unknown>[]> {
  const client = await openSession({ port, password, database, user: 'postgres', application: 'sandbox' });
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** Runs each statement in its database. Those after one that fails are run too. */
export async function runEach(
  { port, password }: Pick<SessionOptions, 'port' | 'password'>,
  statements: readonly { database: string; text: string }[],
  failed: (error: unknown) => void,
): Promise<void> {
  let client: pg.Client | undefined;
  for (const { database, text } of statements)
    try {
      if (client?.database !== database) {
        await client?.end();
        client = await openSession({ port, password, database, user: 'postgres', application: 'sandbox' });
      }
      await client.query(text);
    } catch (error) {
      if (!isNotThere(error)) failed(error);
    }
  await client?.end();
}

/** Not every build of PostgreSQL brings every extension of the service. */
const isNotThere = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  /extension .* is not available|could not open extension control file/.test(error.message);
