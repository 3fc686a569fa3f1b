import type { Planting } from './planting.js';

/** The warehouse of the data team: a pool without a limit takes most of the connections. */
export const warehouse: Planting = {
  database: 'warehouse',
  owner: 'etl',
  tables: [
    'CREATE TABLE mart.daily_sales (day date PRIMARY KEY, total numeric NOT NULL)',
    "INSERT INTO mart.daily_sales SELECT date '2025-01-01' + n, n % 700 FROM generate_series(0, 400) n",
    'VACUUM ANALYZE',
  ],
  faults: [],
  sessions: [
    {
      login: 'analyst',
      application: 'bi-tool',
      statements: ['SELECT max(day) FROM mart.daily_sales'],
      count: 23,
    },
  ],
};
