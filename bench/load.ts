import { type Connection, connect } from './connection.js';
import { callOf, type Era } from './frames.js';

/** What the process of this file is asked to do. */
export interface Load {
  origin: string;
  era: Era;
  tool: string;
  connections: number;
  milliseconds: number;
}

export interface Carried {
  requestsPerSecond: number;
}

/** Calls a tool on many connections, on each as soon as the last answer is there, until the time is over. */
async function carry({ origin, era, tool, connections, milliseconds }: Load): Promise<Carried> {
  const all = await Promise.all(Array.from({ length: connections }, () => connect(origin, era)));
  const begun = performance.now();
  const counts = await Promise.all(all.map((each) => callUntil(begun + milliseconds, each, tool)));
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(all.map((each) => each.end()));
  return { requestsPerSecond: counts.reduce((sum, count) => sum + count, 0) / seconds };
}

async function callUntil(end: number, connection: Connection, tool: string): Promise<number> {
  const message = callOf(tool);
  let count = 0;
  while (performance.now() < end) {
    const answer = await connection.send(message);
    if (!answer.includes('"content"') || answer.includes('"isError":true'))
      throw new Error(`${tool} did not answer as it should: ${answer.slice(0, 500)}`);
    count += 1;
  }
  return count;
}

// A process of its own, so that what it costs to ask is not taken from those that answer.
process.on('message', (load: Load) => {
  void carry(load).then((carried) => process.send?.(carried));
});
process.once('disconnect', () => process.exit());
