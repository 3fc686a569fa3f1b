import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { enter } from './people.js';
import { agent, approver, reader, secondApprover, servePage } from './serving.js';

const browser = browserOfFile();

test('a person signs in with the code and sees what waits, the fleet and the audit record', async () => {
  const served = await servePage();
  await served.remove();
  const refused = await served.restart({ caller: { ...agent, id: 'agent-8' } });
  await served.approvals.decide(refused.id, { by: approver, verdict: 'refuse', reason: 'Not during the day' });
  const { page, complaints } = await enter(browser, served, approver);

  await expect(page.title()).resolves.toBe('1 request waits · pgfleet');
  const text = await page.getByRole('main').innerText();
  expect(text).toMatch(/Destructive\s+Delete DB instance: billing-legacy/);
  expect(text).toMatch(/release agent asked .* at NHN Cloud/);
  expect(text).toMatch(/Expires in (59|60) minutes|Expires in 1 hour/);
  expect(text).toMatch(/Restart DB instance: analytics\s+Refused by DBA on call/);
  expect(text).toMatch(/\d+ instances: \d+ available/);
  expect(text).toMatch(/Warning\s+billing-legacy/);
  expect(text).toMatch(/Decision nhn_restart_db_instance on analytics\s+refused: Not during the day, by DBA on call/);
  expect(complaints).toEqual([]);
});

test('a disruptive request is approved with the keyboard alone; one key leads past the top of the page', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { page, complaints } = await enter(browser, served, approver);
  const focused = () => page.evaluate('document.activeElement.innerText');

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Hold it still');
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('Restart DB instance: analytics');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${served.home}/${waiting.id}`);

  for (let i = 0; i < 10 && (await focused()) !== 'Approve: Restart DB instance'; i += 1) {
    await page.keyboard.press('Tab');
  }
  const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth');
  expect(outline).toBe('3px');
  await page.keyboard.press('Enter');
  await page.getByText('Approved by DBA on call').waitFor();

  const decided = await served.approvals.get(waiting.id);
  expect(decided).toMatchObject({ state: 'approved', decision: { id: 'dba-on-call', name: 'DBA on call' } });
  expect(await page.getByRole('button').allInnerTexts()).toEqual(['Sign out', '한국어']);
  expect(complaints).toEqual([]);
});

test('what is destructive wants the name: a wrong one is kept and approves nothing, the right one does', async () => {
  const served = await servePage({ rule: { reason: 'Deleting needs a person.' } });
  const waiting = await served.remove();
  const { page } = await enter(browser, served, approver, waiting.id);
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('billing-legacy, its data and its automatic backups');
  expect(told).toMatch(/The way back\s+None\. Manual backups/);
  expect(told).toContain('Deleting needs a person.');
  expect(told).toContain('desk-agent 2.1.0');
  expect(told).toContain('staging');

  const field = page.getByLabel('Type billing-legacy to approve');
  await field.fill('orders-standby');
  await page.getByRole('button', { name: 'Approve: Delete DB instance' }).click();
  const fault = page.getByRole('alert');
  expect(await fault.innerText()).toBe(
    'Not approved. The name that was typed is not billing-legacy. Nothing was approved.',
  );
  expect(await field.inputValue()).toBe('orders-standby');
  expect(await served.approvals.get(waiting.id)).toMatchObject({ state: 'pending' });

  await field.fill('billing-legacy');
  await page.keyboard.press('Enter');
  await page.getByText('Approved by DBA on call').waitFor();
  expect(await served.approvals.get(waiting.id)).toMatchObject({ state: 'approved' });
  expect(await served.decisions()).toMatchObject([{ event: 'decision', call: waiting.id, approver: 'DBA on call' }]);
});

test('a refusal carries its reason to the one who asked', async () => {
  const served = await servePage();
  const waiting = await served.remove();
  const { page } = await enter(browser, served, approver, waiting.id);
  await page.getByLabel('Reason (optional)').fill('Take a backup first');
  await page.getByRole('button', { name: 'Refuse' }).click();

  await page.getByText('Refused by DBA on call').waitFor();
  expect(await page.getByRole('status').innerText()).toContain('Take a backup first');
  expect(await served.approvals.get(waiting.id)).toMatchObject({
    state: 'refused',
    decision: { reason: 'Take a backup first' },
  });
});

test('where the policy wants four eyes, whoever asked is not offered to approve, and may still refuse', async () => {
  const served = await servePage({ rule: { fourEyes: true } });
  const own = await served.restart({ caller: { ...approver, client: 'desk-agent 2.1.0' } });
  const { page } = await enter(browser, served, approver, own.id);
  expect(await page.getByRole('main').innerText()).toContain('You asked for this call yourself.');
  expect(await page.getByRole('button').allInnerTexts()).toEqual(['Sign out', 'Refuse', '한국어']);

  const second = await enter(browser, served, secondApprover, own.id);
  await second.page.getByRole('button', { name: 'Approve' }).click();
  await second.page.getByText('Approved by Ravi Shah').waitFor();
});

test('without the scope nothing is shown but which one is missing', async () => {
  const served = await servePage();
  const waiting = await served.remove();
  const { page } = await enter(browser, served, reader, waiting.id);
  const text = await page.getByRole('main').innerText();
  expect(text).toContain('pgfleet:approve');
  expect(text).not.toContain('billing-legacy');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${served.home}/sign-in`);
});

test('a request that expires while it is read cannot be approved any more', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { page } = await enter(browser, served, approver, waiting.id);
  await served.clock.turn(3_601_000);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Approve' }).click();

  await page.getByRole('heading', { name: 'This request has expired' }).waitFor();
  expect((await answered).status()).toBe(410);
  expect(await served.decisions()).toEqual([]);
});

test('of two who decide, the second is told what the first has said', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { page } = await enter(browser, served, approver, waiting.id);
  await served.approvals.decide(waiting.id, { by: secondApprover, verdict: 'refuse' });
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Approve' }).click();

  await page.getByText('refused by Ravi Shah').waitFor();
  expect((await answered).status()).toBe(409);
  expect(await served.approvals.get(waiting.id)).toMatchObject({ state: 'refused' });
});

test('a token signs in as well, and its end is the end of the session', async () => {
  const served = await servePage({ people: { 'pgf_team-token': approver } });
  const { page } = await browser.open();
  await page.goto(served.home);
  await page.getByLabel('Access token').fill('pgf_team-token');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();

  served.tokens.delete('pgf_team-token');
  await page.reload();
  expect(page.url()).toBe(`${served.home}/sign-in`);
});

test('the list renews itself unless it is held still, and a page with a form never does', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { page } = await enter(browser, served, approver);
  const refresh = page.locator('meta[http-equiv=refresh]');
  expect(await refresh.getAttribute('content')).toBe('15');
  await page.getByRole('link', { name: 'Hold it still' }).click();
  await page.getByRole('link', { name: 'Keep this list up to date' }).waitFor();
  expect(await refresh.count()).toBe(0);
  await page.goto(`${served.home}/${waiting.id}`);
  expect(await refresh.count()).toBe(0);
});
