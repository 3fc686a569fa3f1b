import { type Config } from '../../config/config.js';
import { stateFolders } from '../../config/folders.js';
import { ConfigError } from '../../define/config-error.js';
import { type Sent, sendTo } from '../../observe/hooks/delivery.js';
import { eventIdOf, type HookEvent } from '../../observe/hooks/event.js';
import { createOutbox, type Queued } from '../../observe/hooks/outbox.js';
import type { HookTarget } from '../../observe/hooks/target.js';
import { openPosting } from '../../providers/wire/posting.js';
import { userAgent } from '../../providers/wire/user-agent.js';
import { openStore } from '../../store/index.js';
import type { Clock } from '../../values/clock.js';
import { hooksStore } from './hooks-store.js';

export interface HookCommandOptions {
  config: Config;
  version: string;
  clock: Clock;
  newId: () => string;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/** A target with what waits for it, and what could not be sent to it. */
export interface QueueOfTarget {
  target: HookTarget;
  waiting: readonly Queued[];
  dead: readonly Queued[];
}

/** What an operator does with hooks in a shell. A name that is left out means every target. */
export interface HookCommands {
  queues: (name?: string) => Promise<readonly QueueOfTarget[]>;
  /** Resolves to how many dead letters wait again. */
  retry: (name?: string) => Promise<number>;
  /** Sends a test event, past all that waits. */
  test: (name?: string) => Promise<readonly { target: HookTarget; sent: Sent }[]>;
  close: () => Promise<void>;
}

/** Throws a `ConfigError` where no hooks are configured. */
export async function openHookCommands(options: HookCommandOptions): Promise<HookCommands> {
  const { config, version, clock, newId, log } = options;
  const { hookTargets: targets, store: url, auditLog = stateFolders().auditLog } = config;
  if (targets.length === 0)
    throw new ConfigError(['No hooks are configured: PGFLEET_HOOKS names the file of targets.']);
  const shared = await openStore({ url, now: clock.now, log });
  const outbox = createOutbox({ targets, store: hooksStore(shared, auditLog, clock.now), now: clock.now });

  function named(name: string | undefined): readonly HookTarget[] {
    const meant = targets.filter((target) => name === undefined || target.name === name);
    const known = targets.map((target) => target.name).join(', ');
    if (meant.length === 0) throw new ConfigError([`There is no hook target ${name}. Targets are: ${known}.`]);
    return meant;
  }

  const testEvent = (): HookEvent => ({
    id: eventIdOf('hooks.test', newId()),
    type: 'hooks.test',
    time: new Date(clock.now()).toISOString(),
    instances: [],
    data: {},
  });

  return {
    queues: (name) =>
      Promise.all(
        named(name).map(async (target) => ({
          target,
          waiting: await outbox.waiting(target.name),
          dead: await outbox.dead(target.name),
        })),
      ),
    async retry(name) {
      const revived = await Promise.all(named(name).map((target) => outbox.revive(target.name)));
      return revived.reduce((sum, count) => sum + count, 0);
    },
    async test(name) {
      const common = { post: openPosting({ proxies: config.proxies }), userAgent: userAgent(version), clock };
      return Promise.all(
        named(name).map(async (target) => ({ target, sent: await sendTo(testEvent(), target, common) })),
      );
    },
    close: () => shared.close(),
  };
}
