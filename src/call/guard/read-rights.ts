import type { Principal } from '../../define/index.js';
import type { Clock } from '../../values/clock.js';
import { RefusedError } from '../errors.js';
import type { Policy, PolicyInstances } from '../policy/decision.js';
import { authorize } from './authorize.js';

/** Something that is about this one instance. */
export const about = (name: string) => async (): Promise<PolicyInstances> => ({ names: [name], isUnknown: false });

/** Something that a caller wants to read, besides by a call of the provider's own tool. */
export interface Readable {
  /** `pgfleet` for the tool itself. */
  provider: string;
  /** Absent for the tool itself. */
  account?: string;
  /** The instances that it is about. They are only looked for when a rule needs them. */
  instances: () => Promise<PolicyInstances>;
}

/** Why a caller may not read something. Undefined where they may. */
export type ReadRights = (what: Readable) => Promise<RefusedError | undefined>;

/**
 * What a caller may read through a tool that shows many things, or through a resource that shows what the tool shows.
 * It is the same decision as on a call. Undefined without a policy, because everything may be read then.
 */
export function readRights(
  reader: Principal,
  tool: string,
  { policy, clock }: { policy?: Policy; clock: Clock },
): ReadRights | undefined {
  if (!policy) return undefined;
  // Nobody is asked about a read of this kind, so it does not matter what the client can do.
  const caller = { ...reader, client: '', canBeAsked: false, canOpenPages: false, answer: {} };
  return async ({ provider, account, instances }) => {
    try {
      await authorize({ tool, risk: 'read', provider, account }, { caller, instances }, { policy, clock });
      return undefined;
    } catch (error) {
      if (error instanceof RefusedError) return error;
      throw error;
    }
  };
}
