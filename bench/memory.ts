import { connect } from './connection.js';
import { callOf, type Era, eras } from './frames.js';
import type { Memory } from './memory-probe.js';
import { ask, path, product, serve } from './servers.js';
import type { Out, Verdict } from './verdict.js';

/** What one story calls, in either era. */
const readsOfStory = 4;
const callsOfStory = eras.length * (readsOfStory + 1);
const storiesAtOnce = 8;
/**
 * Until then the engine is still compiling, and half of what is added is code. A call adds 709 bytes from 2,000 calls
 * on, 425 from 4,000, 83 from 8,000, 120 from 12,000, and 63 from 20,000.
 */
const warmUpCalls = 8_000;
const calls = 10_000;
const readings = 5;

/**
 * Bytes a call. One call in ten opens a session, so one that is forgotten would be 600 and more, a request far more
 * still. What is kept on purpose, such as that a session is over, and code that is compiled later, are below.
 */
const mostHeld = 256;

/** What many calls of every kind leave behind. */
export async function memory(out: Out): Promise<Verdict[]> {
  const execArgv = ['--expose-gc', '--import', path('./memory-probe.js')];
  const { origin, child, close } = await serve({ ...product('--sandbox', '--profile', 'full'), execArgv });
  const dbInstanceId = await someInstance(origin);
  out('');
  out('Memory over HTTP: reads, guarded calls left unconfirmed, sessions and streams opened and ended');

  const taken: Memory[] = [];
  const look = async (done: number) => {
    const now = await ask<Memory>(child, {});
    taken.push(now);
    out(
      `  after ${String(done).padStart(6)} calls   held ${mebibytes(now.held)}   resident ${mebibytes(now.resident)}`,
    );
  };
  await tell(warmUpCalls, origin, dbInstanceId);
  await look(warmUpCalls);
  for (let reading = 1; reading <= readings; reading += 1) {
    await tell(calls / readings, origin, dbInstanceId);
    await look(warmUpCalls + (calls / readings) * reading);
  }
  await close();

  const [first, last] = [taken[0], taken.at(-1)];
  const growth = first && last ? (last.held - first.held) / calls : Number.NaN;
  const text = `${growth.toFixed(0)} bytes a call are held after ${calls} calls, at most ${mostHeld}`;
  return [{ text, holds: growth <= mostHeld }];
}

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1).padStart(6)} MiB`;

async function tell(count: number, origin: string, dbInstanceId: string): Promise<void> {
  let left = count / callsOfStory;
  const teller = async () => {
    while (left > 0) {
      left -= 1;
      for (const era of eras) await story(era, origin, dbInstanceId);
    }
  };
  await Promise.all(Array.from({ length: storiesAtOnce }, teller));
}

/** A person is asked, until as many plans of this caller wait as can. Then there is no other until some expire. */
const endings = ['"confirmation_required"', 'wait for their confirmation already'];

/** A client comes, reads, would restart an instance and thinks better of it, listens for a moment, and leaves. */
async function story(era: Era, origin: string, dbInstanceId: string): Promise<void> {
  const connection = await connect(origin, era);
  for (let read = 0; read < readsOfStory; read += 1) await connection.send(callOf('nhn_list_regions'));
  const asked = await connection.send(callOf('nhn_restart_db_instance', { dbInstanceId }));
  if (!endings.some((ending) => asked.includes(ending))) throw new Error(`Nobody was asked: ${asked.slice(0, 500)}`);
  await connection.listen(`pgfleet://nhn/instances/${dbInstanceId}`);
  await connection.end();
}

async function someInstance(origin: string): Promise<string> {
  const connection = await connect(origin, '2026');
  const answer = await connection.send(callOf('nhn_list_db_instances'));
  await connection.end();
  const id = /"dbInstanceId":"([^"]+)"/.exec(answer)?.[1];
  if (id === undefined) throw new Error(`No instance is listed: ${answer.slice(0, 500)}`);
  return id;
}
