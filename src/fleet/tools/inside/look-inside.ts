import type { Caller } from '../../../call/caller.js';
import { authorize } from '../../../call/guard/authorize.js';
import { about } from '../../../call/guard/read-rights.js';
import type { Scope } from '../../../define/index.js';
import type { DatabaseConnection, InspectedInstance } from '../../../inspect/database-connection.js';
import { LookError, type LookFault } from '../../../inspect/look-error.js';
import type { DatabaseLook } from '../../../inspect/open-look.js';
import { ProviderError } from '../../../providers/provider.js';
import { StoreError } from '../../../store/store.js';
import { mapLimit } from '../../../values/map-limit.js';
import { redact } from '../../../values/redact.js';
import { type Values } from '../../../values/values.js';
import { accountNameOf } from '../../account.js';
import type { FleetInstance } from '../../instance.js';
import { accountsHolding } from '../age.js';
import type { FleetToolContext } from '../fleet-tool.js';

/** All that one look may take. */
export const lookMilliseconds = 15_000;

export const inspectScope: Scope = 'pgfleet:inspect';

/** What is looked at inside an instance. */
export interface LookQuestion<T> {
  /** The tool that looks, for scopes, policy and audit. */
  tool: string;
  /** The tool that the look is a part of. Rules about either are about the look. */
  through?: string;
  caller: Caller;
  /** What is looked at, for the audit record, such as the topics of checks. */
  what: Values;
  work: (look: DatabaseLook, connection: DatabaseConnection, until: number) => Promise<T>;
}

/** What was seen inside an instance, or why nothing was. */
export type LookResult<T> = { instance: FleetInstance } & ({ seen: T; notes: readonly string[] } | NotLooked);

/** Why nothing was seen. */
interface NotLooked {
  why: string;
  /** Absent where there is no connection at all. */
  fault?: LookFault;
}

/** What looking needs. */
export type LookTools = Pick<FleetToolContext, 'fleet' | 'databases' | 'audit' | 'policy' | 'clock' | 'random'>;

/** As a look needs to know an instance. */
const inspected = (instance: FleetInstance): InspectedInstance => ({ ...instance, account: accountNameOf(instance) });

/**
 * Looks inside instances, each with its own connection. The policy decides for each, and each look is on the audit
 * record before it is made. Throws a `RefusedError` where the policy or a missing scope forbids it.
 */
export async function lookInside<T>(
  instances: readonly FleetInstance[],
  question: LookQuestion<T>,
  context: LookTools,
): Promise<readonly LookResult<T>[]> {
  const { instances: all } = await context.fleet.inventory('minute', accountsHolding(instances));
  const around = all.map(inspected);
  return Promise.all(
    instances.map(async (instance): Promise<LookResult<T>> => {
      try {
        return { instance, ...(await lookAt(instance, around, question, context)) };
      } catch (error) {
        if (error instanceof LookError) return { instance, why: error.message, fault: error.fault };
        // What a look needs beside the database can be away too. All else that was asked is told all the same.
        if (!(error instanceof StoreError || error instanceof ProviderError)) throw error;
        return { instance, why: error.message, fault: 'unreachable' };
      }
    }),
  );
}

async function lookAt<T>(
  instance: FleetInstance,
  all: readonly InspectedInstance[],
  { tool, through, caller, what, work }: LookQuestion<T>,
  { fleet, databases, audit, policy, clock, random }: LookTools,
): Promise<{ seen: T; notes: readonly string[] } | NotLooked> {
  const withheld = await withheldFrom(instance, { tool, through, caller }, { policy, clock });
  if (withheld !== undefined) return { why: withheld };
  const connection = await databases.connectionOf(inspected(instance), all);
  if (!connection) return { why: unconnected(instance) };
  await audit.write({
    event: 'look',
    call: random.id(),
    tool,
    through,
    risk: 'read',
    provider: instance.provider,
    client: caller.client,
    caller: caller.name,
    target: instance.reference,
    touches: [instance.reference],
    arguments: what,
    trace: caller.traceContext?.traceId,
  });
  const until = clock.now() + lookMilliseconds;
  // The endpoint as it is now: after a failover or a restore another one may have taken its place.
  const record = connection.host === undefined ? await fleet.get(instance.reference) : instance;
  const clean = redact([connection.password]);
  return databases.look(inspected(record), connection, { until, signal: caller.signal }, async (look) => ({
    seen: clean.value(await work(look, connection, until)),
    notes: look.notes,
  }));
}

/** Why no look is made for this caller. Throws a `RefusedError` where the policy or a missing scope forbids it. */
export async function withheldFrom(
  instance: FleetInstance,
  { tool, through, caller }: Pick<LookQuestion<unknown>, 'tool' | 'through' | 'caller'>,
  { policy, clock }: Pick<LookTools, 'policy' | 'clock'>,
): Promise<string | undefined> {
  const subject = { ...lookSubject(tool, instance), through };
  const decision = await authorize(subject, { caller, instances: about(instance.name) }, { policy, clock });
  const isAsked = decision?.effect === 'ask' || decision?.effect === 'human';
  // About a look by itself somebody was asked before.
  return isAsked && through !== undefined ? notShown(`the policy wants a person asked, which ${tool} does`) : undefined;
}

/** What rules and scopes are about where a tool looks inside an instance. */
export const lookSubject = (tool: string, instance: FleetInstance) => ({
  tool,
  risk: 'read' as const,
  scope: inspectScope,
  provider: instance.provider,
  account: accountNameOf(instance),
});

/** What somebody may not see, or not in this way, is told apart from what cannot be seen. */
export const notShown = (missing: string) => `not shown: ${missing}`;

/** So many databases are looked into at once. */
export const mostAtOnce = 4;

/** The instances that there is a connection to, ambiguous ones as well: the look itself says why it is not used. */
export async function connectedAmong(
  instances: readonly FleetInstance[],
  { databases }: Pick<FleetToolContext, 'databases'>,
): Promise<readonly FleetInstance[]> {
  if (!databases.isConfigured) return [];
  const known = instances.map(inspected);
  const connected = await mapLimit(instances, mostAtOnce, async (instance) => {
    const connection = await databases.connectionOf(inspected(instance), known).catch(() => 'ambiguous');
    return connection ? [instance] : [];
  });
  return connected.flat();
}

/** How an operator allows a look inside an instance. */
export const unconnected = (instance: FleetInstance): string =>
  `no connection is configured for it: write databases "${accountNameOf(instance)}:${plainName(instance)}" with user ` +
  'and password into the configuration file';

/** This is no data in a fence, so a name that could be read as more than a name is not said. */
const plainName = ({ name }: FleetInstance): string => (/^[\w.-]{1,100}$/.test(name) ? name : '‹its name›');
