import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { enter, enterRaw } from '../page/people.js';
import { approver, servePage } from '../page/serving.js';

const browser = browserOfFile();

test('the first page answers whether anything is wrong, and leads to the same board as in a host', async () => {
  const served = await servePage();
  const { page, complaints } = await enter(browser, served, approver);
  await page.getByText(/^\d+ warnings? at first sight, among\s+\d+ instances\./).waitFor();
  await page.getByRole('link', { name: 'Fleet board' }).click();
  await page.getByRole('heading', { level: 1, name: /warnings/ }).waitFor();
  await page
    .getByRole('button', { name: /^analytics.*17\.4/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /^analytics/ }).waitFor();
  await page.getByRole('img', { name: /^storage/ }).waitFor();
  await page.getByRole('link', { name: 'Approvals' }).click();
  await page.getByRole('link', { name: 'Fleet board' }).waitFor();
  expect(complaints).toEqual([]);
});

test('whose sign-in has ended is asked to sign in again', async () => {
  const { page, context } = await enter(browser, await servePage(), approver);
  await page.getByRole('link', { name: 'Fleet board' }).click();
  await page.getByRole('heading', { level: 1, name: /warnings/ }).waitFor();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByLabel('One-time code').waitFor();
});

test('only who may approve sees the board, and nothing is called through it but what reads', async () => {
  const served = await servePage();
  const { cookie } = await enterRaw(served, approver);
  const board = `${served.home}/board`;
  const send = (tool: string, headers: Record<string, string>) =>
    fetch(`${board}/call`, {
      method: 'POST',
      body: JSON.stringify({ tool, arguments: {} }),
      headers: { 'Content-Type': 'application/json', Origin: served.origin, ...headers },
      redirect: 'manual',
    });
  const statuses = {
    stranger: (await fetch(board, { redirect: 'manual' })).status,
    strangerCalls: (await send('fleet_overview', {})).status,
    read: (await send('fleet_overview', { Cookie: cookie })).status,
    foreignPage: (await send('fleet_overview', { Cookie: cookie, Origin: 'https://elsewhere.example' })).status,
    confirm: (await send('confirm_operation', { Cookie: cookie })).status,
    change: (await send('nhn_restart_db_instance', { Cookie: cookie })).status,
  };
  expect(statuses).toEqual({
    stranger: 303,
    strangerCalls: 403,
    read: 200,
    foreignPage: 403,
    confirm: 400,
    change: 400,
  });
});

test('the page of the board is kept out of frames, and talks to its own server only', async () => {
  const served = await servePage();
  const { cookie } = await enterRaw(served, approver);
  const { headers } = await fetch(`${served.home}/board`, { headers: { Cookie: cookie } });
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/);
  expect(policy).toMatch(/connect-src 'self'; frame-ancestors 'none'$/);
  expect(headers.get('x-frame-options')).toBe('DENY');
});
