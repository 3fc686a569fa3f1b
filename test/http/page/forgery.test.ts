import { expect, test } from 'vitest';
import { cookieOf, enterRaw, post, tokenIn } from './people.js';
import { approver, reader, type Served, secondApprover, servePage } from './serving.js';

type Session = Awaited<ReturnType<typeof enterRaw>>;

/** Everything but one thing is right. */
const forgeries: Record<string, (served: Served, own: Session, other: Session) => Parameters<typeof post>[1]> = {
  'without an Origin': (_, { cookie, token }) => ({ fields: { form: token }, headers: { Cookie: cookie } }),
  'with a foreign Origin': (_, { cookie, token }) => ({
    fields: { form: token },
    headers: { Cookie: cookie, Origin: 'https://elsewhere.example' },
  }),
  'with the Origin of a frame in a sandbox': (_, { cookie, token }) => ({
    fields: { form: token },
    headers: { Cookie: cookie, Origin: 'null' },
  }),
  'from another site, by the word of the browser': ({ origin }, { cookie, token }) => ({
    fields: { form: token },
    headers: { Cookie: cookie, Origin: origin, 'Sec-Fetch-Site': 'same-site' },
  }),
  'without the token of the form': ({ origin }, { cookie }) => ({ headers: { Cookie: cookie, Origin: origin } }),
  'with the token of another session': ({ origin }, { cookie }, { token }) => ({
    fields: { form: token },
    headers: { Cookie: cookie, Origin: origin },
  }),
  'without a cookie': ({ origin }, { token }) => ({ fields: { form: token }, headers: { Origin: origin } }),
  'with a cookie that was changed': ({ origin }, { cookie, token }) => ({
    fields: { form: token },
    headers: { Cookie: `${cookie.slice(0, -4)}AAAA`, Origin: origin },
  }),
};

test.each(Object.entries(forgeries))('a form that comes %s decides nothing', async (_name, forge) => {
  const served = await servePage();
  const waiting = await served.restart();
  const own = await enterRaw(served, approver);
  const other = await enterRaw(served, secondApprover);
  for (const verdict of ['approve', 'refuse']) {
    const answer = await post(`${served.home}/${waiting.id}/${verdict}`, forge(served, own, other));
    expect(answer.status, verdict).toBe(403);
  }
  expect(await served.approvals.get(waiting.id)).toMatchObject({ state: 'pending' });
  expect(await served.decisions()).toEqual([]);

  const headers = { Cookie: own.cookie, Origin: served.origin };
  const honest = await post(`${served.home}/${waiting.id}/approve`, { fields: { form: own.token }, headers });
  expect([honest.status, honest.headers.get('location')]).toEqual([303, `/approvals/${waiting.id}`]);
});

test('nobody can be signed in as somebody else: the form of sign-in is tied to its browser as well', async () => {
  const served = await servePage();
  served.codes.set('first', approver);
  const here = await fetch(`${served.home}/sign-in`);
  const elsewhere = await fetch(`${served.home}/sign-in`);
  const answer = await post(`${served.home}/sign-in`, {
    fields: { code: 'first', form: tokenIn(await elsewhere.text()) },
    headers: { Origin: served.origin, Cookie: cookieOf(here) },
  });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(served.codes.has('first')).toBe(true);
});

test('without the scope neither page nor form does anything', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  const { cookie, token } = await enterRaw(served, reader);
  const headers = { Cookie: cookie, Origin: served.origin };
  const pages = [served.home, `${served.home}/${waiting.id}`].map((url) => fetch(url, { headers }));
  expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([403, 403]);
  const answer = await post(`${served.home}/${waiting.id}/approve`, { fields: { form: token }, headers });
  expect(answer.status).toBe(403);
  expect(await served.approvals.get(waiting.id)).toMatchObject({ state: 'pending' });
});

test('whoever asked cannot approve by sending the form that is not shown', async () => {
  const served = await servePage({ rule: { fourEyes: true } });
  const own = await served.restart({ caller: { ...approver, client: 'desk-agent 2.1.0' } });
  const { cookie, token } = await enterRaw(served, approver);
  const answer = await post(`${served.home}/${own.id}/approve`, {
    fields: { form: token },
    headers: { Cookie: cookie, Origin: served.origin },
  });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('nobody approves a call of their own');
});

test('a copy of the cookie is worth nothing once its owner has signed out', async () => {
  const served = await servePage();
  const { cookie, token } = await enterRaw(served, approver);
  const headers = { Cookie: cookie, Origin: served.origin };
  const out = await post(`${served.home}/sign-out`, { fields: { form: token }, headers });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([303, expect.stringContaining('Max-Age=0')]);
  const after = await fetch(served.home, { headers, redirect: 'manual' });
  expect([after.status, after.headers.get('location')]).toEqual([303, '/approvals/sign-in']);
});

test('a session is over after eight hours', async () => {
  const served = await servePage();
  const { cookie } = await enterRaw(served, approver);
  const visit = async () => (await fetch(served.home, { headers: { Cookie: cookie }, redirect: 'manual' })).status;
  await served.clock.turn(8 * 3_600_000 - 60_000);
  expect(await visit()).toBe(200);
  await served.clock.turn(60_000);
  expect(await visit()).toBe(303);
});

test('another process with the same key and store knows the session; one with another key does not', async () => {
  const key = new Uint8Array(32).fill(7);
  const served = await servePage({ key });
  const { cookie } = await enterRaw(served, approver);
  const name = cookie.slice(0, cookie.indexOf('='));
  const visit = async (other: Served) => {
    // Each serves at a port of its own here, which is part of the cookie's name.
    const own = `pgfleet-session-${new URL(other.origin).port}${cookie.slice(name.length)}`;
    return (await fetch(other.home, { headers: { Cookie: own }, redirect: 'manual' })).status;
  };
  expect(await visit(await servePage({ key }))).toBe(200);
  expect(await visit(await servePage())).toBe(303);
});
