import { WireError } from '../../providers/wire/http.js';
import type { Post } from '../../providers/wire/posting.js';
import type { Lease } from '../../store/lease.js';
import type { Clock } from '../../values/clock.js';
import { mapLimit } from '../../values/map-limit.js';
import type { HookEvent } from './event.js';
import { messageFor } from './message.js';
import { nextWave } from './order.js';
import type { Outbox, Queued } from './outbox.js';
import type { HookTarget } from './target.js';

export interface DeliveryOptions {
  targets: readonly HookTarget[];
  outbox: Outbox;
  post: Post;
  /** The right to send, which one process has at a time. */
  lease: Lease;
  userAgent: string;
  clock: Pick<Clock, 'now' | 'later'>;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

export interface Delivery {
  /** Looks at once for what waits. */
  wake: () => void;
  /** Ends after the tries that are under way. */
  close(): Promise<void>;
}

export const beatMilliseconds = 3_000;
/** The number of beats that may fail before another process takes over. */
const beatsOfLease = 3;
/** For so long, an event is tried. Then it is a dead letter, so that those behind it are sent. */
const longestMilliseconds = 86_400_000;
/** A process that starts after a long time does not give up because its first tries fail. */
const fewestTries = 3;
/** For so long, tries that are under way may go on once the process is about to end. */
const lastTriesMilliseconds = 2_000;
const atOnce = 4;
const firstPauseMilliseconds = 2_000;
const longestPauseMilliseconds = 60_000;

/** `away`: the target takes nothing now. `refused`: it does not take this event. */
export type Sent = { result: 'sent' | 'away' | 'refused'; why: string };

type Tried = Sent & { queued: Queued };

/** How often something failed one after the other, and when it is tried again, in epoch milliseconds. */
interface Failing {
  tries: number;
  next: number;
}

/** Sends one event, once. */
export async function sendTo(
  event: HookEvent,
  target: HookTarget,
  { post, userAgent, clock, signal }: Pick<DeliveryOptions, 'post' | 'userAgent' | 'clock'> & { signal?: AbortSignal },
): Promise<Sent> {
  const { headers, body } = messageFor(event, target, clock.now());
  try {
    const url = new URL(target.url);
    const status = await post({
      url,
      headers: { 'user-agent': userAgent, ...headers },
      body,
      allowed: target.allow,
      signal,
    });
    if (status >= 200 && status < 300) return { result: 'sent', why: `HTTP ${status}` };
    const isAway = status >= 500 || status === 408 || status === 429;
    return { result: isAway ? 'away' : 'refused', why: `HTTP ${status}` };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { result: 'away', why: error.message };
  }
}

/** Sends what waits, to all targets side by side and for each instance in order, while this process has the lease. */
export function startDelivery(options: DeliveryOptions): Delivery {
  const { targets, lease, clock, log } = options;
  const closing = new AbortController();
  const cutting = new AbortController();
  const mayGoOn = () => isLeading && !isOver();
  const lanes = targets.map((target) =>
    laneTo(target, { ...options, mayGoOn, signal: cutting.signal, again: () => void beatNow() }),
  );
  const isOver = () => closing.signal.aborted;
  let isLeading = false;
  let isAway = false;
  let othersUntil = 0;
  let beating: Promise<void> | undefined;
  let isAsked = false;
  let callOff: () => void = () => undefined;

  async function beat(): Promise<void> {
    const now = clock.now();
    if (!isLeading && now < othersUntil) return;
    try {
      const waiting = await Promise.all(lanes.map((lane) => lane.look()));
      if (isOver() || (!waiting.includes(true) && !lanes.some((lane) => lane.isBusy()))) return;
      isLeading = await lease.hold(now + beatsOfLease * beatMilliseconds);
      if (!isLeading) othersUntil = now + beatMilliseconds;
      if (isLeading) for (const lane of lanes) lane.go();
      isAway = false;
    } catch (error) {
      isLeading = false;
      if (!isAway) log(`Hooks wait, as what is to be sent cannot be read: ${String(error)}`);
      isAway = true;
    }
  }

  /** Beats once more when one is under way, as it may have looked too early. */
  async function beatNow(): Promise<void> {
    if (beating) {
      isAsked = true;
      return beating;
    }
    do {
      isAsked = false;
      beating = beat();
      await beating;
    } while (isAsked && !isOver());
    beating = undefined;
  }

  const schedule = (): void => {
    if (!isOver()) callOff = clock.later(() => void beatNow().then(schedule), beatMilliseconds);
  };

  void beatNow().then(schedule);
  return {
    wake: () => void beatNow(),
    async close() {
      closing.abort();
      callOff();
      const callOffCutting = clock.later(() => cutting.abort(), lastTriesMilliseconds);
      await Promise.all([beating, ...lanes.map((lane) => lane.ended())]);
      callOffCutting();
      if (isLeading) await lease.release().catch(() => undefined);
    },
  };
}

interface Lane {
  /** Whether something waits that may be tried now. */
  look(): Promise<boolean>;
  /** Sends what was seen by the last look. */
  go(): void;
  isBusy(): boolean;
  ended(): Promise<void>;
}

interface LaneOptions extends DeliveryOptions {
  mayGoOn: () => boolean;
  /** Cuts tries off. */
  signal: AbortSignal;
  /** Called after sending, as more may wait by then. */
  again: () => void;
}

/** The way to one target. */
function laneTo(target: HookTarget, options: LaneOptions): Lane {
  const { outbox, clock, log, mayGoOn, signal, again } = options;
  const { name } = target;
  let away: Failing = { tries: 0, next: 0 };
  let refused = new Map<string, Failing>();
  let seen: readonly Queued[] = [];
  let round: Promise<void> | undefined;

  const isDue = ({ id }: Queued): boolean => (refused.get(id)?.next ?? 0) <= clock.now();

  async function attempt(queued: Queued): Promise<Tried> {
    const sent = await sendTo(queued.event, target, options);
    if (sent.result === 'sent') await outbox.sent(name, queued);
    return { queued, ...sent };
  }

  /** Once the target takes nothing, the rest of a wave is not tried. */
  async function attemptAll(wave: readonly Queued[]): Promise<Tried[]> {
    let isOut = false;
    const tried = await mapLimit(wave, atOnce, async (queued) => {
      if (isOut || !mayGoOn()) return undefined;
      const attempted = await attempt(queued);
      isOut ||= attempted.result === 'away';
      return attempted;
    });
    return tried.filter((each) => each !== undefined);
  }

  async function buryOld(all: readonly Queued[]): Promise<void> {
    const old = all.filter(({ since }) => clock.now() - since >= longestMilliseconds);
    for (const queued of old) {
      await outbox.bury(name, queued);
      refused.delete(queued.id);
    }
    if (old.length > 0) log(`${old.length} events for the hook target ${name} became dead letters.`);
  }

  function noteAway(why: string): void {
    if (away.tries === 0) log(`The hook target ${name} takes nothing: ${why}. What it is to be told waits.`);
    away = failedAgain(away, clock.now());
  }

  function noteRefused({ id, event }: Queued, why: string): void {
    const before = refused.get(id) ?? { tries: 0, next: 0 };
    if (before.tries === 0) log(`The hook target ${name} refused an event ${event.type}: ${why}. It is tried again.`);
    refused.set(id, failedAgain(before, clock.now()));
  }

  async function send(all: readonly Queued[]): Promise<void> {
    let left = all;
    const stuck = new Set<string>();
    while (mayGoOn()) {
      const wave = nextWave(left, { stuck, isDue, most: 10 * atOnce });
      if (wave.length === 0) break;
      const tried = await attemptAll(wave);
      if (signal.aborted) return;
      const failures = tried.filter((each) => each.result !== 'sent');
      left = left.filter((queued) => !tried.some((each) => each.queued === queued));
      for (const { queued } of failures) for (const instance of queued.event.instances) stuck.add(instance);
      for (const { queued, result, why } of failures) if (result === 'refused') noteRefused(queued, why);
      await buryOld(
        failures.map(({ queued }) => queued).filter(({ id }) => (refused.get(id)?.tries ?? 0) >= fewestTries),
      );
      const out = failures.find(({ result }) => result === 'away');
      if (out) {
        noteAway(out.why);
        const unsent = [...failures.map(({ queued }) => queued), ...left];
        if (away.tries >= fewestTries) await buryOld(unsent);
        return;
      }
      if (away.tries > 0) log(`The hook target ${name} takes events again.`);
      away = { tries: 0, next: 0 };
    }
    // What was sent or buried by another process is not waited for any more.
    refused = new Map([...refused].filter(([id]) => all.some((queued) => queued.id === id)));
  }

  return {
    async look() {
      if (round || clock.now() < away.next) return false;
      seen = await outbox.waiting(name);
      // What is due may stand behind something that is not: then there is nothing to send.
      return nextWave(seen, { stuck: new Set(), isDue, most: 1 }).length > 0;
    },
    go() {
      if (round || seen.length === 0 || clock.now() < away.next) return;
      // The next round needs another look: what was seen here is being sent.
      const taken = seen;
      seen = [];
      const going = send(taken).catch((error: unknown) => noteAway(String(error)));
      round = going.then(() => {
        round = undefined;
        again();
      });
    },
    isBusy: () => round !== undefined,
    ended: async () => round,
  };
}

const failedAgain = ({ tries }: Failing, now: number): Failing => ({
  tries: tries + 1,
  next: now + Math.min(firstPauseMilliseconds * 2 ** tries, longestPauseMilliseconds),
});
