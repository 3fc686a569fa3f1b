import { beforeAll, expect, test } from 'vitest';
import { type HandClock, handClock } from '../../support/clock.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { type Person, startIssuer, type TestIssuer } from '../../support/issuer.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp } from '../support/connect-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';
import { cookieOf, post, tokenIn } from './people.js';

const end = endOfFile();
const approver: Person = { sub: 'u-17', scope: 'pgfleet:read pgfleet:approve' };
const hourMilliseconds = 3_600_000;

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
});

interface Desk {
  issuer: TestIssuer;
  server: HttpServer;
  clock: HandClock;
}

/** A server whose approvers sign in at an issuer, which gives tokens of an hour. */
async function open(settings: { refreshes?: boolean }): Promise<Desk> {
  const issuer = await startIssuer(settings);
  issuer.person = approver;
  const clock = handClock();
  const env = { PGFLEET_ISSUER: issuer.url, PGFLEET_CLIENT_ID: issuer.clientId, PGFLEET_CONFIRM: 'human' };
  return { issuer, server: await startHttp({ fleet, env, clock }), clock };
}

const visit = (url: string, cookie: string) => fetch(url, { headers: { Cookie: cookie }, redirect: 'manual' });

/** Signs in as a browser would; gives the cookie of the session. */
async function signIn({ server: { url } }: Desk): Promise<string> {
  const begun = await fetch(`${url}/approvals/sign-in/issuer`, { redirect: 'manual' });
  const back = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const entered = await visit(back.headers.get('location') ?? '', cookieOf(begun));
  expect(entered.status).toBe(303);
  return cookieOf(entered);
}

/** A call that waits, asked for by somebody else. */
async function park({ issuer, server: { url } }: Desk): Promise<string> {
  const token = await issuer.token({ aud: `${url}/mcp`, scope: 'pgfleet:read pgfleet:disruptive' });
  const { call, close } = await connectHttp({ url, token });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_restart_db_instance', { dbInstanceId });
  await close();
  return String(data['approval_id']);
}

/** Opens the request, lets something happen, and sends its form; gives the answer, and the state of the request. */
async function approve({ server: { url } }: Desk, id: string, cookie: string, meanwhile: () => Promise<void> | void) {
  const address = `${url}/approvals/${id}`;
  const form = tokenIn(await (await visit(address, cookie)).text());
  expect(form).not.toBe('');
  await meanwhile();
  const headers = { Origin: url, Cookie: cookie };
  const sent = await post(`${address}/approve`, { fields: { form }, headers });
  return { status: sent.status, location: sent.headers.get('location'), text: await sent.text() };
}

const undecided = async (desk: Desk, id: string) => {
  desk.issuer.person = approver;
  const page = await visit(`${desk.server.url}/approvals/${id}`, await signIn(desk));
  expect(await page.text()).toContain('Approve');
};

test('a sign-in without a way to renew it ends with its access token', async () => {
  const desk = await open({});
  const [id, cookie] = [await park(desk), await signIn(desk)];
  const sent = await approve(desk, id, cookie, async () => desk.clock.turn(hourMilliseconds + 60_000));
  expect(sent).toMatchObject({ status: 403, text: expect.stringContaining('so nothing was decided') });
  expect((await visit(`${desk.server.url}/approvals`, cookie)).headers.get('location')).toContain('/sign-in');
});

test.each([{ refreshes: true }, {}])('a person who still may approve approves (%j)', async (settings) => {
  const desk = await open(settings);
  const [id, cookie] = [await park(desk), await signIn(desk)];
  expect(await approve(desk, id, cookie, () => undefined)).toMatchObject({
    status: 303,
    location: `/approvals/${id}`,
  });
});

test('a sign-in that can be renewed goes on, for page after page, at once too', async () => {
  const desk = await open({ refreshes: true });
  const cookie = await signIn(desk);
  desk.issuer.person = { ...approver, exp: Math.floor(Date.now() / 1_000) + 7_200 };
  await desk.clock.turn(hourMilliseconds + 60_000);
  const exchanges = () => desk.issuer.requests.filter((request) => request === 'POST /token').length;
  const before = exchanges();
  const pages = await Promise.all([1, 2, 3].map(async () => visit(`${desk.server.url}/approvals`, cookie)));
  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(exchanges()).toBeGreaterThan(before);
  // What the first renewal gave is good for the page after it, and the refresh token before it is used up.
  desk.issuer.person = { ...approver, exp: Math.floor(Date.now() / 1_000) + 4 * 3_600 };
  await desk.clock.turn(2 * hourMilliseconds);
  expect((await visit(`${desk.server.url}/approvals`, cookie)).status).toBe(200);
});

test.each<[string, Person | undefined, number, string]>([
  ['lost the right to approve', { ...approver, scope: 'pgfleet:read' }, 403, 'You may not approve'],
  ['has left', undefined, 403, 'so nothing was decided'],
])('a person who %s since the sign-in decides nothing', async (_, person, status, says) => {
  const desk = await open({ refreshes: true });
  const [id, cookie] = [await park(desk), await signIn(desk)];
  const sent = await approve(desk, id, cookie, () => {
    desk.issuer.person = person;
  });
  expect(sent).toMatchObject({ status, text: expect.stringContaining(says) });
  await undecided(desk, id);
});

test('while the issuer cannot be asked, nothing is decided, and it can be sent again', async () => {
  const desk = await open({ refreshes: true });
  const [id, cookie] = [await park(desk), await signIn(desk)];
  const sent = await approve(desk, id, cookie, () => desk.issuer.stop());
  expect(sent).toMatchObject({ status: 503, text: expect.stringContaining('Nothing was decided') });
  await desk.issuer.start();
  expect(await approve(desk, id, cookie, () => undefined)).toMatchObject({ status: 303 });
});

test('signing out ends the session, for whoever kept its cookie too', async () => {
  const desk = await open({ refreshes: true });
  const cookie = await signIn(desk);
  const { url } = desk.server;
  const form = tokenIn(await (await visit(`${url}/approvals`, cookie)).text());
  expect((await visit(`${url}/approvals`, cookie)).status).toBe(200);
  const sent = await post(`${url}/approvals/sign-out`, { fields: { form }, headers: { Origin: url, Cookie: cookie } });
  expect(sent.status).toBe(303);
  expect((await visit(`${url}/approvals`, cookie)).headers.get('location')).toContain('/sign-in');
});
