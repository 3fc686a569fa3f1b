import { expect, test } from 'vitest';
import { principalOf } from '../../../src/http/auth/authenticate.js';
import { type SignIn, SignInError, signIn } from '../../../src/http/auth/signin.js';
import { type IssuerSettings, startIssuer, type TestIssuer } from '../../support/issuer.js';
import { audience, door } from './callers.js';

const redirectUri = 'http://127.0.0.1:8765/approvals/signed-in';
const oncall = { sub: 'u-1', preferred_username: 'oncall', groups: ['dba'], scope: 'pgfleet:read pgfleet:approve' };

interface Desk extends SignIn {
  issuer: TestIssuer;
  told: string[];
  verifyAccessToken: ReturnType<typeof door>['verifyAccessToken'];
}

async function desk(settings: IssuerSettings & { audience?: string } = {}): Promise<Desk> {
  const issuer = await startIssuer(settings);
  issuer.person = oncall;
  const { discover, verifyAccessToken, told } = door({ issuer: issuer.url });
  if (!discover) throw new Error('There is an issuer, so it can be discovered.');
  const { clientId } = issuer;
  const { clientSecret } = settings;
  const log = (line: string) => void told.push(line);
  const ways = signIn({
    discover,
    clientId,
    clientSecret,
    audience: settings.audience ?? audience,
    verifyAccessToken,
    log,
  });
  return { ...ways, issuer, told, verifyAccessToken };
}

/** What a browser does with the address: to the issuer, and back to where it sends. */
async function follow(url: string): Promise<URL> {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`The issuer did not send back: ${response.status} ${await response.text()}`);
  return new URL(location);
}

const failureOf = async (finished: Promise<unknown>): Promise<SignInError> => {
  const error: unknown = await finished.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SignInError) return error;
  throw new Error(`This is no SignInError: ${String(error)}`);
};

test.each([
  { client: 'public', settings: {} },
  { client: 'with a secret', settings: { clientSecret: 'a:secret/with+signs' } },
])('a person signs in at the issuer with a client that is $client', async ({ settings }) => {
  const { begin, finish, issuer, told } = await desk(settings);
  const { url, keep } = await begin(redirectUri);
  const { principal } = await finish(await follow(url), keep);
  expect(principal).toEqual({
    id: `${issuer.url}#u-1`,
    name: 'oncall',
    groups: ['dba'],
    scopes: ['pgfleet:read', 'pgfleet:approve'],
  });
  expect(told).toEqual([]);
});

test('whoever asks over MCP and signs in here has one id', async () => {
  const { begin, finish, issuer, verifyAccessToken } = await desk();
  const { url, keep } = await begin(redirectUri);
  const { principal: inBrowser } = await finish(await follow(url), keep);
  const overMcp = principalOf(await verifyAccessToken(await issuer.token({ aud: audience, sub: oncall.sub })));
  expect(inBrowser.id).toBe(overMcp.id);
});

test('the browser is sent with PKCE and a state, and without what proves it', async () => {
  const { begin } = await desk();
  const { url, keep } = await begin(redirectUri);
  const asked = Object.fromEntries(new URL(url).searchParams);
  expect(asked).toMatchObject({
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge_method: 'S256',
    state: keep.state,
    resource: audience,
    scope: 'openid pgfleet:approve pgfleet:read',
  });
  expect(url).not.toContain(keep.verifier);
});

test('a person who may not approve gets no right to by asking', async () => {
  const { begin, finish, issuer } = await desk();
  issuer.person = { ...oncall, scope: 'pgfleet:read' };
  const { url, keep } = await begin(redirectUri);
  expect((await finish(await follow(url), keep)).principal.scopes).toEqual(['pgfleet:read']);
});

test.each(['another state', ''])('a state that is "%s" is refused, and the code is not sent on', async (state) => {
  const { begin, finish, issuer } = await desk();
  const { url, keep } = await begin(redirectUri);
  const back = await follow(url);
  back.searchParams.set('state', state);
  const failure = await failureOf(finish(back, keep));
  expect(failure.code).toBe('not started here');
  expect(issuer.requests).not.toContain('POST /token');
});

test('a sign-in begun in one browser cannot be finished in another', async () => {
  const { begin, finish } = await desk();
  const one = await begin(redirectUri);
  const other = await begin(redirectUri);
  const back = await follow(one.url);
  expect((await failureOf(finish(back, other.keep))).code).toBe('not started here');
  const forged = { state: one.keep.state, verifier: other.keep.verifier };
  expect((await failureOf(finish(back, forged))).code).toBe('over');
});

test('a code counts once', async () => {
  const { begin, finish, told } = await desk();
  const { url, keep } = await begin(redirectUri);
  const back = await follow(url);
  await finish(back, keep);
  const failure = await failureOf(finish(back, keep));
  expect(failure.code).toBe('over');
  expect(failure.message).toContain('Begin again');
  expect(told.join()).not.toContain(back.searchParams.get('code'));
});

test('whoever the issuer does not let in is told so, and not in the issuer’s or a stranger’s words', async () => {
  const { begin, finish, issuer } = await desk();
  issuer.person = undefined;
  const { url, keep } = await begin(redirectUri);
  const back = await follow(url);
  back.searchParams.set('error_description', 'Call 555-0100 to unlock your account');
  const failure = await failureOf(finish(back, keep));
  expect(failure.code).toBe('refused');
  expect(failure.message).not.toContain('555');
});

test('an answer in the name of another issuer is refused', async () => {
  const { begin, finish } = await desk();
  const { url, keep } = await begin(redirectUri);
  const back = await follow(url);
  back.searchParams.set('iss', 'https://other.example.test');
  await failureOf(finish(back, keep));
});

test('a token for another server does not sign anybody in', async () => {
  const { begin, finish, told } = await desk({ audience: 'https://other.example.test/mcp' });
  const { url, keep } = await begin(redirectUri);
  const failure = await failureOf(finish(await follow(url), keep));
  expect(failure.code).toBe('refused');
  expect(told.join()).toContain('(aud)');
});

test('a client secret that the issuer does not know is the operator’s trouble', async () => {
  const { issuer } = await desk({ clientSecret: 'right' });
  const { discover, verifyAccessToken, told } = door({ issuer: issuer.url });
  if (!discover) throw new Error('There is an issuer, so it can be discovered.');
  const log = (line: string) => void told.push(line);
  const { clientId } = issuer;
  const { begin, finish } = signIn({
    discover,
    clientId,
    clientSecret: 'wrong-secret',
    audience,
    verifyAccessToken,
    log,
  });
  const { url, keep } = await begin(redirectUri);
  expect((await failureOf(finish(await follow(url), keep))).code).toBe('unavailable');
  expect(told.join()).toContain('invalid_client');
  expect(told.join()).not.toContain('wrong-secret');
});

test('while the issuer is down a person is told to try again', async () => {
  const { begin, finish, issuer } = await desk();
  const { url, keep } = await begin(redirectUri);
  const back = await follow(url);
  await issuer.stop();
  expect((await failureOf(finish(back, keep))).code).toBe('unavailable');
});
