import { expect, test } from 'vitest';
import { cookieOf, enterRaw, post, tokenIn } from './people.js';
import { approver, type Served, servePage } from './serving.js';

test('every answer forbids scripts, frames, guessing and keeping', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { cookie } = await enterRaw(served, approver);
  for (const path of ['', '/sign-in', `/${waiting.id}`, '/nowhere', '/api']) {
    const { headers } = await fetch(served.home + path, { headers: { Cookie: cookie } });
    expect(Object.fromEntries(headers), path).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  }
});

test('scripts and other sites cannot reach the cookie; over https it is tied to the host, too', async () => {
  const served = await servePage();
  const { setCookie } = await enterRaw(served, approver);
  expect(setCookie).toMatch(/^pgfleet-session-\d+=[\w.-]+; Max-Age=28800; Path=\/approvals; HttpOnly; SameSite=Lax$/);
  expect(setCookie).not.toContain('DBA');

  const secure = await servePage({ publicUrl: new URL('https://pgfleet.example') });
  const answer = await fetch(`${secure.home}/sign-in`);
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-pgfleet-sign-in=[\w.-]+; Max-Age=1800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
});

test('below a path of a proxy, every address begins with that path', async () => {
  const served = await servePage({ publicUrl: new URL('https://ops.example/pgfleet/') });
  const visit = await fetch(served.home, { redirect: 'manual' });
  expect(visit.headers.get('location')).toBe('/pgfleet/approvals/sign-in');
  const page = await (await fetch(`${served.home}/sign-in`)).text();
  const addresses = [...page.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.filter((address) => !address?.startsWith('/pgfleet/approvals') && address !== '#main')).toEqual([]);
});

/** Sends one code, with a form of its own. */
async function tryCode({ home, origin }: Served, code: string): Promise<Response> {
  const first = await fetch(`${home}/sign-in`);
  const headers = { Origin: origin, Cookie: cookieOf(first) };
  return post(`${home}/sign-in`, { fields: { code, form: tokenIn(await first.text()) }, headers });
}

test('after five wrong codes even the right one has to wait for a minute', async () => {
  const served = await servePage();
  served.codes.set('right', approver);
  const wrong = await Promise.all([1, 2, 3, 4, 5].map((each) => tryCode(served, `wrong-${each}`)));
  expect(wrong.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  const blocked = await tryCode(served, 'right');
  expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '60']);
  expect(await blocked.text()).toContain('Wait a minute');

  await served.clock.turn(60_001);
  expect((await tryCode(served, 'right')).status).toBe(303);
});

test('wrong codes and wrong tokens are counted apart, and a right token always gets in', async () => {
  const served = await servePage({ people: { 'right-token': approver } });
  served.codes.set('right', approver);
  const withToken = (token: string) =>
    fetch(`${served.home}/api`, { headers: { Authorization: `Bearer ${token}` } }).then(({ status }) => status);
  for (let i = 0; i < 6; i += 1) await withToken(`wrong-${i}`);
  expect(await withToken('wrong')).toBe(429);
  expect((await tryCode(served, 'right')).status).toBe(303);
  for (let i = 0; i < 6; i += 1) await tryCode(served, `wrong-${i}`);
  expect((await tryCode(served, 'wrong')).status).toBe(429);
  expect(await withToken('right-token')).toBe(200);
});

test('right codes are not counted', async () => {
  const served = await servePage();
  for (let i = 0; i < 8; i += 1) {
    served.codes.set(`code-${i}`, approver);
    expect((await tryCode(served, `code-${i}`)).status).toBe(303);
  }
});

test('a code works once', async () => {
  const served = await servePage();
  served.codes.set('once', approver);
  expect((await tryCode(served, 'once')).status).toBe(303);
  const again = await tryCode(served, 'once');
  expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null]);
});

test.each([
  ['/00000000-0000-4000-8000-000000000000', 404, 'There is no such request'],
  ['/nowhere', 404, 'There is no such page'],
  ['/%2e%2e%2fetc', 404, 'There is no such page'],
])('%s answers %i', async (path, status, text) => {
  const served = await servePage();
  const { cookie } = await enterRaw(served, approver);
  const answer = await fetch(served.home + path, { headers: { Cookie: cookie } });
  expect([answer.status, (await answer.text()).includes(text)]).toEqual([status, true]);
});

test.each(['', '/'])('the list is at /approvals%s', async (end) => {
  const served = await servePage();
  const { cookie } = await enterRaw(served, approver);
  expect((await fetch(served.home + end, { headers: { Cookie: cookie } })).status).toBe(200);
});

test('what is no form is refused like a form without its token', async () => {
  const served = await servePage();
  const headers = { Origin: served.origin, 'Content-Type': 'multipart/form-data; boundary=x' };
  const answer = await fetch(`${served.home}/sign-in`, { method: 'POST', headers, body: 'y' });
  expect(answer.status).toBe(403);
});

test('a form larger than any real one is not read', async () => {
  const served = await servePage();
  const answer = await post(`${served.home}/sign-in`, {
    fields: { code: 'x'.repeat(20_000) },
    headers: { Origin: served.origin },
  });
  expect(answer.status).toBe(413);
});

test('only ids lead anywhere after sign-in', async () => {
  const served = await servePage();
  const page = await (await fetch(`${served.home}/sign-in?request=https://elsewhere.example/`)).text();
  expect(page).not.toContain('elsewhere');
});

test('a fleet or an audit record that cannot be read keeps nobody from deciding', async () => {
  const broken = async () => {
    throw new Error('The disk is gone.');
  };
  const served = await servePage({
    over: (app) => ({
      ...app,
      openTo: async () => ({ ...app.fleet, inventory: broken }),
      audit: { ...app.audit, latest: broken },
    }),
  });
  await served.restart();
  const { cookie } = await enterRaw(served, approver);
  const page = await (await fetch(served.home, { headers: { Cookie: cookie } })).text();
  expect(page).toContain('Restart DB instance');
  expect(page).toContain('It could not be looked at');
  expect(page).toContain('The audit record could not be read');
  expect(page).not.toContain('The disk is gone');
  expect(served.logged.join('\n')).toContain('The disk is gone');
});

test('a person sees of the fleet what the policy lets them see', async () => {
  const visitors = { caller: { groups: ['visitors'] }, effect: 'deny' };
  const strangers = { caller: { groups: ['strangers'] }, effect: 'deny' };
  const served = await servePage({
    rules: [
      { ...visitors, instances: ['analytics'] },
      { ...strangers, tools: ['fleet_overview'] },
    ],
  });
  const fleetFor = async (groups: string[]) => {
    const { cookie } = await enterRaw(served, { ...approver, groups }, 'token');
    const page = await (await fetch(served.home, { headers: { Cookie: cookie } })).text();
    return page.split('<h2>The fleet</h2>')[1]?.split('</section>')[0] ?? '';
  };
  expect(await fleetFor([])).toContain('analytics');
  const visited = await fleetFor(['visitors']);
  expect(visited).toContain('2 instances are not shown: the policy denies them.');
  expect(visited).not.toContain('analytics');
  expect(await fleetFor(['strangers'])).toContain('does not show it to you');
});

test('a provider that does not answer keeps the list waiting for a moment only', async () => {
  let isSilent = false;
  const silent = new Promise<never>(() => undefined);
  const served = await servePage({
    between: (send) => (request, signal) => (isSilent ? silent : send(request, signal)),
  });
  await served.restart();
  const { cookie } = await enterRaw(served, approver);
  isSilent = true;
  // What the page saw when the person came in is too old by then.
  await served.clock.turn(31_000);
  const asked = fetch(served.home, { headers: { Cookie: cookie } });
  await served.clock.awaited(2_000);
  await served.clock.turn(2_000);
  const page = await (await asked).text();
  expect(page).toContain('Restart DB instance');
  expect(page).toContain('still being asked');
});

test('a store that is away decides nothing, and says so without its details', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { cookie, token } = await enterRaw(served, approver);
  Object.assign(served.store, { acquire: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7')) });
  const answer = await post(`${served.home}/${waiting.id}/approve`, {
    fields: { form: token },
    headers: { Cookie: cookie, Origin: served.origin },
  });
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('10.0.0.7');
  expect(await served.approvals.get(waiting.id)).toMatchObject({ state: 'pending' });
});

test('what is decided on is shown to its end, however long it is', async () => {
  const served = await servePage();
  const ranges = [...Array(300).keys()].map((index) => `10.${index % 250}.${Math.floor(index / 250)}.0/24`);
  const text = [...ranges, '0.0.0.0/0'].join(', ');
  const { id } = await served.restart({
    changed: ({ plan, ...waiting }) => ({
      ...waiting,
      plan: {
        ...plan,
        warning: text,
        arguments: { ranges: [...ranges, '0.0.0.0/0'] },
        unknown: [text],
        shown: [
          { label: 'rules of the group', records: [...ranges, '0.0.0.0/0'].map((cidr) => ({ cidr })) },
          { label: 'allowed now', records: [{ ranges: text }] },
        ],
      },
    }),
  });
  const { cookie } = await enterRaw(served, approver);
  const page = await (await fetch(`${served.home}/${id}`, { headers: { Cookie: cookie } })).text();
  expect(page.split('0.0.0.0/0')).toHaveLength(6);
});
