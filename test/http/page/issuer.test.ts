import { expect, test } from 'vitest';
import { authentication, principalOf } from '../../../src/http/auth/authenticate.js';
import { signIn } from '../../../src/http/auth/signin.js';
import { browserOfFile } from '../../support/browser.js';
import { startIssuer, type TestIssuer } from '../../support/issuer.js';
import { agent, servePage } from './serving.js';

const browser = browserOfFile();

/** The page with no other way in than the issuer. */
async function serveWith(issuer: TestIssuer, rule?: { fourEyes: boolean }) {
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const authenticationFor = ({ href }: URL) => {
    const { discover, verifyAccessToken } = authentication({ issuer: issuer.url, now: () => Date.now(), log });
    return { discover, verifyAccessToken: (token: string) => verifyAccessToken(token, (each) => each === href) };
  };
  const served = await servePage({
    rule,
    ways: async (publicUrl) => {
      const { discover, verifyAccessToken } = authenticationFor(publicUrl);
      if (!discover) throw new Error('There is an issuer.');
      const { clientId } = issuer;
      return { issuer: signIn({ discover, clientId, audience: publicUrl.href, verifyAccessToken, log }) };
    },
  });
  const publicUrl = new URL(served.origin);
  return { served, publicUrl, verify: authenticationFor(publicUrl).verifyAccessToken };
}

test('a person signs in at the issuer, lands at the request, and approves under their own name', async () => {
  const issuer = await startIssuer();
  issuer.person = { sub: 'u-17', preferred_username: 'dba-on-call', scope: 'pgfleet:read pgfleet:approve' };
  const { served } = await serveWith(issuer);
  const waiting = await served.restart();
  const { page, complaints } = await browser.open();
  await page.goto(`${served.home}/${waiting.id}`);
  expect(await page.getByRole('textbox').count()).toBe(0);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();

  await page.waitForURL(`${served.home}/${waiting.id}`);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved by dba-on-call').waitFor();
  expect(await served.approvals.get(waiting.id)).toMatchObject({ decision: { id: `${issuer.url}#u-17` } });
  expect(complaints).toEqual([]);
});

test('whoever asked with a token of the same issuer is known again in the browser', async () => {
  const issuer = await startIssuer();
  issuer.person = { sub: 'u-17', preferred_username: 'dba-on-call', scope: 'pgfleet:approve' };
  const { served, publicUrl, verify } = await serveWith(issuer, { fourEyes: true });
  const caller = principalOf(await verify(await issuer.token({ aud: publicUrl.href, sub: 'u-17' })));
  const own = await served.restart({ caller: { ...caller, client: agent.client } });
  const { page } = await browser.open();
  await page.goto(`${served.home}/${own.id}`);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();

  await page.getByText('You asked for this call yourself.').waitFor();
  expect(await page.getByRole('button').allInnerTexts()).toEqual(['Sign out', 'Refuse', '한국어']);
});

test('somebody whom the issuer knows, but not as an approver, is told which scope is missing', async () => {
  const issuer = await startIssuer();
  issuer.person = { sub: 'u-18', preferred_username: 'reader', scope: 'pgfleet:read' };
  const { served } = await serveWith(issuer);
  const { page } = await browser.open();
  await page.goto(served.home);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  await page.getByRole('heading', { name: 'You may not approve' }).waitFor();
  expect(await page.getByRole('main').innerText()).toContain('pgfleet:approve');
});

test('an issuer that lets nobody in, or is away, leads back to a page that says so', async () => {
  const issuer = await startIssuer();
  const { served } = await serveWith(issuer);
  const { page } = await browser.open();
  await page.goto(served.home);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  expect(await page.getByRole('alert').innerText()).toMatch(/You are not signed in\. .*did not let you in/);

  const { served: other } = await serveWith(issuer);
  await issuer.stop();
  await page.goto(other.home);
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  expect(await page.getByRole('alert').innerText()).toMatch(/You are not signed in\. .*cannot be used/);
});

test('the way back counts only in the browser that began, and for what it began', async () => {
  const issuer = await startIssuer();
  issuer.person = { sub: 'u-17', scope: 'pgfleet:approve' };
  const { served } = await serveWith(issuer);
  const begin = () => fetch(`${served.home}/sign-in/issuer`, { redirect: 'manual' });
  const goOn = async (begun: Response) =>
    (await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })).headers.get('location') ?? '';
  const [own, foreign] = [await begin(), await begin()];
  const cookie = own.headers.get('set-cookie')?.split(';')[0] ?? '';

  const without = await fetch(await goOn(own), { redirect: 'manual' });
  const swapped = await fetch(await goOn(foreign), { headers: { Cookie: cookie }, redirect: 'manual' });
  for (const answer of [without, swapped]) {
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).not.toContain('pgfleet-session');
  }
});
