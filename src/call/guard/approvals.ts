import { isSamePerson, type Principal } from '../../define/index.js';
import type { PlacedChange, Store } from '../../store/store.js';
import { isSameName } from '../../values/same-name.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import type { AuditLog } from '../audit/log.js';
import type { Consents, OpenedConsent } from './consent.js';
import { failClosed } from './fail-closed.js';
import { hashOf, type Plan } from './plan.js';
import { signedRecords } from './signed-records.js';

/** A guarded call that waits for a person outside the conversation, or has been decided. */
export interface Approval {
  id: string;
  /** `used` means that the approved call has been carried out, or was begun. */
  state: 'pending' | 'approved' | 'refused' | 'used';
  /** Who asked, and with which program. */
  caller: Pick<Principal, 'id' | 'name' | 'person'> & { client: string };
  /** What would happen, with secrets masked. */
  plan: Plan;
  /** The arguments as they were given, encrypted. */
  consent: string;
  /** The hash of caller, tool and arguments. */
  call: string;
  /** Whether the caller who asked cannot approve. */
  fourEyes: boolean;
  /** Why a person has to decide, when a policy says it. */
  reason?: string;
  /** Whether it waits because a form got no answer. */
  isUnanswered?: boolean;
  /** Epoch milliseconds. */
  requested: number;
  expires: number;
  decision?: Pick<Principal, 'id' | 'name'> & { reason?: string; time: number };
}

export interface ApprovalRequest {
  caller: Approval['caller'];
  plan: Plan;
  arguments: Values;
  fourEyes: boolean;
  reason?: string;
  isUnanswered?: boolean;
}

export interface Verdict {
  by: Principal;
  verdict: 'approve' | 'refuse';
  /** The name of the target, which has to be typed before something is lost. */
  typed?: string;
  /** The reason, for the caller who asked. */
  reason?: string;
}

/** Thrown when a verdict cannot be accepted. The message is for the person who gave it. */
export class ApprovalError extends Error {
  override readonly name = 'ApprovalError';

  constructor(
    readonly code: 'unknown' | 'decided' | 'own call' | 'wrong name',
    message: string,
  ) {
    super(message);
  }
}

export interface Approvals {
  /**
   * Returns the approval that already waits for exactly this call of this caller, or creates one. Undefined when
   * `mostPending` others of this caller are waiting.
   */
  request(wanted: ApprovalRequest): Promise<Approval | undefined>;
  /** Undefined when there is none, or when it has expired. */
  get(id: string): Promise<Approval | undefined>;
  /** Newest first, including decided ones until they expire. */
  list(): Promise<readonly Approval[]>;
  /** Throws an `ApprovalError`. When several people decide at the same time, the first decision counts. */
  decide(id: string, verdict: Verdict): Promise<Approval>;
  /** Opens the consent in an approval of this caller. Throws a `RefusedError` when it is another caller's. */
  open(approval: Approval, caller: string): Promise<OpenedConsent>;
  /** Ends an approval: nobody can decide on it any more, and the same call needs a new one. */
  close(approval: Approval, state?: 'used' | 'refused'): Promise<void>;
  /** Calls back with the id of each changed approval, until the returned function is called. */
  watch(changed: (id: string) => void): Promise<() => void>;
}

export interface ApprovalOptions {
  /** Has 32 bytes, is the same on every replica, and does not lie in the store. */
  key: Uint8Array;
  store: Store;
  consents: Consents;
  audit: AuditLog;
  /** Epoch milliseconds. */
  now: () => number;
  newId: () => string;
  lifetimeSeconds?: number;
  /** Called with what happens to approvals. */
  noted?: (event: 'requested' | 'approved' | 'refused' | 'used') => void;
  /** What is written in the same step in which an approval begins to wait, or does not wait any more. */
  alsoFor?: (what: 'requested' | 'decided', approval: Approval) => Promise<readonly PlacedChange[]>;
}

/** More than a person reads. A caller that parks call after call must not hide those of others. */
export const mostPending = 20;

const collection = 'approval';
const byCall = 'approval-of-call';
const channel = 'approvals';

/**
 * Approvals are in the shared store, so that any process can show and decide them, and any other carries the call out.
 */
export function createApprovals(options: ApprovalOptions): Approvals {
  const { consents, audit, now, newId, lifetimeSeconds = 3_600, noted, alsoFor = async () => [] } = options;
  const store = failClosed(options.store);
  const { text, read } = signedRecords<Approval>(options.key, collection);
  const get = async (id: string): Promise<Approval | undefined> => read(id, await store.get(collection, id));

  async function replace(before: Approval, after: Approval): Promise<boolean> {
    const { id, expires } = before;
    const hasWaited = before.state === 'pending';
    const change = { collection, id, previous: text(before), next: text(after), expires };
    const done = await store.compareAndSetAll([change, ...(hasWaited ? await alsoFor('decided', after) : [])]);
    if (!done) return false;
    if (hasWaited) await freePlace(before);
    if (after.state !== 'pending') noted?.(after.state);
    await store.publish(channel, id);
    return true;
  }

  /** A place that cannot be freed now becomes free when the approval expires. */
  const freePlace = ({ id, caller }: Approval): Promise<void> =>
    store.release(placesOf(caller), id).catch(() => undefined);

  async function create(wanted: ApprovalRequest, call: string, old?: string): Promise<Approval | undefined> {
    const { caller, plan, fourEyes, reason, isUnanswered } = wanted;
    const { token, expires } = await consents.seal(
      {
        tool: plan.tool,
        account: plan.account,
        arguments: wanted.arguments,
        named: plan.named,
        plan: plan.hash,
        caller: caller.id,
        channel: 'person',
      },
      lifetimeSeconds,
    );
    const approval: Approval = {
      id: newId(),
      state: 'pending',
      caller,
      plan,
      consent: token,
      call,
      fourEyes,
      reason,
      isUnanswered,
      requested: now(),
      expires,
    };
    if (!(await store.acquire(placesOf(caller), approval.id, mostPending, expires))) return undefined;
    const waits = { collection, id: approval.id, next: text(approval), expires };
    // Of two equal calls at the same time, one is parked, and the other waits for the same approval.
    const first = { collection: byCall, id: call, previous: old, next: approval.id, expires };
    const event = await alsoFor('requested', approval);
    // A cluster whose keys lie apart cannot change both in one step. With an event, the store keeps keys together.
    if (event.length === 0) await store.compareAndSetAll([waits]);
    if (await store.compareAndSetAll(event.length === 0 ? [first] : [waits, first, ...event])) {
      noted?.('requested');
      await store.publish(channel, approval.id);
      return approval;
    }
    await store.compareAndSet(collection, approval.id, { previous: text(approval), expires });
    await freePlace(approval);
    return request(wanted);
  }

  async function request(wanted: ApprovalRequest): Promise<Approval | undefined> {
    const call = hashOf([wanted.caller.id, wanted.plan.tool, wanted.plan.account, wanted.arguments]);
    const id = await store.get(byCall, call);
    const waiting = id === undefined ? undefined : await get(id);
    if (!waiting) return create(wanted, call, id);
    if (waiting.plan.hash === wanted.plan.hash) return waiting;
    await close(waiting);
    return create(wanted, call);
  }

  const close: Approvals['close'] = async (approval, end) => {
    const { id, call, expires, state } = approval;
    await store.compareAndSet(byCall, call, { previous: id, expires });
    if (state === 'pending' || state === 'approved')
      await replace(approval, { ...approval, state: end ?? (state === 'approved' ? 'used' : 'refused') });
  };

  /** Decisions on one approval run one at a time, so that the audit record holds one decision and not two. */
  async function exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    const holder = newId();
    if (!(await store.acquire(`decision/${id}`, holder, 1, now() + 10_000)))
      throw new ApprovalError('decided', 'Somebody else is deciding on this request at this moment.');
    try {
      return await work();
    } finally {
      await store.release(`decision/${id}`, holder);
    }
  }

  async function decide(id: string, { by, verdict, typed, reason }: Verdict): Promise<Approval> {
    const approval = await get(id);
    if (!approval) throw new ApprovalError('unknown', 'There is no such request here; it may have expired.');
    if (approval.state !== 'pending') throw alreadyDecided(approval);
    if (verdict === 'approve') requireMayApprove(approval, by, typed);
    const state = verdict === 'approve' ? 'approved' : 'refused';
    const decision = { id: by.id, name: by.name, reason: sanitizeText(reason ?? '', 500) || undefined, time: now() };
    await audit.write(lineOf(approval, state, decision));
    const decided: Approval = { ...approval, state, decision };
    if (await replace(approval, decided)) return decided;
    throw alreadyDecided((await get(id)) ?? approval);
  }

  return {
    request,
    get,
    close,
    async list() {
      const all = [...(await store.list(collection))].flatMap(([id, each]) => read(id, each) ?? []);
      return all.toSorted((a, b) => b.requested - a.requested);
    },
    decide: (id, verdict) => exclusively(id, () => decide(id, verdict)),
    open: (approval, caller) => consents.open(approval.consent, { id: caller }, 'person'),
    watch: (changed) => store.subscribe(channel, changed),
  };
}

const placesOf = ({ id }: Pick<Principal, 'id'>): string => `pending/${id}`;

function requireMayApprove({ fourEyes, caller, plan }: Approval, by: Principal, typed: string | undefined): void {
  if (fourEyes && isSamePerson(caller, by))
    throw new ApprovalError('own call', 'The policy wants a second person: nobody approves a call of their own.');
  if (plan.risk === 'destructive' && !isSameName(typed ?? '', plan.name))
    throw new ApprovalError('wrong name', `The name that was typed is not ${plan.name}. Nothing was approved.`);
}

const alreadyDecided = ({ state, decision }: Approval): ApprovalError =>
  new ApprovalError('decided', `This request is not open any more: ${state}${decision ? ` by ${decision.name}` : ''}.`);

const lineOf = ({ id, plan, caller }: Approval, outcome: string, by: NonNullable<Approval['decision']>) => ({
  event: 'decision' as const,
  call: id,
  tool: plan.tool,
  risk: plan.risk,
  provider: plan.account,
  client: caller.client,
  caller: caller.name,
  target: plan.name,
  touches: [...plan.touches.map(({ reference }) => reference), ...(plan.isTouchedUnknown ? ['unknown'] : [])],
  plan: plan.hash,
  approver: by.name,
  outcome: by.reason ? `${outcome}: ${by.reason}` : outcome,
});
