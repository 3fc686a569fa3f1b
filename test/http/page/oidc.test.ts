import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { instanceNamed } from '../../support/nhn.js';
import { oauthHost } from '../support/oauth-host.js';
import { startOidc } from '../support/oidc.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const browser = browserOfFile();

/** A server whose callers and approvers sign in at one real issuer. */
async function serve(): Promise<HttpServer> {
  const { url, clients } = await startOidc();
  const confirm = { PGFLEET_CONFIRM: 'human', PGFLEET_CHALLENGE_SCOPES: 'write,disruptive' };
  return startHttp({ env: { PGFLEET_ISSUER: url, PGFLEET_CLIENT_ID: clients.page, ...confirm } });
}

test('what a host has asked for is approved by somebody who signs in at the issuer in a browser', async () => {
  const { url } = await serve();
  const { call } = await oauthHost({ login: 'dana' }).connect({ url });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_restart_db_instance', { dbInstanceId });
  const approval = { approval_id: String(data['approval_id']) };
  const { page, complaints } = await browser.open();
  await page.goto(`${url}/approvals/${approval.approval_id}`);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  await page.getByLabel('Name').fill('ravi');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/approvals/${approval.approval_id}`);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved by ravi').waitFor();
  expect(await call('confirm_operation', approval)).toMatchObject({ isError: false });
  expect(complaints).toEqual([]);
});

test('somebody who cancels at the issuer is told so, and can begin again', async () => {
  const { url } = await serve();
  const { page } = await browser.open();
  await page.goto(`${url}/approvals`);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('You are not signed in. The sign-in was cancelled');
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  await page.getByLabel('Name').fill('ravi');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/approvals`);
});
