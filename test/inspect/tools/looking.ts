import { type Answer, connect } from '../../support/connect.js';
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
