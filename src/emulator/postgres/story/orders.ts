import type { Planting } from './planting.js';

/** The order service: a payment that was never finished holds up those who come after it. */
export const orders: Planting = {
  database: 'orders',
  owner: 'orders_admin',
  paused: 'orders-replica',
  tables: [
    'CREATE TABLE sales.customers (id bigserial PRIMARY KEY, email text NOT NULL)',
    'CREATE TABLE sales.orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES sales.customers, ' +
      "state text NOT NULL DEFAULT 'open', total numeric(10, 2) NOT NULL, placed_at timestamptz DEFAULT now())",
    'CREATE INDEX orders_customer_id_index ON sales.orders (customer_id)',
    'CREATE TABLE sales.carts (id bigserial PRIMARY KEY, changed_at timestamptz NOT NULL DEFAULT now())',
    'CREATE TABLE audit.entries (id serial PRIMARY KEY, what text NOT NULL)',
    "INSERT INTO sales.customers (email) SELECT 'customer-' || n || '@example.com' FROM generate_series(1, 5000) n",
    'INSERT INTO sales.orders (customer_id, total) SELECT 1 + n % 5000, n % 90 FROM generate_series(1, 50000) n',
    'INSERT INTO sales.carts SELECT FROM generate_series(1, 20000)',
    "INSERT INTO audit.entries (what) SELECT 'opened' FROM generate_series(1, 500)",
    'VACUUM ANALYZE',
  ],
  faults: [
    // 96 % of the integers that its keys can be.
    { text: "SELECT setval('audit.entries_id_seq', 2061584302)" },
    { text: 'ALTER TABLE sales.carts SET (autovacuum_enabled = false)' },
    { text: 'UPDATE sales.carts SET changed_at = now()' },
    { text: "INSERT INTO sales.customers (email) VALUES ('customer-1@example.com')" },
    { text: 'CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON sales.customers (email)', fails: true },
    { text: "SELECT pg_create_physical_replication_slot('reports_of_last_year', true)", isOfServer: true },
  ],
  sessions: [
    {
      login: 'orders_app',
      application: 'checkout',
      statements: [
        ...Array.from({ length: 20 }, () => "SELECT count(*) FROM sales.orders WHERE state = 'open' AND total > 80"),
        'BEGIN',
        "UPDATE sales.orders SET state = 'paid' WHERE id = 1",
      ],
    },
    {
      login: 'orders_app',
      application: 'checkout',
      statements: [],
      // Sent as one, they are one transaction, which ends by itself once it gets on.
      waits:
        "UPDATE sales.orders SET state = 'packed' WHERE id = 2; UPDATE sales.orders SET state = 'packed' WHERE id = 1",
    },
    {
      login: 'orders_app',
      application: 'checkout',
      statements: [],
      waits: 'UPDATE sales.orders SET total = total - 1 WHERE id = 1',
      count: 2,
    },
    {
      login: 'reporting',
      application: 'nightly report',
      statements: [],
      waits: 'SELECT total FROM sales.orders WHERE id = 2 FOR UPDATE',
    },
  ],
};
