import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { connect } from './connection.js';
import { callOf } from './frames.js';
import { ask, path, product, serve } from './servers.js';
import type { Started } from './slow-emulator.js';
import { median, type Out, type Verdict } from './verdict.js';

const requestMilliseconds = 200;
const pollMilliseconds = 20;
const rounds = 5;
const manyCopies = 24;
const inCopy = 21;

/**
 * How many round trips each may take. A check that comes before the process is ready also waits for tokens and for what
 * a server starts without.
 */
const most = { early: 7, first: 5, check: 5, diagnosis: 4, known: 0.5, many: 30_000 / requestMilliseconds };

/** How long the fleet tools take where each request of a provider takes long, in round trips of one request. */
export async function fleet(out: Out): Promise<Verdict[]> {
  out('');
  out(`fleet tools at ${requestMilliseconds} ms a request, in round trips; medians of ${rounds}`);
  const early = await over(1, (call) => call('fleet_check'));
  const few = await over(1, async (call, ready) => {
    await ready();
    const first = await call('fleet_check');
    const taken = { trip: [] as number[], check: [] as number[], known: [] as number[], diagnosis: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      taken.trip.push((await call('nhn_list_regions')).milliseconds);
      taken.check.push((await call('fleet_check', { fresh: true })).milliseconds);
      taken.known.push((await call('fleet_check')).milliseconds);
      const diagnosis = await call('fleet_diagnose_instance', { instance: 'orders-primary', fresh: true });
      taken.diagnosis.push(diagnosis.milliseconds);
    }
    const { trip, check, known, diagnosis } = taken;
    return { first, trip: median(trip), check: median(check), known: median(known), diagnosis: median(diagnosis) };
  });
  const many = await over(manyCopies, (call) => call('fleet_check'));
  const row = (text: string, milliseconds: number, limit: number): Verdict => {
    const ratio = milliseconds / few.trip;
    out(`  ${text.padEnd(44)} ${milliseconds.toFixed(0).padStart(5)} ms  ${ratio.toFixed(1)} round trips`);
    return { text: `${text}: ${ratio.toFixed(1)} round trips, at most ${limit}`, holds: ratio <= limit };
  };
  const perInstance = ({ requests, examined }: Called) => `${(requests / examined).toFixed(1)} of ${examined}`;
  out(`  one round trip ${few.trip.toFixed(0)} ms`);
  out(`  requests an instance: ${perInstance(few.first)}, ${perInstance(many)}`);
  return [
    row('the first fleet_check, before it is ready', early.milliseconds, most.early),
    row('the first fleet_check, once it is ready', few.first.milliseconds, most.first),
    row('fleet_check of all', few.check, most.check),
    row('fleet_check again within the minute', few.known, most.known),
    row('fleet_diagnose_instance', few.diagnosis, most.diagnosis),
    row(`fleet_check of ${many.examined}`, many.milliseconds, most.many),
    { text: `${many.examined} of ${manyCopies * inCopy} are examined`, holds: many.examined === manyCopies * inCopy },
  ];
}

interface Called {
  milliseconds: number;
  /** What was sent to providers meanwhile. */
  requests: number;
  examined: number;
}

type Call = (tool: string, args?: Record<string, unknown>) => Promise<Called>;

/** Does the work on a server over emulators with so many copies of each instance. */
async function over<T>(copies: number, work: (call: Call, ready: () => Promise<void>) => Promise<T>): Promise<T> {
  const emulators = fork(path('./slow-emulator.js'), [String(copies), String(requestMilliseconds)]);
  const [{ environment }] = (await once(emulators, 'message')) as [Started];
  const served = await serve({ ...product('--profile', 'full'), env: environment });
  const connection = await connect(served.origin, '2026');
  const call: Call = async (tool, args) => {
    const before = await ask<number>(emulators, {});
    const begun = performance.now();
    const answer = await connection.send(callOf(tool, args));
    const milliseconds = performance.now() - begun;
    if (answer.includes('"isError":true'))
      throw new Error(`${tool} did not answer as it should: ${answer.slice(0, 500)}`);
    const requests = (await ask<number>(emulators, {})) - before;
    const examined = Number(/"examined":(\d+)/.exec(answer)?.[1] ?? 0);
    return { milliseconds, requests, examined };
  };
  const ready = async () => {
    while (!(await fetch(`${served.origin}/readyz`)).ok) await setTimeout(pollMilliseconds);
  };
  try {
    return await work(call, ready);
  } finally {
    await connection.end();
    await served.close();
    emulators.kill();
  }
}
