import { connectAccounts, failureOf, readerIn } from '../../../src/app/accounts.js';
import { createEmulator, type EmulatorOptions } from '../../../src/emulator/index.js';
import { adapters } from '../../../src/fleet/adapters/index.js';
import type { Topic } from '../../../src/fleet/finding.js';
import { createFleet } from '../../../src/fleet/fleet.js';
import { rules } from '../../../src/fleet/rules/index.js';
import { observer } from '../../../src/observe/observer.js';
import { startTracing } from '../../../src/observe/tracing.js';
import type { HttpRequest, Send } from '../../../src/providers/wire/http.js';
import { handClock, settle } from '../../support/clock.js';

/** What went over the wire. A round is all that is under way at once, answered together. */
export interface Traffic {
  rounds: number;
  /** Each as `account METHOD /path`, with its query. */
  requests: string[];
  /** The most requests of one account in one round. */
  widest: number;
}

export interface RoundOptions extends EmulatorOptions {
  /** Stands between the fleet and the emulators. */
  between?: (send: Send) => Send;
  lastChange?: (account: string) => Promise<string>;
}

/** A fleet over the emulators, on whose way requests are counted, and how many of them had to wait for others. */
export function fleetInRounds({
  between = (send) => send,
  lastChange = async () => '',
  ...options
}: RoundOptions = {}) {
  const emulator = createEmulator({ speed: 0, ...options });
  const clock = handClock();
  const send = between(emulator.send);
  const waiting: { request: HttpRequest; go: () => void }[] = [];
  let traffic: Traffic = { rounds: 0, requests: [], widest: 0 };

  async function round(): Promise<void> {
    // Until nothing in this process goes on without an answer.
    await settle();
    const batch = waiting.splice(0);
    const accounts = batch.map(({ request }) => new URL(request.url).hostname.replace('.sandbox', ''));
    const counts = [...new Set(accounts)].map((name) => accounts.filter((each) => each === name).length);
    traffic.rounds += 1;
    traffic.widest = Math.max(traffic.widest, ...counts);
    for (const [index, { request, go }] of batch.entries()) {
      const { pathname, search } = new URL(request.url);
      traffic.requests.push(`${accounts[index]} ${request.method} ${pathname}${search}`);
      go();
    }
  }

  const inRounds: Send = async (request, signal) => {
    if (waiting.length === 0) void round();
    await new Promise<void>((go) => void waiting.push({ request, go }));
    return send(request, signal);
  };

  const accounts = connectAccounts({
    accounts: new Map([...emulator.accounts].map(([name, account]) => [name, { name, ...account }])),
    send: inRounds,
    observer: observer({ tracing: startTracing({ newId: () => '' }), providerOf: new Map(), now: clock.now }),
    retry: { clock, random: { fraction: () => 0, integer: () => 0, bytes: () => new Uint8Array(), id: () => '' } },
    taken: new Map(),
  });
  const fleet = createFleet({
    accounts: accounts.all,
    adapterFor: (provider) => adapters[provider],
    rules,
    readerOf: readerIn(accounts),
    lastChange,
    job: async () => ({}),
    clock,
    reasonOf: failureOf,
  });
  return {
    fleet,
    clock,
    emulator,
    accounts,
    /** Examines everything, or what a topic needs. */
    check: (topic?: Topic) =>
      fleet.survey(new Set(accounts.all.map(({ name }) => name)), { until: clock.now() + 40_000, topic }),
    /** Does the work, and tells what went over the wire for it. */
    counted: async <T>(work: () => Promise<T>): Promise<Traffic & { result: T }> => {
      traffic = { rounds: 0, requests: [], widest: 0 };
      const result = await work();
      return { ...traffic, result };
    },
  };
}
