import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { connect } from '../../support/connect.js';
import { type OpenBoard, openBoard } from './host.js';

const browser = browserOfFile();

/** `SCREENSHOTS=docs/pictures` renews the pictures of the documents. */
const folder = process.env['SCREENSHOTS'] ?? mkdtempSync(join(tmpdir(), 'pgfleet-shot-'));
const viewport = { width: 800, height: 560 };
const largest = 150_000;

async function shoot({ page, complaints }: OpenBoard, name: string): Promise<void> {
  const path = join(folder, `board-${name}.png`);
  await page.evaluate('window.scrollTo(0, 0)');
  await page.screenshot({ path, clip: { x: 0, y: 0, ...viewport } });
  expect(statSync(path).size).toBeGreaterThan(10_000);
  expect(statSync(path).size).toBeLessThan(largest);
  expect(complaints).toEqual([]);
}

test.each(['light', 'dark'] as const)('every view makes a %s picture without a complaint', async (theme) => {
  const connection = await connect();
  const options = { context: { theme }, browserOptions: { viewport } };
  const opened = await openBoard(browser, connection, options);
  const { board } = opened;
  await board.getByText('examining').waitFor({ state: 'hidden' });
  await shoot(opened, `fleet-${theme}`);
  await board.getByRole('button', { name: /^analytics.*17\.4/ }).click();
  await board.getByRole('img', { name: /^storage/ }).waitFor();
  await board.getByText('Newest backup').waitFor();
  await board.getByText('Asking…').first().waitFor({ state: 'detached' });
  await shoot(opened, `instance-${theme}`);
  const plan = { tool: 'nhn_delete_db_instance', input: { dbInstanceId: 'staging' } };
  const planned = await openBoard(browser, connection, { ...options, ...plan });
  await planned.board.getByText('Nothing was sent yet.').waitFor();
  await shoot(planned, `plan-${theme}`);
});
