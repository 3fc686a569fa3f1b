import { type Severity, severities } from '../../src/define/finding.js';
import type { Check, Overview, Row, Unread } from './answers.js';

/** One thing that is wrong with an instance. */
export interface Fault {
  severity: Severity;
  title: string;
  evidence?: string;
  /** How many there are, where one stands for several. */
  count?: number;
  /** The instance that has it, where that is another one than is spoken of. */
  instance?: string;
}

/** What is known of the fleet: the instances, and what is wrong with them once each was examined. */
export interface Fleet {
  overview: Overview;
  /** Undefined while they are being examined, and where they could not be. */
  check?: Check;
  /** Why they could not be examined. */
  fault?: string;
  /** When the answers came, as epoch milliseconds. */
  received: number;
}

/** An instance and its faults, the worst first. */
export interface Ailing {
  row: Row;
  faults: readonly Fault[];
}

/** The instances of one account. */
export interface Cloud {
  account: string;
  instances: readonly Ailing[];
}

/** The account of a reference such as `nhn:f01e2746`. */
const accountOf = (reference: string): string => reference.slice(0, Math.max(0, reference.indexOf(':')));

/** How answers name an instance: by its reference, or by `account:name` where that is plain. */
export const labelsOf = ({ reference, name }: Row): readonly string[] => [reference, `${accountOf(reference)}:${name}`];

/** Clouds and their instances, the worst first in both. */
export function cloudsOf({ overview, check }: Fleet): readonly Cloud[] {
  const faults = check ? examined(check) : listed(overview);
  const ailing = overview.instances.map((row) => ({ row, faults: faultsOf(row, faults) })).toSorted(worstFirst);
  const accounts = [...new Set(ailing.map(({ row }) => accountOf(row.reference)))];
  return accounts.map((account) => ({
    account,
    instances: ailing.filter(({ row }) => accountOf(row.reference) === account),
  }));
}

/** How many findings of each severity there are, of the whole fleet. */
export function countsOf({ overview, check }: Fleet): Readonly<Record<Severity, number>> {
  const kinds = check ? [...check.findings, ...check.inside] : overview.findings;
  const count = (wanted: Severity) =>
    kinds.filter(({ severity }) => severity === wanted).reduce((sum, { instances }) => sum + instances.length, 0);
  return { critical: count('critical'), warning: count('warning'), notice: count('notice') };
}

/** What the answers lack. */
export interface Gaps {
  /** Accounts that did not answer. */
  failures: readonly { provider: string; message: string }[];
  /** Instances that could not be examined. */
  missed: readonly Unread[];
  /** Parts of instances that could not be read. */
  unseen: readonly Unread[];
  /** How many instances the policy does not show. */
  denied: number;
  /** How many findings there are beyond those that were read. */
  further: number;
}

export function gapsOf({ overview, check }: Fleet): Gaps {
  const failures = [...overview.failures, ...(check?.failures ?? [])];
  const read = check?.findings.reduce((sum, { instances }) => sum + instances.length, 0) ?? 0;
  return {
    failures: [...new Map(failures.map((each) => [each.provider, each])).values()],
    missed: check?.missed ?? [],
    unseen: check?.unseen ?? [],
    denied: Math.max(overview.denied, check?.denied ?? 0),
    further: (check?.total ?? 0) - read,
  };
}

/** Whether each instance that there is could be examined. What no provider tells of them does not count. */
export const isWhole = ({ failures, missed, denied, further }: Gaps): boolean =>
  failures.length === 0 && missed.length === 0 && denied === 0 && further <= 0;

type Faults = ReadonlyMap<string, readonly Fault[]>;

const faultsOf = (row: Row, faults: Faults): readonly Fault[] =>
  labelsOf(row)
    .flatMap((label) => faults.get(label) ?? [])
    .toSorted(bySeverity);

/** Of what is inside, only the kind and how many there are. */
const examined = ({ findings, inside }: Check): Faults =>
  grouped([
    ...findings.flatMap(({ severity, title, instances }) =>
      instances.map(({ instance, evidence }) => [instance, { severity, title, evidence }] as const),
    ),
    ...inside.flatMap(({ severity, title, instances }) =>
      instances.map(({ instance, count }) => [instance, { severity, title, count }] as const),
    ),
  ]);

const listed = ({ findings }: Overview): Faults =>
  grouped(
    findings.flatMap(({ severity, title, instances }) =>
      instances.map((instance) => [instance, { severity, title }] as const),
    ),
  );

function grouped(pairs: readonly (readonly [string, Fault])[]): Faults {
  const groups = new Map<string, Fault[]>();
  for (const [instance, fault] of pairs) groups.set(instance, [...(groups.get(instance) ?? []), fault]);
  return groups;
}

const rank = ({ severity }: Fault): number => severities.indexOf(severity);
const bySeverity = (a: Fault, b: Fault): number => rank(a) - rank(b);

const worstFirst = (a: Ailing, b: Ailing): number =>
  worst(a) - worst(b) || a.row.name.localeCompare(b.row.name) || a.row.reference.localeCompare(b.row.reference);

const worst = ({ faults: [first], row: { state } }: Ailing): number =>
  (first ? rank(first) : severities.length) + (state === 'available' ? 0.5 : 0);
