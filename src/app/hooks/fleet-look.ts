import { accountNameOf } from '../../fleet/account.js';
import type { Fleet } from '../../fleet/fleet.js';
import { accountOf } from '../../fleet/reference.js';
import type { FleetLook } from '../../observe/hooks/findings.js';
import type { Clock } from '../../values/clock.js';

/** Longer than a check that somebody waits for, and much shorter than the time between two looks. */
const longestMilliseconds = 120_000;

export interface FleetLookOptions {
  fleet: Fleet;
  /** Whether an account is emulated. */
  isSandbox: (account: string) => boolean;
  clock: Pick<Clock, 'now'>;
}

/** Checks the whole fleet, as `fleet_check` does. */
export async function lookAtFleet({ fleet, isSandbox, clock }: FleetLookOptions): Promise<FleetLook> {
  await fleet.renew();
  const accounts = new Set(fleet.accounts.map(({ name }) => name));
  const { inventory, diagnoses, missed } = await fleet.survey(accounts, { until: clock.now() + longestMilliseconds });
  const failed = new Set(inventory.failures.map(({ provider }) => provider));
  const unseen = new Set(missed.map(({ instance }) => instance.reference));
  const partly = new Set(
    diagnoses.filter(({ unavailable }) => unavailable.length > 0).map(({ instance }) => instance.reference),
  );
  return {
    findings: diagnoses.flatMap(({ instance, findings }) =>
      findings.map(({ rule, title, severity, reference, name }) => {
        const account = accountNameOf(instance);
        const found = { finding: rule, title, severity, account, instance: reference, name };
        return isSandbox(account) ? { ...found, sandbox: true as const } : found;
      }),
    ),
    seenOf({ instance }) {
      const account = accountOf(instance);
      if (!accounts.has(account) || failed.has(account) || unseen.has(instance)) return 'not';
      return partly.has(instance) ? 'partly' : 'whole';
    },
  };
}
