import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { run } from '../../support/raw.js';
import { cookieOf, post, tokenIn } from '../page/people.js';
import { connectHttp } from '../support/connect-http.js';
import { tokensFor } from '../support/people.js';
import { startPair } from './pair.js';

const people = tokensFor({ oncall: {}, guest: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { oncall, guest, reviewer } = people.tokens;

/** A session of the approval page, begun by way of the proxy. */
async function signIn(url: string, token: string): Promise<string> {
  const home = `${url}/approvals`;
  const first = await fetch(`${home}/sign-in`);
  const sent = await post(`${home}/sign-in`, {
    fields: { token, form: tokenIn(await first.text()) },
    headers: { Origin: url, Cookie: cookieOf(first) },
  });
  return cookieOf(sent);
}

/** The latest audit records as the page lists them: who did what. */
async function records(replica: { url: string }, cookie: string): Promise<string[]> {
  const page = await fetch(`${replica.url}/approvals`, { headers: { Cookie: cookie } });
  const section = (await page.text()).split('Latest audit records')[1] ?? '';
  const lines = [...section.matchAll(/<strong>(\w+)<\/strong> <code>(\w+)<\/code>[\s\S]*?by <bdi>([^<]*)<\/bdi>/g)];
  return lines.map(([, event, tool, who]) => `${event} ${tool} ${who}`);
}

test('each replica has a whole record of its own; the page of either shows the latest of both', async () => {
  const { a, b, url } = await startPair({ env: people.env, process: true });
  const [atA, atB] = [
    await connectHttp({ url: a.url, token: oncall, answer: 'yes' }),
    await connectHttp({ url: b.url, token: guest, answer: 'yes' }),
  ];
  const [analytics, staging] = [await instanceNamed(atA.call, 'analytics'), await instanceNamed(atB.call, 'staging')];
  await atA.call('nhn_restart_db_instance', { dbInstanceId: analytics.dbInstanceId });
  await atB.call('nhn_start_db_instance', { dbInstanceId: staging.dbInstanceId });
  const outcomes = [
    'Attempt nhn_restart_db_instance oncall',
    'Outcome nhn_restart_db_instance oncall',
    'Attempt nhn_start_db_instance guest',
    'Outcome nhn_start_db_instance guest',
  ];
  const cookie = await signIn(url, reviewer);
  for (const replica of [a, b]) expect(await records(replica, cookie)).toEqual(outcomes.toReversed());
  expect(a.audit()).toMatchObject([
    { number: 1, caller: 'oncall' },
    { number: 2, caller: 'oncall' },
  ]);
  expect(b.audit()).toMatchObject([
    { number: 1, caller: 'guest' },
    { number: 2, caller: 'guest' },
  ]);
  for (const { auditLog } of [a, b]) expect(await run(['audit', 'verify', auditLog])).toMatchObject({ code: 0 });

  // The lines of one that is gone are still shown by the other.
  await a.kill();
  expect(await records(b, cookie)).toEqual(outcomes.toReversed());
});
