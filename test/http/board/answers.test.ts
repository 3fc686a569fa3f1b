import { beforeAll, expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { connect } from '../../support/connect.js';
import { asSuperuser, ownDatabase, sharedCluster, type TestCluster, urlOf } from '../../support/services/postgres.js';
import { policyOf } from '../support/people.js';
import { openBoard } from './host.js';

const browser = browserOfFile();
const quiet = ['--sandbox', '--scenario', 'quiet'];

test('where nothing is wrong, the board says so', async () => {
  const { board } = await openBoard(browser, await connect({ args: quiet }));
  await board.getByRole('heading', { level: 1, name: /^Nothing is wrong( \(\d+ notices?\))?$/ }).waitFor();
});

test('without the answer of an account, or what the policy hides, the board says that not all was seen', async () => {
  const fault = ['--fault', 'GET /v1.0/db-instances=status:503'];
  const rules = [
    { effect: 'deny', instances: ['orders*'], reason: 'They are not for everybody.' },
    { effect: 'allow' },
  ];
  for (const [connection, gap] of [
    [await connect({ args: [...quiet, ...fault] }), /^nhn /],
    [await connect({ args: quiet, env: policyOf({ rules }) }), /not shown: the policy denies it/],
  ] as const) {
    const { board } = await openBoard(browser, connection);
    await board.getByRole('heading', { level: 1, name: /^Nothing found, but not all was seen/ }).waitFor();
    await board.getByText(gap).waitFor();
  }
});

test('a call that a person decides on elsewhere is shown as one, and what is no plan as its text', async () => {
  const connection = await connect({ env: { PGFLEET_CONFIRM: 'human' } });
  const input = { operation: 'nhn_delete_db_instance', arguments: { dbInstanceId: 'staging' } };
  const waiting = await openBoard(browser, connection, { tool: 'run_operation', input });
  await waiting.board.getByRole('heading', { level: 1, name: /^Delete DB instance: staging/ }).waitFor();
  await waiting.board.getByText('A person decides on it on the approval page.').waitFor();
  expect(await waiting.board.locator('a').count()).toBe(0);
  const impossible = { operation: 'nhn_restart_db_instance', arguments: { dbInstanceId: 'staging' } };
  const refused = await openBoard(browser, connection, { tool: 'run_operation', input: impossible });
  await refused.board.getByText('nhn_start_db_instance starts it').waitFor();
});

test('in a host that passes no calls on, the answer itself is shown, and what is missing is said', async () => {
  const connection = await connect();
  const capabilities = {};
  const { board, called } = await openBoard(browser, connection, { capabilities });
  await board.getByText('This host lets the board ask nothing').waitFor();
  await board.getByRole('button', { name: /^orders-east/ }).waitFor();
  const about = { tool: 'fleet_get_instance', input: { instance: 'orders-east' }, capabilities };
  const one = await openBoard(browser, connection, about);
  await one.board.getByText(/orders-east.*degraded/).waitFor();
  expect([...called, ...one.called]).toEqual([]);
});

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

test('what PostgreSQL itself says stands with the instance', async () => {
  const database = await ownDatabase(cluster.primary);
  const make = 'CREATE FUNCTION hush_hush() RETURNS int LANGUAGE sql SECURITY DEFINER AS';
  await asSuperuser(cluster.primary, [`${make} 'SELECT 1'`], database);
  const connection = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(cluster.primary, 'monitor', database) },
  });
  const input = { instance: 'orders-primary' };
  const { board } = await openBoard(browser, connection, { tool: 'fleet_get_instance', input });
  await board.getByRole('heading', { level: 1, name: /^orders-primary/ }).waitFor();
  const inside = board.getByRole('region', { name: 'Inside the database' });
  await inside.getByText('Asking…').waitFor({ state: 'detached' });
  const definer = /A function runs as its owner/;
  await inside.getByRole('listitem').filter({ hasText: definer }).waitFor();
  expect(await board.locator('body').textContent()).not.toMatch(/hush_hush|story_|monitor/);

  await board.getByRole('button', { name: 'Back to the fleet' }).click();
  await board
    .getByRole('button', { name: /^orders-primary/ })
    .filter({ hasText: definer })
    .waitFor();
  expect(await board.locator('body').textContent()).not.toMatch(/hush_hush|story_/);
});
