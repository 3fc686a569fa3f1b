import { expect, test } from 'vitest';
import { planText } from '../../../src/call/guard/plan-text.js';
import { approvalsCommand, type CliCommand, type Credential } from '../../../src/http/page/cli-client.js';
import { enterRaw } from './people.js';
import { agent, approver, reader, type Served, servePage } from './serving.js';

const people = { pgf_minji: approver, pgf_lee: reader, pgf_asker: { ...approver, id: agent.id, name: agent.name } };

const at =
  ({ origin, clock }: Served, credential: Credential = { token: 'pgf_minji' }) =>
  (command: CliCommand) =>
    approvalsCommand({ server: new URL(origin), credential, fetch, clock }, command);

test('the list tells what waits and what to type next', async () => {
  const served = await servePage({ people });
  const run = at(served);
  expect(await run({ verb: 'list' })).toBe('Nothing waits.');
  const waiting = await served.remove();
  const text = await run({ verb: 'list' });
  expect(text).toContain(`${waiting.id.slice(0, 8)}  destructive: Delete DB instance, billing-legacy at NHN Cloud`);
  expect(text).toMatch(/release agent asked; expires in (59|60) minutes/);
  expect(text).toContain('pgfleet approvals show ID');
});

test('a disruptive request is approved by a short id', async () => {
  const served = await servePage({ people });
  const waiting = await served.restart();
  const text = await at(served)({ verb: 'approve', id: waiting.id.slice(0, 8) });
  expect(text).toMatch(/^Approved: Restart DB instance, analytics\./);
  expect(await served.approvals.get(waiting.id)).toMatchObject({
    state: 'approved',
    decision: { name: 'DBA on call' },
  });
});

test('what is destructive is shown whole, and approved with its name only', async () => {
  const served = await servePage({ people });
  const run = at(served);
  const { id } = await served.remove();
  await expect(run({ verb: 'approve', id })).rejects.toThrow(
    new RegExp(
      [
        'Asked by: release agent',
        'What happens \\(destructive\\): billing-legacy, its data',
        'Name: billing-legacy',
        'Nothing was',
      ].join('[\\s\\S]*'),
    ),
  );
  await expect(run({ verb: 'approve', id, name: 'orders-standby' })).rejects.toThrow('is not billing-legacy');
  expect(await served.approvals.get(id)).toMatchObject({ state: 'pending' });
  expect(await run({ verb: 'approve', id, name: 'billing-legacy' })).toContain('Approved: Delete DB instance');
});

test('the terminal shows every line of the plan, with all that its changes say', async () => {
  const served = await servePage({ people });
  const admits = { gained: { ranges: ['0.0.0.0/0'], unjudged: [] }, lost: { ranges: [], unjudged: [] }, isWide: true };
  const changes = [
    { field: 'max_connections', before: '800', after: '500', told: { type: 'integer' }, note: 'takes a restart' },
    { field: 'ranges', before: [], after: ['0.0.0.0/0'], added: ['0.0.0.0/0'], removed: [], admits },
    { field: 'executeBackup', action: 'takes a backup' },
    { field: 'dbPassword', unknown: 'it is never shown' },
  ];
  const { id, plan } = await served.restart({
    changed: ({ plan, ...waiting }) => ({ ...waiting, plan: { ...plan, changes } }),
  });
  const text = await at(served)({ verb: 'show', id });
  expect(planText(plan)).toContain('takes a restart');
  for (const line of planText(plan).split('\n')) expect(text).toContain(line);
});

test('a refusal takes a reason', async () => {
  const served = await servePage({ people });
  const { id } = await served.remove();
  expect(await at(served)({ verb: 'refuse', id, reason: 'Not today' })).toContain('Refused: Delete DB instance');
  expect(await served.approvals.get(id)).toMatchObject({ state: 'refused', decision: { reason: 'Not today' } });
  await expect(at(served)({ verb: 'approve', id, name: 'billing-legacy' })).rejects.toThrow('refused by DBA on call');
});

test.each([
  ['the scope is missing', { token: 'pgf_lee' }, 'lacks the scope pgfleet:approve'],
  ['the token is wrong', { token: 'pgf_nobody' }, 'The token does not hold'],
  ['the code is wrong', { code: 'nonsense' }, 'The code is not right'],
  ['the one who asked approves', { token: 'pgf_asker' }, 'nobody approves a call of their own'],
] as const)('where %s, nothing is decided and the reason is said', async (_name, credential, reason) => {
  const served = await servePage({ people, rule: { fourEyes: true } });
  const { id } = await served.restart();
  await expect(at(served, credential)({ verb: 'approve', id })).rejects.toThrow(reason);
  expect(await served.approvals.get(id)).toMatchObject({ state: 'pending' });
});

test.each([
  ['an id that is none', '../api', 'An id has at least 4 characters'],
  ['an id of nothing', 'ffff0000', 'No request begins with ffff0000'],
  ['a whole id of nothing', '00000000-0000-4000-8000-000000000000', 'it may have expired'],
])('%s is named, with the way to a right one', async (_name, id, reason) => {
  const served = await servePage({ people });
  await expect(at(served)({ verb: 'show', id })).rejects.toThrow(reason);
});

test('the one-time code gives a session of an hour, which can be kept', async () => {
  const served = await servePage({ people });
  served.codes.set('k7-29', approver);
  let kept = '';
  const keep = async (session: string) => {
    kept = session;
  };
  expect(await at(served, { code: 'k7-29', keep })({ verb: 'list' })).toBe('Nothing waits.');
  expect(await at(served, { token: kept })({ verb: 'list' })).toBe('Nothing waits.');
  await served.clock.turn(3_600_001);
  await expect(at(served, { token: kept })({ verb: 'list' })).rejects.toThrow('Sign in again');
});

test('the browser’s cookie counts for nothing here, as a cookie or as a token', async () => {
  const served = await servePage({ people });
  const { cookie } = await enterRaw(served, approver);
  const asCookie = await fetch(`${served.home}/api`, { headers: { Cookie: cookie } });
  const token = cookie.slice(cookie.indexOf('=') + 1);
  const asToken = await fetch(`${served.home}/api`, { headers: { Authorization: `Bearer ${token}` } });
  expect([asCookie.status, asToken.status]).toEqual([401, 401]);
  expect(asCookie.headers.get('www-authenticate')).toBe('Bearer');
});

test('five wrong tokens end in 429, and somebody with a right one is not kept out', async () => {
  const served = await servePage({ people });
  const ask = (token: string) => fetch(`${served.home}/api`, { headers: { Authorization: `Bearer ${token}` } });
  const statuses: number[] = [];
  for (let i = 0; i < 6; i += 1) statuses.push((await ask(`pgf_wrong${i}`)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await ask('pgf_minji')).status).toBe(200);
});

test('what the call itself needs stays with the server', async () => {
  const served = await servePage({ people });
  const { id, consent, call } = await served.restart();
  const answer = await fetch(`${served.home}/api/${id}`, { headers: { Authorization: 'Bearer pgf_minji' } });
  const text = await answer.text();
  expect(text).toContain('Restart DB instance');
  expect([text.includes(consent), text.includes(call)]).toEqual([false, false]);
});

test.each(['{', '[]', '{"typed":7}'])('a body of %s is refused with what is wrong', async (body) => {
  const served = await servePage({ people });
  const { id } = await served.restart();
  const answer = await fetch(`${served.home}/api/${id}/approve`, {
    method: 'POST',
    headers: { Authorization: 'Bearer pgf_minji', 'Content-Type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(400);
  expect(await served.approvals.get(id)).toMatchObject({ state: 'pending' });
});

test('where nothing listens, the address and what to do are said', async () => {
  const served = await servePage({ people });
  const credential = { token: 'pgf_minji' };
  const away = { server: new URL('http://127.0.0.1:9'), credential, fetch, clock: served.clock };
  await expect(approvalsCommand(away, { verb: 'list' })).rejects.toThrow(
    'Nothing answers at http://127.0.0.1:9. Is `pgfleet http` running there?',
  );
});

test('a server’s text cannot move the cursor', async () => {
  const served = await servePage({ people });
  const text = '\u001B[2J\u001B]0;x\u0007\u202E';
  const { id } = await served.restart({
    caller: { id: 'x', name: text, client: text },
    changed: ({ plan, ...request }) => ({
      ...request,
      reason: text,
      plan: { ...plan, title: text, provider: text, warning: text },
    }),
  });
  for (const command of [{ verb: 'list' }, { verb: 'show', id }, { verb: 'refuse', id }] as const) {
    expect(/[^\P{C}\n]/u.exec(await at(served)(command)), command.verb).toBeNull();
  }
});
