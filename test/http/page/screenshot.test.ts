import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { enter } from './people.js';
import { approver, servePage } from './serving.js';

const browser = browserOfFile();

/** `SCREENSHOT=docs/pictures/approval.png` renews that picture, which a palette of 256 colours then makes smaller. */
const wanted = process.env['SCREENSHOT'];

test('a destructive request that waits makes a whole picture without a complaint', async () => {
  const served = await servePage({ rule: { reason: 'Deleting in production needs somebody of the platform team.' } });
  const waiting = await served.remove();
  await served.clock.turn(7 * 60_000);
  const { page, complaints } = await enter(browser, served, approver, waiting.id, {
    viewport: { width: 900, height: 800 },
  });
  await page.getByRole('heading', { level: 1, name: 'Delete DB instance: billing-legacy' }).waitFor();

  const path = wanted ?? join(mkdtempSync(join(tmpdir(), 'pgfleet-shot-')), 'approval.png');
  await page.screenshot({ path, fullPage: true });
  expect(statSync(path).size).toBeGreaterThan(20_000);
  expect(complaints).toEqual([]);
});
