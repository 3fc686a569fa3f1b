import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp } from '../support/connect-http.js';
import { policyOf, tokensFor } from '../support/people.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

const { env, tokens } = tokensFor({ oncall: { groups: ['operators'] }, guest: { groups: ['guests'] }, robot: {} });
const changing = ['write', 'disruptive', 'exposing', 'destructive'];
const policy = policyOf({
  rules: [
    { effect: 'deny', caller: { groups: ['guests'] }, tools: ['nhn_delete_*'], reason: 'Guests delete nothing.' },
    { effect: 'deny', risks: changing, instances: ['billing-*'], reason: 'Billing is frozen.' },
    { effect: 'allow', caller: { subjects: ['robot'] }, tools: ['nhn_restart_db_instance'], risks: ['disruptive'] },
    { effect: 'ask', tools: ['nhn_start_db_instance'] },
    { effect: 'human', tools: ['nhn_delete_db_instance'], reason: 'Somebody looks at every deletion.' },
  ],
});
const restart = 'nhn_restart_db_instance';

let fleet: Fleet;
let server: HttpServer;
let ids: Record<'staging' | 'analytics' | 'billing-legacy', string>;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, env: { ...env, ...policy }, end });
  const { call } = await connectHttp({ url: server.url, token: tokens.oncall, end });
  const idOf = async (name: string) => (await instanceNamed(call, name)).dbInstanceId;
  ids = {
    staging: await idOf('staging'),
    analytics: await idOf('analytics'),
    'billing-legacy': await idOf('billing-legacy'),
  };
});

beforeEach(() => {
  fleet.sent.length = 0;
});

describe.each(['2026', '2025', 'former SDK over SSE'] as const)('for a client of the kind %s', (peer) => {
  const as = async (who: keyof typeof tokens) =>
    connectHttp({ url: server.url, peer, token: tokens[who], answer: 'yes' });

  test('a rule denies a tool to a group, with its reason, and leaves it to others', async () => {
    const { call, asked } = await as('guest');
    const refused = await call('nhn_delete_db_instance', { dbInstanceId: ids.staging });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('Guests delete nothing.') });
    expect(asked).toEqual([]);
    expect((await call('nhn_list_db_instances')).isError).toBe(false);
    expect(fleet.changes()).toEqual([]);
  });

  test('a rule denies every change of instances by their names', async () => {
    const { call, asked } = await as('oncall');
    for (const name of [restart, 'nhn_delete_db_instance', 'nhn_backup_db_instance']) {
      const refused = await call(name, {
        dbInstanceId: ids['billing-legacy'],
        ...(name.includes('backup') && { backupName: 'b' }),
      });
      expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('Billing is frozen.') });
    }
    expect((await call('nhn_get_db_instance', { dbInstanceId: ids['billing-legacy'] })).isError).toBe(false);
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
  });

  test('a rule lets one caller do without a question what others are asked about', async () => {
    const robot = await as('robot');
    expect((await robot.call(restart, { dbInstanceId: ids.analytics })).isError).toBe(false);
    expect(robot.asked).toEqual([]);
    expect(server.audit().findLast(({ event }) => event === 'attempt')).toMatchObject({
      approval: 'allowed by policy',
      caller: 'robot',
    });
    fleet.world.advance(600_000);
    const oncall = await as('oncall');
    await oncall.call(restart, { dbInstanceId: ids.analytics });
    expect(oncall.asked).toHaveLength(1);
    expect(fleet.changes()).toHaveLength(2);
    fleet.world.advance(600_000);
  });

  test('a rule wants a person asked about what is not guarded', async () => {
    const { url } = server;
    const { call, asked } = await connectHttp({ url, peer, token: tokens.oncall, answer: 'decline' });
    const refused = await call('nhn_start_db_instance', { dbInstanceId: ids.staging });
    expect(refused.isError).toBe(true);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('policy');
    expect(fleet.changes()).toEqual([]);
  });

  test('a rule parks a call until somebody else has looked at it, although the client could be asked', async () => {
    const { call, asked } = await as('oncall');
    const { data, text } = await call('nhn_delete_db_instance', { dbInstanceId: ids.staging });
    expect(data).toMatchObject({ status: 'approval_pending', plan: { name: 'staging' } });
    expect(text).toContain('Somebody looks at every deletion.');
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
  });
});
