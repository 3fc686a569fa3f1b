import { type Answer, type Connection, connect, type Result } from '../../support/connect.js';
import { type TestCluster, type TestRole, urlOf } from '../../support/services/postgres.js';

export interface Looking {
  database?: string;
  answer?: Answer;
  env?: Readonly<Record<string, string>>;
}

/** A client on the sandbox, in which the primary of orders has a real database behind it. */
export const lookingAt = ({ primary }: TestCluster, role: TestRole, { database, answer, env }: Looking = {}) =>
  connect({
    answer,
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(primary, role, database), ...env },
  });

/** Every page of a list, each begun at the offset that the one before names. */
export async function toTheEnd(
  call: Connection['call'],
  tool: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Result[]> {
  const pages: Result[] = [];
  for (let offset: string | undefined = '0'; offset !== undefined; ) {
    const page: Result = await call(tool, { ...args, offset: Number(offset) });
    pages.push(page);
    offset = /offset (\d+) shows what follows/.exec(String(page.data['more']))?.[1];
  }
  return pages;
}
