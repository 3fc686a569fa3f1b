import { fork } from 'node:child_process';
import { type Era, eras } from './frames.js';
import type { Carried, Load } from './load.js';
import { ask, empty, path, product, type Served, serve } from './servers.js';
import { median, type Out, type Verdict } from './verdict.js';

/** Its answer is the smallest of all: what is compared is the way of a call, not the size of what a provider says. */
const tool = 'nhn_list_regions';
/** A team with its agents. With few callers less of the work is done together, and the ratio is some 0.05 lower. */
const connections = 32;
const rounds = 15;
const milliseconds = 500;
/** By then the code that answers is compiled. */
const warmUpMilliseconds = 5_000;

const leastRatio = 0.7;
/** Of many tools to few: 1, but for what else the machine does meanwhile. */
const leastEvenness = 0.85;

interface Contender {
  name: string;
  tool: string;
  served: Served;
}

/** Requests per second of a read tool, of an empty server and of ours with few tools and with all. */
export async function throughput(out: Out): Promise<Verdict[]> {
  const load = fork(path('./load.js'));
  const contenders: Contender[] = [
    { name: 'empty', tool: 'nothing', served: await serve(empty) },
    { name: 'few tools', tool, served: await serve(product('--sandbox', 'nhn', '--profile', 'nhn:catalog')) },
    { name: 'all tools', tool, served: await serve(product('--sandbox', '--profile', 'full')) },
  ];
  out('');
  out(`${tool} over HTTP, ${connections} connections; medians of ${rounds} rounds in turn, requests/s`);
  const verdicts: Verdict[] = [];
  for (const era of eras) verdicts.push(...(await compare(era, contenders, load, out)));
  load.kill();
  await Promise.all(contenders.map(({ served }) => served.close()));
  return verdicts;
}

async function compare(era: Era, contenders: readonly Contender[], load: ReturnType<typeof fork>, out: Out) {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const rate = async ({ tool, served: { origin } }: Contender, milliseconds: number) => {
    const task: Load = { origin, era, tool, connections, milliseconds };
    return (await ask<Carried>(load, task)).requestsPerSecond;
  };
  for (const each of contenders) await rate(each, warmUpMilliseconds);
  // In turn, each the first at times, so that whatever else the machine does weighs on all.
  for (let round = 0; round < rounds; round += 1) {
    const first = round % contenders.length;
    const inTurn = [...contenders.slice(first), ...contenders.slice(0, first)];
    for (const each of inTurn) rates.get(each.name)?.push(await rate(each, milliseconds));
  }
  const of = (name: string) => median(rates.get(name) ?? []);
  /** Each round is compared in itself: from one to the next, the machine may have become slower for all. */
  const ratio = (name: string, floor: string) =>
    median((rates.get(name) ?? []).map((rate, round) => rate / (rates.get(floor)?.[round] ?? Number.NaN)));
  const [few, all, evenness] = [
    ratio('few tools', 'empty'),
    ratio('all tools', 'empty'),
    ratio('all tools', 'few tools'),
  ];
  const columns = contenders.map(({ name }) => `${name} ${of(name).toFixed(0).padStart(5)}`);
  out(`  era ${era}   ${columns.join('   ')}   ratio ${few.toFixed(2)} and ${all.toFixed(2)}`);
  const least = Math.min(few, all);
  return [
    {
      text: `era ${era}: ${least.toFixed(2)} of an empty server's throughput, at least ${leastRatio}`,
      holds: least >= leastRatio,
    },
    {
      text: `era ${era}: all tools at ${evenness.toFixed(2)} of the throughput of few, at least ${leastEvenness}`,
      holds: evenness >= leastEvenness,
    },
  ];
}
