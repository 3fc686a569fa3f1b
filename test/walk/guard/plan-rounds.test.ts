import { expect, test } from 'vitest';
import { isGuarded } from '../../../src/define/index.js';
import { listTools } from '../../../src/docs/list-tools.js';
import type { Send } from '../../../src/providers/wire/http.js';
import { settle } from '../../support/clock.js';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type FleetOptions, startFleet } from '../../support/fleet.js';
import { callsAfterFailover, nhnCalls, otherCalls, samsungCalls, secretsOf } from './guarded-calls.js';
import { callsWithIds } from './guarded-calls-with-ids.js';

let rounds = 0;
let waiting: (() => void)[] = [];

/** Answers together what is under way together, and counts how often there is such a round. */
const inRounds =
  (send: Send): Send =>
  async (request, signal) => {
    if (waiting.length === 0) void round();
    await new Promise<void>((go) => void waiting.push(go));
    return send(request, signal);
  };

async function round(): Promise<void> {
  await settle();
  rounds += 1;
  const batch = waiting;
  waiting = [];
  for (const go of batch) go();
}

const end = endOfFile();

async function connected(options: FleetOptions) {
  const fleet = await startFleet({ ...options, between: inRounds, end });
  // A token is asked for once, and is no look.
  const { call } = await connect({ fleet, end });
  const lists = ['nhn_list_db_instances', 'samsung_list_clusters', 'naver_list_instances', 'cegedim_list_resources'];
  const served = [...fleet.accounts.values()].map(({ provider }) => provider);
  for (const list of lists.filter((name) => served.some((provider) => name.startsWith(provider)))) await call(list);
  return call;
}

const call = await connected({ providers: ['nhn', 'samsung', 'naver', 'cegedim'] });
const callAfterFailover = await connected({ providers: ['nhn'], scenario: 'failover' });

/** What comes before a person is asked, one after another. */
async function looked(tool: string, args: Record<string, unknown>, by: Connection['call']) {
  rounds = 0;
  const { data } = await by(tool, args);
  return { rounds, plan: data['plan'] as { arguments: Record<string, unknown> } | undefined };
}

const named = [...nhnCalls, ...samsungCalls, ...otherCalls].map(([tool, args]) => [tool, args, call] as const);
const afterFailover = callsAfterFailover.map(([tool, args]) => [tool, args, callAfterFailover] as const);
const read = async (tool: string, args: Record<string, unknown>) => (await call(tool, args)).data;
const withIds = await Promise.all(callsWithIds.map(async ([tool, args]) => [tool, await args(read), call] as const));
const calls = [...named, ...afterFailover, ...withIds];

// At 200 ms a request, 1.5 s have room for seven.
test.each(calls)('the plan of %s is three looks deep, and one deeper where names are looked up', async (...given) => {
  const [tool, args, by] = given;
  const byName = await looked(tool, args, by);
  expect(byName.plan).toBeDefined();
  expect(byName.rounds).toBeLessThanOrEqual(4);
  const byId = await looked(tool, { ...args, ...byName.plan?.arguments, ...secretsOf(args) }, by);
  expect(byId.plan).toBeDefined();
  expect(byId.rounds).toBeLessThanOrEqual(3);
});

test('the plan of every operation that is guarded is counted', async () => {
  const guarded = (await listTools()).filter(({ provider, risk }) => provider !== 'pgfleet' && isGuarded(risk));
  const counted = new Set<string>(calls.map(([tool]) => tool));
  expect(guarded.map(({ name }) => name).filter((name) => !counted.has(name))).toEqual([]);
});
