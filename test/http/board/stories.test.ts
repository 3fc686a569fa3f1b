import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { openBoard } from './host.js';

const browser = browserOfFile();

test('the board answers whether anything is wrong, and opens an instance', async () => {
  const { board, called, complaints } = await openBoard(browser, await connect());
  await board.getByRole('heading', { level: 1, name: '26 warnings, 7 notices' }).waitFor();
  // Of each cloud the instance that is worst off stands first.
  const first = board
    .getByRole('region', { name: /samsung/ })
    .getByRole('button')
    .first();
  expect(await first.textContent()).toMatch(/orders-east degraded.*Replication falls behind/);

  await board.getByRole('button', { name: /analytics.*17\.4.*Storage is nearly full/ }).click();
  await board.getByRole('heading', { level: 1, name: 'analytics available' }).waitFor();
  await board.getByText(/STORAGE_USAGE 93 %/).waitFor();
  const storage = board.getByRole('img', { name: /^storage from .*maximum 93.* %$/ });
  await storage.waitFor();
  expect(await storage.locator('path.line').getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){20,}$/);
  await board.getByText('Newest backup').waitFor();
  await board.getByText(/no connection is configured/).waitFor();

  await board.getByRole('button', { name: 'Back to the fleet' }).click();
  await board.getByRole('heading', { level: 1, name: '26 warnings, 7 notices' }).waitFor();
  expect(new Set(called.map(({ name }) => name))).toEqual(
    new Set([
      'fleet_overview',
      'fleet_check',
      'fleet_get_instance',
      'fleet_diagnose_instance',
      'fleet_get_metrics',
      'fleet_list_events',
    ]),
  );
  expect(complaints).toEqual([]);
});

test('a plan is shown whole, without its token and without anything to say yes with', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet });
  const { board, called, complaints } = await openBoard(browser, connection, {
    tool: 'nhn_delete_db_instance',
    input: { dbInstanceId: 'staging' },
  });
  await board.getByRole('heading', { level: 1, name: /^Delete DB instance: staging/ }).waitFor();
  await board.getByText('Nothing was sent yet.').waitFor();
  const text = (await board.locator('body').textContent()) ?? '';
  expect(text).toContain('Way back: None.');
  expect(text).toContain('Automatic backups, which go with it: 4.');
  expect(text).not.toContain('confirmation_token');
  expect(await board.getByRole('button').allTextContents()).toEqual(['Back to the fleet']);
  await board.getByRole('button').click();
  await board.getByRole('heading', { level: 1, name: /warnings/ }).waitFor();
  expect(called.map(({ name }) => name)).not.toContain('confirm_operation');
  expect(fleet.changes()).toEqual([]);
  expect(complaints).toEqual([]);
});

test('names that are HTML are shown as the text that they are', async () => {
  const attack = '<img src=x onerror=alert(1)>';
  const fleet = await startFleet({ altered: (body) => body.replaceAll('billing-legacy', attack) });
  const { board, page, complaints } = await openBoard(browser, await connect({ fleet }));
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await board.getByRole('button', { name: attack }).first().click();
  await board.getByRole('heading', { level: 1, name: attack }).waitFor();
  await board.getByText('Newest backup').waitFor();
  expect(await board.locator('img').count()).toBe(0);
  expect(dialogs).toEqual([]);
  expect(complaints).toEqual([]);
});

test('characters that turn or hide text are made visible', async () => {
  const fleet = await startFleet({ altered: (body) => body.replaceAll('billing-legacy', 'billing\u202Eycagel\u200B') });
  const { board } = await openBoard(browser, await connect({ fleet }));
  await board.getByRole('button', { name: 'billing\uFFFDycagel\uFFFD' }).first().waitFor();
  expect(await board.locator('body').textContent()).not.toMatch(/[\u202E\u200B]/);
});

test('were something injected after all, the browser would neither take it as HTML nor send anything', async () => {
  const { page, board } = await openBoard(browser, await connect());
  await board.getByRole('heading', { level: 1, name: /warnings/ }).waitFor();
  const tried = (what: string) =>
    page.frames()[1]?.evaluate(`(async () => { ${what} })().catch((error) => error.name)`);
  expect(await tried("document.body.innerHTML = '<b>'")).toBe('TypeError');
  expect(await tried("await fetch('http://host.example/', { mode: 'no-cors' })")).toBe('TypeError');
});

test('the keyboard alone reaches an instance and comes back to where it was', async () => {
  const { board, page } = await openBoard(browser, await connect());
  await board.getByText('examining').waitFor({ state: 'hidden' });
  const focused = board.locator(':focus');
  await board.locator('body').press('Tab');
  expect(await focused.textContent()).toBe('Look again');
  await page.keyboard.press('Tab');
  expect(await focused.textContent()).toMatch(/^orders-east/);
  await page.keyboard.press('Enter');
  await board.getByRole('heading', { level: 1, name: /^orders-east/ }).waitFor();
  expect(await focused.evaluate('document.activeElement.tagName')).toBe('H1');
  await page.keyboard.press('Shift+Tab');
  expect(await focused.textContent()).toBe('Back to the fleet');
  await page.keyboard.press('Enter');
  await board.getByRole('heading', { level: 1, name: /warnings/ }).waitFor();
  expect(await focused.textContent()).toMatch(/^orders-east/);
});
