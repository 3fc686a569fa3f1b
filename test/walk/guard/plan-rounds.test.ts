import { expect, test } from 'vitest';
import type { Send } from '../../../src/providers/wire/http.js';
import { settle } from '../../support/clock.js';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { nhnCalls, otherCalls, samsungCalls, secretsOf } from './guarded-calls.js';

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
const fleet = await startFleet({ providers: ['nhn', 'samsung', 'naver', 'cegedim'], between: inRounds, end });
// A token is asked for once, and is no look.
const warm = await connect({ fleet, end });
const lists = ['nhn_list_db_instances', 'samsung_list_clusters', 'naver_list_instances', 'cegedim_list_resources'];
for (const list of lists) await warm.call(list);

/** What comes before a person is asked, one after another. */
async function looked(tool: string, args: Record<string, unknown>) {
  rounds = 0;
  const { data } = await warm.call(tool, args);
  return { rounds, plan: data['plan'] as { arguments: Record<string, unknown> } | undefined };
}

// At 200 ms a request, 1.5 s have room for seven.
test.each([...nhnCalls, ...samsungCalls, ...otherCalls])(
  'the plan of %s is three looks deep, and one deeper where names are looked up',
  async (tool, args) => {
    const byName = await looked(tool, args);
    expect(byName.plan).toBeDefined();
    expect(byName.rounds).toBeLessThanOrEqual(4);
    const byId = await looked(tool, { ...args, ...byName.plan?.arguments, ...secretsOf(args) });
    expect(byId.plan).toBeDefined();
    expect(byId.rounds).toBeLessThanOrEqual(3);
  },
);
