import { accountNameOf } from '../../fleet/account.js';
import type { Fleet } from '../../fleet/fleet.js';
import { accountOf } from '../../fleet/reference.js';
import { type Glances, watcher } from '../../fleet/resources/glances.js';
import type { FleetLook, OpenFinding } from '../../observe/hooks/findings.js';
import type { Clock } from '../../values/clock.js';

/** Longer than a check that somebody waits for, and much shorter than the time between two looks. */
const longestMilliseconds = 120_000;

export interface FleetLookOptions {
  fleet: Fleet;
  glances: Pick<Glances, 'at'>;
  /** Whether an account is emulated. */
  isSandbox: (account: string) => boolean;
  clock: Pick<Clock, 'now'>;
}

/** Checks the whole fleet, as `fleet_check` does. Of what is inside there are kinds and counts alone. */
export async function lookAtFleet({ fleet, glances, isSandbox, clock }: FleetLookOptions): Promise<FleetLook> {
  await fleet.renew();
  const accounts = new Set(fleet.accounts.map(({ name }) => name));
  const { inventory, diagnoses, missed } = await fleet.survey(accounts, { until: clock.now() + longestMilliseconds });
  const within = { reader: watcher, through: 'fleet_check', until: clock.now() + longestMilliseconds };
  const inside = await glances.at(inventory.instances, within);
  const failed = new Set(inventory.failures.map(({ provider }) => provider));
  const unseen = new Set(missed.map(({ instance }) => instance.reference));
  const partly = new Set(
    diagnoses.filter(({ unavailable }) => unavailable.length > 0).map(({ instance }) => instance.reference),
  );
  const marked = (found: OpenFinding): OpenFinding =>
    isSandbox(found.account) ? { ...found, sandbox: true as const } : found;
  const around = diagnoses.flatMap(({ instance, findings }) =>
    findings.map(({ rule, title, severity, reference, name }) =>
      marked({ finding: rule, title, severity, account: accountNameOf(instance), instance: reference, name }),
    ),
  );
  const foundInside = inventory.instances.flatMap((instance) => {
    const glance = inside.get(instance.reference);
    if (!glance || 'notSeen' in glance) return [];
    const { reference, name } = instance;
    const common = { account: accountNameOf(instance), instance: reference, name, inside: true as const };
    return glance.findings.map(({ finding, severity, title, count }) =>
      marked({ finding, title, severity, count, ...common }),
    );
  });
  return {
    findings: [...around, ...foundInside],
    seenOf({ instance, inside: isInside }) {
      const account = accountOf(instance);
      const glance = isInside ? inside.get(instance) : undefined;
      if (isInside) return glance && 'seen' in glance ? glance.seen : 'not';
      if (!accounts.has(account) || failed.has(account) || unseen.has(instance)) return 'not';
      return partly.has(instance) ? 'partly' : 'whole';
    },
  };
}
