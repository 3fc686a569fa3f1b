import { isFinal } from '../../call/builtin/jobs.js';
import type { Approval, ApprovalOptions } from '../../call/guard/approvals.js';
import type { Config } from '../../config/config.js';
import type { Fleet } from '../../fleet/fleet.js';
import { accountOf, idOf } from '../../fleet/reference.js';
import type { Glances } from '../../fleet/resources/glances.js';
import { startDelivery } from '../../observe/hooks/delivery.js';
import { watchFindings } from '../../observe/hooks/findings.js';
import { followJobs } from '../../observe/hooks/jobs.js';
import { createOutbox, type Outbox } from '../../observe/hooks/outbox.js';
import { openPosting } from '../../providers/wire/posting.js';
import { userAgent } from '../../providers/wire/user-agent.js';
import { leaseOf } from '../../store/lease.js';
import type { Store } from '../../store/store.js';
import type { Clock } from '../../values/clock.js';
import { eventOfDecision, eventOfRequest } from './approval-events.js';
import { eventOfLine, jobOfLine } from './audit-events.js';
import { lookAtFleet } from './fleet-look.js';
import { hooksStore } from './hooks-store.js';
import { type LineShipper, lineShipper } from './line-shipper.js';

export interface HooksOptions {
  config: Config;
  version: string;
  store: Store;
  /** The files of audit records. */
  records: readonly string[];
  fleet: Fleet;
  /** Tells the address of the approval page. */
  pageAddress?: () => Promise<string>;
  clock: Clock;
  newId: () => string;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/** What is told outside, from where it happens to where it is sent. */
export interface Hooks extends Required<Pick<ApprovalOptions, 'store' | 'alsoFor'>> {
  queues: Outbox['levels'];
  /** Called when there may be something to send. */
  told: () => void;
  /** Called once a line is in this audit record. */
  written: (record: string) => Promise<void>;
  /** Called after each look at the fleet for those who watch it. */
  polled: (glances: Pick<Glances, 'at'>) => Promise<void>;
  /** Begins to send. Without it, events are written, and another process sends them. */
  begin: () => { close: () => Promise<void> };
}

/** The channel on which processes tell each other that there is something to send. */
const channel = 'hooks';
/** After so long, lines of the record are handed on that could not be before. */
const againMilliseconds = 10_000;
const usualLookSeconds = 600;
const usualPollSeconds = 30;

export async function openHooks(options: HooksOptions): Promise<Hooks> {
  const { config, version, records, fleet, pageAddress, clock, newId, log } = options;
  const { hookTargets: targets, findingSeconds = usualLookSeconds, pollSeconds = usualPollSeconds } = config;
  const store = hooksStore(options.store, records[0] ?? '', clock.now);
  const outbox = createOutbox({ targets, store, now: clock.now });
  const holder = newId();
  const lease = (id: string) => leaseOf({ store, collection: 'hooks-lease', id, holder });
  const told = () => void store.publish(channel, '').catch(() => undefined);
  const isSandbox = (account: string) => config.accounts.get(account)?.isSandbox === true;
  const common = { store, outbox, told, clock, log };

  const jobs = followJobs({
    ...common,
    seconds: pollSeconds,
    lease: lease('jobs'),
    async read(job) {
      const facts = await fleet.job(accountOf(job), idOf(job));
      return { state: String(facts['state']), hasEnded: isFinal(facts) };
    },
  });
  const wantsJobs = targets.some(({ events }) => events.includes('job.ended'));
  const wantsFindings = targets.some(({ events }) => events.some((event) => event.startsWith('finding.')));
  const polled = watchFindings({
    ...common,
    seconds: findingSeconds,
    newId,
  });

  const shippers = new Map(
    records.map((file) => {
      const take = async (line: Parameters<typeof eventOfLine>[0]) => {
        await outbox.put(eventOfLine(line));
        const job = wantsJobs ? jobOfLine(line) : undefined;
        if (job) await store.compareAndSetAll([jobs.changeFor(job)]);
      };
      return [file, lineShipper({ file, take, log })];
    }),
  );
  for (const shipper of shippers.values()) await shipper.begin();
  const ship = async (which: readonly LineShipper[]): Promise<void> => {
    await Promise.all(which.map((shipper) => shipper.ship()));
    if (which.length > 0) told();
  };

  return {
    store,
    queues: outbox.levels,
    told,
    polled: async (glances) =>
      wantsFindings ? polled(() => lookAtFleet({ fleet, glances, isSandbox, clock })) : undefined,
    async alsoFor(what, approval: Approval) {
      const link = pageAddress ? `${await pageAddress()}/${approval.id}` : '';
      const facts = { link, isSandbox: isSandbox(approval.plan.account), now: clock.now() };
      const event = what === 'requested' ? eventOfRequest(approval, facts) : eventOfDecision(approval, facts);
      return outbox.changesFor([event]);
    },
    async written(record) {
      await shippers.get(record)?.ship();
      told();
    },
    begin() {
      const delivery = startDelivery({
        ...common,
        targets,
        post: openPosting({ proxies: config.proxies }),
        lease: lease('delivery'),
        userAgent: userAgent(version),
      });
      const listening = store.subscribe(channel, delivery.wake).catch(() => undefined);
      jobs.begin();
      let callOff: () => void = () => undefined;
      const shipLater = (): void => {
        callOff = clock.later(() => {
          void ship([...shippers.values()].filter((shipper) => shipper.isBehind())).then(shipLater);
        }, againMilliseconds);
      };
      // What was recorded before a process ended is told by the next one.
      const shipping = ship([...shippers.values()]).then(shipLater);
      return {
        async close() {
          (await listening)?.();
          await shipping;
          callOff();
          await Promise.all([delivery.close(), jobs.close()]);
        },
      };
    },
  };
}
